"""A second opinion on sentences of which the small model is in doubt: a transformer of eight layers.

It was taught our sentences beginning from a published model of many languages, and so knows words that no text of ours
has. It takes some milliseconds for a sentence, the small model some microseconds; see docs/decisions/0018.
"""

from domain.tactic_reading.sentence_encoder.encoder import Opinion, SentenceEncoder, sentence_encoder

__all__ = ["Opinion", "SentenceEncoder", "sentence_encoder"]
