"""Private data: find it in a text and say why."""

from collections.abc import Sequence

from domain.redaction.accounts import find_accounts
from domain.redaction.addresses import find_addresses
from domain.redaction.documents import find_documents
from domain.redaction.english import find_english
from domain.redaction.finds import PrivateFind, without_overlaps
from domain.redaction.names import find_names
from domain.redaction.numbers import find_numbers
from domain.redaction.own_words import with_own_words, without_words
from domain.redaction.words import mask_word
from domain.redaction.workplaces import find_workplaces

__all__ = ["PrivateFind", "find_private", "mask_word", "with_own_words", "without_overlaps", "without_words"]


def find_private(folded: str, cased: str = "", protected: Sequence[tuple[int, int]] = ()) -> list[PrivateFind]:
    """Return the private data of a folded text, in order, without overlaps.

    `cased` is the same text, character by character, with its capitals (English names need them). `protected` are
    the places where lenders are named: no name or workplace is found there.
    """
    finds = [*find_numbers(folded), *find_documents(folded), *find_accounts(folded), *find_addresses(folded)]
    finds += find_workplaces(folded, protected)
    finds += find_names(folded, protected)
    if cased and not cased.islower():
        finds += [find for find in find_english(cased) if not _touches(find, protected)]
    return without_overlaps(finds)


def _touches(find: PrivateFind, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < find.end and find.start < end for start, end in places)
