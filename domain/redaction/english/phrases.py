"""Names, addresses and employers in English texts as whole phrases, by the network over words."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from domain.redaction.english.words import small_words, words_of
from domain.redaction.finds import PrivateFind, touches

if TYPE_CHECKING:
    from domain.redaction.phrases.decoding import Phrase

# Three words in Latin letters behind one another: what is English, in a Chinese text too.
_WORD = r"[A-Za-zÀ-ſ’']+[,.:;!?\")]{0,2}[ \n][\"(]?"
ENGLISH = re.compile(rf"[^\u2e80-\uffef]*?{_WORD}{_WORD}[A-Za-z0-9][^\u2e80-\uffef]*", re.ASCII)
# What a phrase is at least as likely as (log odds of each word over nothing, on the average).
LEAST = {"name": 1.5, "address": 1.5, "workplace": 0.5}
# What is written small or is a single word is told apart less surely.
LEAST_OF_A_WORD = 3.0
# Dominique? Dominique?
NO_PART_OF_A_NAME = re.compile(r"[^\w\s.'’-]|\n|\d")
LED_TO_BY = re.compile(r"(?:(?:from|at|in|sa|for|to|of|by|and|with|ng|taga) )+", re.IGNORECASE)
TITLES = frozenset("mr mrs ms miss mx dr sir madam officer agent attorney pastor uncle auntie aunt sister brother".split())
DIGIT_OR_DOOR = re.compile(
    r"\d|\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|court|ct|close|crescent|terrace|row|gardens|purok|sitio|brgy"
    r"|barangay|estate|nagar|colony|house|flat|apartments?|park|hill|way|place|willows|block|blk|lot|plot)\b",
    re.IGNORECASE,
)


def find_english_phrases(cased: str, protected: Sequence[tuple[int, int]] = ()) -> Iterator[PrivateFind]:
    """Yield names, addresses and employers of the English stretches of a text; `cased` keeps its capitals.

    `protected` are places where lenders are named.
    """
    for stretch in ENGLISH.finditer(cased):
        for kind, start, end, score in _phrases(stretch[0], stretch.start()):
            start, end = _bare(cased, kind, start, end)
            if is_private(kind, cased[start:end], score) and not touches(protected, start, end):
                yield PrivateFind(kind, start, end, f"an English phrase that is likely one ({score:.1f})")


def _phrases(text: str, offset: int) -> "Iterator[Phrase]":
    # A command that reads nothing does not wait for numpy.
    from domain.redaction.english.network import network
    from domain.redaction.english.sights import words_in
    from domain.redaction.phrases.decoding import Phrase, phrases

    words = words_in(text + "\n")
    for kind, first, last, score in phrases(network().odds(words).T):
        yield Phrase(kind, offset + words[first].start, offset + words[last - 1].end, score)


def _bare(cased: str, kind: str, start: int, end: int) -> tuple[int, int]:
    """Leave out marks at both ends, and a title before a name."""
    while end > start and cased[end - 1] in " ,.;:!?\"'(\n-":
        end -= 1
    while start < end and cased[start] in " ,.;:!?\"'()\n-":
        start += 1
    if led := LED_TO_BY.match(cased, start, end):
        start = led.end()
    if kind == "name":
        first, _, rest = cased[start:end].partition(" ")
        if first.strip(".").lower() in TITLES and rest:
            start = end - len(rest)
    return start, end


def is_private(kind: str, told: str, score: float) -> bool:
    """Whether a phrase is a full name, leads to a door, or is a house by a name of its own."""
    words = told.split()
    if score < LEAST[kind] or not words:
        return False
    small = [word.strip(".,").lower() for word in words]
    if not words_of("no_names.txt", "lending").isdisjoint(small):
        return False
    if kind == "name":
        is_plain = small_words().isdisjoint(small) and not told.islower()
        is_full = sum(len(word.strip(".")) > 1 for word in words) > 1  # K Lindholm
        return is_full and not NO_PART_OF_A_NAME.search(told) and (is_plain or score > LEAST_OF_A_WORD)
    if kind == "address":
        return len(words) > 1 and bool(DIGIT_OR_DOOR.search(told))
    return score > LEAST_OF_A_WORD or (len(words) > 1 and not told.islower())
