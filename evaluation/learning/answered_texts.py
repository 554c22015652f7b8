"""The texts that the model of speakers learns, with the answers to its three questions.

Single sentences that speak of a tactic tell only whether it was lived and, where they speak of a debt, that they are
about collection, for who speaks in them is often not to be told: 凌晨两点发微信语音催我还钱.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from domain.models import COUNTED_ASSERTIONS
from domain.tactic_reading.speakers.speaker import BORROWER, MESSAGE
from evaluation.learning import SPEAKERS_FILE, learnt_texts, written_sentences, written_speakers
from evaluation.learning.marked_texts import Passage

# A sentence without one of these may be about anything: 语音里学我结巴
OF_A_DEBT = re.compile(r"催|讨债|还[钱款清上]|欠|债|逾期|借款|\b(?:debt|collector|owe|loan|balance)", re.I)
# What a single sentence counts beside a text: there are more of them than texts, and all are about collection.
SHARE_OF_SENTENCES = 0.1


class Example(NamedTuple):
    """A text with the answers to the three questions (None: not said), what it counts, its file and its number."""

    text: str
    speaker: str | None
    relevant: bool | None
    lived: bool | None
    share: float
    source: str
    number: int


def labelled(without: Collection[str] = ()) -> Iterator[Example]:
    """Yield each text to learn from; it has the same number whatever files are left out."""
    for number, (source, text, answers, share) in enumerate(_answered()):
        if source not in without and answers != (None, None, None):
            yield Example(text, *answers, share, source, number)


def _answered() -> Iterator[tuple[str, str, tuple[str | None, bool | None, bool | None], float]]:
    """Yield every text with its file, the answers to the three questions, and what it counts."""
    for learnt in learnt_texts():
        speaker = learnt.speaker if learnt.relevant is not None else None
        yield learnt.source, learnt.text, (speaker, learnt.relevant, _was_lived(learnt.passages)), 1.0
    for speaker, relevant, text in written_speakers():
        lived = None if speaker in (BORROWER, MESSAGE) else False
        yield SPEAKERS_FILE.name, text, (speaker, relevant, lived), 1.0
    for sentence in written_sentences():
        marked = all(passage.assertion for passage in sentence.passages)
        about = bool(sentence.passages and OF_A_DEBT.search(sentence.text)) or None
        lived = _was_lived(sentence.passages) if marked else None
        yield sentence.source, sentence.text, (None, about, lived), SHARE_OF_SENTENCES


def _was_lived(passages: Sequence[Passage]) -> bool:
    return any(passage.assertion in COUNTED_ASSERTIONS for passage in passages)
