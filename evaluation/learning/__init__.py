"""The labelled texts that the models learn from, as the reader meets them: masked, with the place of each passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from domain.reading import Masked, Reader
from domain.readings import Mask
from domain.text import fold
from evaluation import HERE
from evaluation.learning.marked_texts import MarkedText, Passage, framed_texts, marked_sentences, marked_texts
from evaluation.measuring.sets import SETS, TEXTS, load

SPEAKERS_FILE = HERE / "training" / "speakers.txt"
SENTENCES_FILE = HERE / "training" / "sentences.txt"
SPEAKER_OF_GENRE = {
    "sms_script": "message", "notice": "message", "lender_reply": "lender_reply", "news": "news", "rule": "rule",
    "advice": "advice",
} | dict.fromkeys(
    ("complaint", "relative", "colleague", "forum", "sarcasm", "employer", "question", "fear", "denial", "praise",
     "opinion", "rumour"), "borrower",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LearntText:
    """A text with who speaks in it, whether it is relevant (None: not said) and its passages; `source` is its file."""

    source: str
    text: str
    speaker: str
    relevant: bool | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text as it is read: its private data masked, its lenders' names (folded), its passages moved along."""

    text: str
    lenders: frozenset[str]
    subjects: int
    passages: tuple[Passage, ...]


def learnt_texts() -> Iterator[LearntText]:
    """Yield the labelled texts that builders may see and those written for training; held texts are never read."""
    for labelled in SETS:
        for name in labelled.texts if labelled.open else ():
            for row in load(TEXTS / name):
                passages = tuple(_passage(row["text"], tactic) for tactic in row["tactics"])
                speaker = SPEAKER_OF_GENRE.get(row["genre"], "other")
                yield LearntText(name, row["text"], speaker, row["relevant"], passages)
    for marked in [*marked_texts(), *framed_texts()]:
        yield LearntText(marked.source, marked.text, marked.speaker, _is_relevant(marked), marked.passages)


def _is_relevant(marked: MarkedText) -> bool | None:
    """Tell what a text without a label is about: adverts and other news name no tactic, messages speak of a debt."""
    if marked.speaker == "other":
        return False
    if marked.passages or marked.speaker == "message":
        return True
    return False if marked.speaker == "news" else None


def written_sentences() -> Iterator[MarkedText]:
    """Yield the single sentences written for training; those of the older file do not say how they assert."""
    for line in SENTENCES_FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            codes, text = line.split("|", 1)
            passages = tuple(Passage(code, "", 0, len(text)) for code in codes.split(",") if code != "-")
            yield MarkedText("", text, passages, SENTENCES_FILE.name)
    yield from marked_sentences()


def written_speakers() -> Iterator[tuple[str, bool, str]]:
    """Yield the texts written to train who speaks: speaker, whether relevant, text."""
    for line in SPEAKERS_FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            speaker, relevant, text = line.split("|", 2)
            yield speaker, relevant == "1", text


def masked(reader: Reader, text: str, passages: Sequence[Passage] = ()) -> MaskedText:
    """Return a text as the readers of tactics meet it, who have not told yet what it is about."""
    read = _mask(reader, text)
    moved = tuple(
        Passage(p.code, p.assertion, _moved(p.start, read.masks, False), _moved(p.end, read.masks, True))
        for p in passages
    )
    subjects = {find.slug for find in read.lenders if find.role == "subject"}
    return MaskedText(read.public_text, frozenset(fold(find.surface) for find in read.lenders), len(subjects), moved)


@cache
def _mask(reader: Reader, text: str) -> Masked:
    """Mask a text once: each model learns it, and those of each fold."""
    return reader.mask(text)


def _passage(text: str, tactic: dict[str, str]) -> Passage:
    start = text.find(tactic["quote"])
    return Passage(tactic["code"], tactic["assertion"], start, start + len(tactic["quote"]))


def _moved(place: int, masks: Sequence[Mask], closing: bool) -> int:
    """Return where a place of the original stands in the masked text; within a mask, at its border."""
    for mask in reversed(masks):
        if place >= mask.original_end:
            return place - mask.original_end + mask.end
        if place > mask.original_start:
            return mask.end if closing else mask.start
    return place
