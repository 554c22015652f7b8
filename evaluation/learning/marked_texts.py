"""Texts written to train the models, their passages marked where they stand: `speaker|text with {sc passages}`.

A mark is `{codes passage}`: two letters a code, then how it is asserted (nothing: lived through, or threatened where
the code is a threat, of which `=` was lived through); codes of one passage stand beside each other, as in
`{wk,dd! ...}`. They are short so that many texts can be written; nothing else reads them. A single sentence is
`codes|text`, where the codes hold for all of it: `wk,dd!|...`, or `-|...` where only marks within it do, or none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from evaluation import HERE

TRAINING = HERE / "training"
FRAMES, TEXTS, SENTENCES = TRAINING / "frames.txt", TRAINING / "texts", TRAINING / "sentences"
# Sentences with what is private in them marked {n:name} {a:address} …; behind a line of dashes those that hold none.
PRIVATE = TRAINING / "private_data.txt"
# So many texts of one frame, evenly over all that it can make; more of them would outweigh the stories.
MOST_OF_A_FRAME = 24
GOLDEN = (5**0.5 - 1) / 2
CODES = {
    "bm": "call_sms_bombing", "cb": "contact_book_blasting", "co": "coerced_borrowing", "cr": "credit_reporting_abuse",
    "dd": "debt_disclosure", "fd": "fake_legal_documents", "fe": "unauthorized_fees_interest",
    "fq": "excessive_call_frequency", "id": "identity_concealment", "im": "official_impersonation",
    "in": "insult_abuse", "lg": "false_legal_threat", "nd": "non_debtor_contact", "ng": "negotiation_refusal",
    "pc": "improper_payment_channel", "pd": "personal_data_misuse", "ph": "prohibited_hours_contact",
    "ps": "public_shaming", "sc": "social_circle_contact", "st": "contact_after_stop_request",
    "um": "unspecified_misconduct", "un": "undisclosed_outsourcing_assignment", "va": "visit_actual",
    "vi": "visit_intrusive", "vl": "violence_threat", "vn": "visit_announced", "vt": "visit_threatened",
    "wa": "wrong_amount_or_not_owed", "wk": "workplace_contact",
}  # fmt: skip
KINDS = {
    "=": "first_hand_claim", "!": "collector_threat", "~": "reported_claim", ".": "asserted_fact",
    ":": "rule_statement", "*": "advice", "?": "hypothetical", "^": "opinion", "-": "denial", "+": "context",
}  # fmt: skip
THREATS = {"visit_threatened", "violence_threat", "false_legal_threat"}
MARK = re.compile(r"(\{[a-z]{2}[^ ]? |\{(?:[a-z]{2}[^ ,]?,)+[a-z]{2}[^ ,]? |\})")


@dataclass(frozen=True, slots=True)
class Passage:
    """The code and assertion of [start, end) of a text."""

    code: str
    assertion: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text of the training file without its marks; `source` is its file."""

    speaker: str
    text: str
    passages: tuple[Passage, ...]
    source: str = ""


def unmarked(speaker: str, marked: str, source: str = "") -> MarkedText:
    """Return a line's text and its passages; raise ValueError where a mark is left open or has an unknown code."""
    text = ""
    begun: list[tuple[str, int]] = []
    passages: list[Passage] = []
    for part in MARK.split(marked):
        if part == "}":
            if not begun:
                raise ValueError(f"closed without an opening: {marked}")
            codes, start = begun.pop()
            passages += [Passage(*_meaning(code), start, len(text)) for code in codes.split(",")]
        elif MARK.fullmatch(part):
            begun.append((part[1:-1], len(text)))
        else:
            text += part
    if begun or "{" in text:
        raise ValueError(f"a mark is left open: {marked}")
    return MarkedText(speaker, text, tuple(passages), source)


def _meaning(mark: str) -> tuple[str, str]:
    code, kind = mark[:2], mark[2:]
    if code not in CODES or (kind and kind not in KINDS):
        raise ValueError(f"no such mark: {mark}")
    told = "collector_threat" if CODES[code] in THREATS else "first_hand_claim"
    return CODES[code], KINDS.get(kind, told)


def marked_texts(folder: Path = TEXTS) -> Iterator[MarkedText]:
    """Yield the texts of every file of a folder; `\\n` in a line stands for a new line of its text."""
    for path in sorted(folder.glob("*.txt")):
        for line in _lines(path):
            speaker, text = line.replace("\\n", "\n").split("|", 1)
            yield unmarked(speaker, text, path.name)


def marked_sentences(folder: Path = SENTENCES) -> Iterator[MarkedText]:
    """Yield the single sentences of every file of a folder; who speaks in them is not said."""
    for path in sorted(folder.glob("*.txt")):
        for line in _lines(path):
            codes, text = line.split("|", 1)
            yield unmarked("", text if codes == "-" else f"{{{codes} {text}}}", path.name)


def framed_texts(path: Path = FRAMES) -> Iterator[MarkedText]:
    """Yield some texts of each frame, the same ones each time."""
    for line in _lines(path):
        speaker, frame = line.split("|", 1)
        made = texts_of(frame)
        # Multiples of the golden ratio are spread evenly and fall into step with no part of the frame.
        places = {int(number * GOLDEN % 1 * len(made)) for number in range(MOST_OF_A_FRAME)}
        yield from (unmarked(speaker, made[place], path.name) for place in sorted(places))


def texts_of(frame: str) -> list[str]:
    """Return every text that a frame makes: [a|b] is a or b."""
    parts = [part.split("|") for part in re.split(r"[\[\]]", frame)]
    return ["".join(chosen) for chosen in product(*parts)]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
