"""How well texts are read: labelled texts, the measures, the last accepted figures (docs/decisions/0013)."""

from pathlib import Path

HERE = Path(__file__).parent
