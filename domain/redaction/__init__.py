"""Private data: find it in a text and say why."""

from collections.abc import Iterator, Sequence

from domain.redaction.again import Value, find_again
from domain.redaction.english.finding import find_english
from domain.redaction.english.phrases import find_english_phrases
from domain.redaction.finds import PrivateFind, touched, touches, without_overlaps
from domain.redaction.names.finding import find_names
from domain.redaction.numbers.accounts import find_accounts
from domain.redaction.numbers.digits import digit_runs
from domain.redaction.numbers.documents import find_documents
from domain.redaction.numbers.finding import find_numbers
from domain.redaction.numbers.told_numbers import find_told_numbers
from domain.redaction.own_words import with_own_words, without_words
from domain.redaction.phrases.finding import find_phrases, likely_phrases, likely_works
from domain.redaction.places.addresses import find_addresses
from domain.redaction.places.known_places import known_chains
from domain.redaction.spread import squeezed
from domain.redaction.words import mask_word
from domain.redaction.works.finding import find_workplaces

__all__ = ["PrivateFind", "Value", "find_private", "mask_word", "with_own_words", "without_overlaps", "without_words"]


def find_private(
    folded: str, cased: str = "", protected: Sequence[tuple[int, int]] = (), known: Sequence[Value] = ()
) -> list[PrivateFind]:
    """Return the private data of a folded text, in order, without overlaps.

    `cased` is the same text, character by character, with its capitals (English names need them). `protected` are
    the places where lenders are named: no name or workplace is found there, nor a place or a name that is a part of
    theirs (北京中关村银行, 网*商*银*行). `known` are (type, folded value) that were
    found in other texts of the same person.
    """
    runs = list(digit_runs(folded))
    finds = [
        *find_numbers(folded, runs),
        *find_told_numbers(folded),
        *find_documents(folded),
        *find_accounts(folded),
        *_places_and_names(folded, protected),
    ]
    if cased and not cased.islower():
        finds += [find for find in find_english(cased) if not touches(protected, find.start, find.end)]
    finds += find_english_phrases(cased or folded, protected)
    for close, offsets in squeezed(folded):
        finds += _spread_out(close, offsets)
    found = without_overlaps([find for find in finds if not _is_part_of_a_lenders(find, protected)])
    values = [*known, *((find.type, folded[find.start : find.end]) for find in found)]
    again = [find for find in find_again(folded, values, runs) if not touches(protected, find.start, find.end)]
    return without_overlaps([*found, *again])


def _is_part_of_a_lenders(find: PrivateFind, protected: Sequence[tuple[int, int]]) -> bool:
    if find.type not in ("name", "address"):
        return False
    length = find.end - find.start
    around = touched(protected, find.start, find.end)
    return any(start <= find.start and find.end <= end and length < end - start for start, end in around)


def _places_and_names(folded: str, protected: Sequence[tuple[int, int]]) -> Iterator[PrivateFind]:
    places = known_chains(folded)
    likely = likely_phrases(folded, places)
    yield from find_addresses(folded, places)
    yield from find_workplaces(folded, protected, places, likely_works(folded, places, likely))
    yield from find_names(folded, protected, places)
    yield from find_phrases(folded, protected, places, likely)


def _spread_out(close: str, offsets: Sequence[int]) -> Iterator[PrivateFind]:
    """Yield what is found only with the marks between its characters taken out, where it stands with them."""
    for find in _places_and_names(close, ()):
        start, end = offsets[find.start], offsets[find.end - 1] + 1
        if end - start > find.end - find.start:
            yield PrivateFind(find.type, start, end, f"{find.reason}; spread out")
