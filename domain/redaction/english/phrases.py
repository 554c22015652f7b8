"""Names, addresses and employers in English texts as whole phrases, by the network over words."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from domain.redaction.english.words import small_words, words_of
from domain.redaction.finds import PrivateFind, touches

if TYPE_CHECKING:
    from domain.redaction.phrases.decoding import Phrase

# What holds no Chinese, in a Chinese text too, and in it three words behind one another.
STRETCH = re.compile(r"[^\u2e80-\uffef][^\u2e80-\uffef]{11,}")
_WORD = r"[A-Za-zÀ-ſ’']{1,30}[,.:;!?\")]{0,2}[ \n][\"(]?"
ENGLISH = re.compile(rf"{_WORD}{_WORD}[A-Za-z0-9]")
# What a phrase is at least as likely as (log odds of each word over nothing, on the average).
# In 44 neutral sentences that only look so (Central Park, City Parking) nothing is masked by these.
LEAST = {"name": 2.5, "address": 2.0, "workplace": 2.0}
# What is written small or is a single word is told apart less surely.
LEAST_OF_A_WORD = 3.5
# yi er san si: numbers in pinyin
SHORTEST_SMALL = 3
# Dominique? Dominique?
NO_PART_OF_A_NAME = re.compile(r"[^\w\s.'’-]|\n|\d")
LED_TO_BY = re.compile(
    r"(?:(?:from|at|in|sa|for|to|of|by|and|with|ng|taga|fyi|btw|hi|hey|so|ok|dear) )+", re.IGNORECASE
)
TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "officer", "agent", "attorney", "pastor", "uncle", "auntie")
)
DOOR = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|court|ct|close|crescent|terrace|row|gardens|purok|sitio|brgy"
    r"|barangay|estate|nagar|colony|house|flat|apartments?|park|hill|way|place|willows|block|blk|lot|plot)\b",
    re.IGNORECASE,
)
# Plaza Marikit|. Hinanap po ako; but Brgy. San Isidro
SENTENCE_ENDS = re.compile(r"(?<=[a-z]{4})(?<![Bb]rgy)[.!?] (?=[A-Z])")
# Marvin Delos Reyes|ang nag-loan, Jonalyn Estrella|po
GOES_ON = re.compile(r" (?:ang|po|ay|hai|na)$")


def find_english_phrases(cased: str, protected: Sequence[tuple[int, int]] = ()) -> Iterator[PrivateFind]:
    """Yield names, addresses and employers of the English stretches of a text; `cased` keeps its capitals.

    `protected` are places where lenders are named.
    """
    for stretch in STRETCH.finditer(cased):
        if not ENGLISH.search(stretch[0]):
            continue
        for kind, start, end, score in _phrases(stretch[0], stretch.start()):
            start, end = _bare(cased, kind, start, end)
            if is_private(kind, cased[start:end], score) and not touches(protected, start, end):
                yield PrivateFind(kind, start, end, f"an English phrase that is likely one ({score:.1f})")


def _phrases(text: str, offset: int) -> "Iterator[Phrase]":
    # A command that reads nothing does not wait for numpy.
    import numpy as np

    from domain.redaction.english.network import network
    from domain.redaction.english.sights import words_in
    from domain.redaction.phrases.decoding import Phrase, phrases

    words = words_in(text + "\n")
    for kind, first, last, score in phrases(np.arange(len(words)), network().odds(words)):
        # The end of the line that every text was taught with is none of this one.
        yield Phrase(kind, offset + words[first].start, offset + min(words[last - 1].end, len(text)), score)


def _bare(cased: str, kind: str, start: int, end: int) -> tuple[int, int]:
    """Leave out marks at both ends, and a title before a name."""
    while end > start and cased[end - 1] in " ,.;:!?\"'(\n-":
        end -= 1
    while start < end and cased[start] in " ,.;:!?\"'()\n-":
        start += 1
    if led := LED_TO_BY.match(cased, start, end):
        start = led.end()
    if kind == "address" and (before := cased.rfind(" from ", start, end)) >= 0:
        start = before + len(" from ")
    if (sentence := SENTENCE_ENDS.search(cased, start, end)) and sentence.end() < end:
        end = sentence.start()
    if goes_on := GOES_ON.search(cased, start, end):
        end = goes_on.start()
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
    if not words_of("no_names.txt", "lending").isdisjoint(small) or "_".join(small) in words_of(
        "no_names.txt", "phrases"
    ):
        return False
    if kind == "name":
        if told.islower() and min(map(len, words)) < SHORTEST_SMALL:
            return False
        is_plain = small_words().isdisjoint(small) and not told.islower()
        is_full = sum(len(word.strip(".")) > 1 for word in words) > 1  # K Lindholm
        return is_full and not NO_PART_OF_A_NAME.search(told) and (is_plain or score > LEAST_OF_A_WORD)
    if kind == "address":
        # 8, bib pickup; 7 g yeast
        has_number = not told.islower() and any(character.isdigit() for character in told)
        return len(words) > 1 and (has_number or bool(DOOR.search(told)))
    return score > LEAST_OF_A_WORD or (len(words) > 1 and not told.islower())
