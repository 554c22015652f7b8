"""A reading as a person reads it in the terminal: what was found, where, by which rule, how sure."""

from collections.abc import Iterator, Sequence

from domain.language import passages_of
from domain.lender_finding.guesses import LenderGuess
from domain.models import COUNTED_ASSERTIONS
from domain.readings import Reading
from domain.tactics import load_taxonomy

# What the site calls the codes (webapp/words.py), in Chinese and English; the site is not loaded for one reading.
ASSERTIONS = {
    "first_hand_claim": "亲历 · lived", "collector_threat": "扬言 · threatened", "reported_claim": "转述 · reported",
    "asserted_fact": "断言 · stated", "rule_statement": "规定 · rule", "advice": "建议 · advice",
    "hypothetical": "假设 · supposed", "opinion": "评价 · opinion", "denial": "否认 · denied",
    "context": "提及 · mentioned",
}  # fmt: skip
OUTCOMES = {
    "happened": "发生了 · it happened", "not_happened": "没有发生 · it did not happen",
    "not_yet": "日子还没到 · the day has not come yet", "unknown": "借款人不清楚 · the borrower does not know",
}  # fmt: skip
# What stands around a find, to be shown with it, in characters on each side.
AROUND = 12
# What would move the cursor, colour the page or turn its direction: shown as U+FFFD, one for one.
UNPRINTABLE = dict.fromkeys(
    [
        *range(9),
        11,
        12,
        *range(14, 32),
        *range(127, 160),
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ],
    "\ufffd",
)


def reading_in_words(reading: Reading, text: str, guesses: Sequence[LenderGuess] = ()) -> str:
    """Return the reading of `text`, a line or two for each find. Private values are not shown, only their masks."""
    lines = "\n".join(
        [
            reading.public_text.rstrip("\n"),
            "",
            *_whole(reading, text),
            *_lenders(reading),
            *(
                f"\nperhaps lender {one.slug}: “{one.surface}” at {one.start}-{one.end} is nearly {one.alias}"
                for one in guesses
            ),
            *_tactics(reading),
            *_threats(reading),
            *_masks(reading),
            *_gaps(reading),
        ]
    )
    return lines.translate(UNPRINTABLE)


def _whole(reading: Reading, text: str) -> Iterator[str]:
    yield f"about collection: {'yes' if reading.relevant else 'no, so nothing is counted'}"
    yield f"speaker: {reading.speaker}"
    for passage in passages_of(text):
        yield f"language: {passage.language} at {passage.start}-{passage.end}"


def _lenders(reading: Reading) -> Iterator[str]:
    for find in reading.lenders:
        yield f"\nlender {find.slug}, {find.role}" + (
            f", product of {', '.join(find.operators)}" * bool(find.operators)
        )
        yield f"  “{_around(reading, find.start, find.end)}”"
        yield f"  at {find.original_start}-{find.original_end}; rule: {find.reason}; {find.confidence:.0%} sure"


def _tactics(reading: Reading) -> Iterator[str]:
    names = {tactic.code: f"{tactic.name_zh_hans} · {tactic.name_en}" for tactic in load_taxonomy()}
    for find in reading.tactics:
        counted = reading.relevant and find.assertion in COUNTED_ASSERTIONS
        yield f"\ntactic {find.code}, {find.assertion}" + (", counted" if counted else "")
        yield f"  {names[find.code]}; {ASSERTIONS[find.assertion]}"
        yield f"  “{find.quote}”"
        yield f"  at {find.original_start}-{find.original_end}; rule: {find.reason}; {find.confidence:.0%} sure"


def _threats(reading: Reading) -> Iterator[str]:
    for find in reading.threats:
        yield f"\nthreat {find.code}" + (
            f": {find.outcome} ({OUTCOMES[find.outcome]})" if find.outcome else ", of which no outcome is told"
        )
        yield f"  “{find.quote}”"
        if find.told:
            yield f"  told by “{find.told.quote}”"
            at = f"{find.told.original_start}-{find.told.original_end}"
            yield f"  at {at}; rule: {find.told.reason}; {find.told.confidence:.0%} sure"


def _masks(reading: Reading) -> Iterator[str]:
    for mask in reading.masks:
        yield f"\nmasked {mask.type}"
        yield f"  “{_around(reading, mask.start, mask.end)}”"
        yield f"  at {mask.original_start}-{mask.original_end}; rule: {mask.reason}; {mask.confidence:.0%} sure"


def _gaps(reading: Reading) -> Iterator[str]:
    for gap in reading.gaps:
        yield f"\nlost word, perhaps “{gap.guess}”" if gap.guess else "\nlost word"
        yield f"  “{_around(reading, gap.position, gap.position + 1)}”"
        yield f"  at {gap.original_position}; {gap.confidence:.0%} sure of the guess"


def _around(reading: Reading, start: int, end: int) -> str:
    """Return a find with what stands around it, on one line, the find itself in brackets."""
    text = reading.public_text
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
