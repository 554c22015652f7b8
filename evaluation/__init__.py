"""How well texts are read: labelled texts, the measures, the last accepted figures (docs/decisions/0013)."""
