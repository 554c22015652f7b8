"""Masks what was found once wherever it stands again, in any written form, in the same text or in others beside it."""

from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind, places_of
from domain.redaction.numbers.digits import DigitRun, digit_runs
from domain.words.common_words import common_words

NUMBERS = frozenset(("cn_id", "phone", "landline", "bank_card", "qq", "wechat", "account", "contract_no"))
FEWEST_DIGITS, FEWEST_CHARACTERS = 6, 4
# A find of these kinds holds more than the value that would come again: an address comes in part, a link is public.
NOT_AGAIN = frozenset(("address", "url_private"))
Value = tuple[str, str]


def find_again(folded: str, values: Sequence[Value], runs: Sequence[DigitRun]) -> Iterator[PrivateFind]:
    """Yield where values (type, folded text) stand, as they are or, of numbers, with the same digits, of all `runs`."""
    words = {value: type_ for type_, value in values if type_ not in NOT_AGAIN and is_telling(type_, value)}
    for start, end in places_of(folded, words):
        yield PrivateFind(words[folded[start:end]], start, end, "stands elsewhere as private data")
    numbers = {_digits(value): type_ for type_, value in values if type_ in NUMBERS}
    numbers = {digits: type_ for digits, type_ in numbers.items() if len(digits) >= FEWEST_DIGITS}
    if numbers:
        yield from _same_digits(runs, numbers)


def is_telling(type_: str, value: str) -> bool:
    """Whether a value is long enough to be nothing else where it stands again; of a name two characters may be."""
    if type_ == "name":
        return len(value) >= 2 and value not in common_words()
    return len(value) >= FEWEST_CHARACTERS and not value.isspace()


def _digits(value: str) -> str:
    return "".join(digits for run in digit_runs(value) for digits, _, _ in run.groups)


def _same_digits(runs: Sequence[DigitRun], numbers: dict[str, str]) -> Iterator[PrivateFind]:
    longest = max(map(len, numbers))
    for run in runs:
        for first in range(len(run.groups)):
            digits = ""
            for last in range(first, len(run.groups)):
                digits += run.groups[last][0]
                if len(digits) > longest:
                    break
                if digits in numbers:
                    start, end = run.groups[first][1], run.groups[last][2]
                    yield PrivateFind(numbers[digits], start, end, "the same digits as a number found elsewhere")
