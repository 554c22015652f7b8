"""Where a text matches a search, marked in the text as it was written. Pure; the same for both engines.

A traditional text is marked for a simplified search and the other way round, since both are compared folded and the
places are carried back to the original.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from domain.text import fold_with_map
from indexer.analysis import is_word, printable, stem, units
from indexer.errors import InvalidQuery
from indexer.queries import leaf_way
from indexer.search_terms import Leaf, leaves, parse, positive

# Two lines of a result on a phone: about 70 Chinese characters, 160 with the lines of a desktop.
SNIPPET_LENGTH = 120
# How much of it stands before the first match: a sentence's beginning, mostly.
BEFORE = 30

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Match:
    """A match at [start, end) of the original text, code points, and which leaf of the search it is."""

    start: int
    end: int
    leaf: int


def highlight(search_term: str, text: str) -> Pieces:
    """Return the whole text in pieces, each with whether it matches the search; joined they are the text again."""
    return _pieces(text, 0, len(text), find_matches(search_term, text))


def snippet(search_term: str, text: str, length: int = SNIPPET_LENGTH) -> Pieces:
    """Return about `length` characters of the text around the place where most of the search is, or its beginning.

    Line ends become spaces; … stands where something was left out.
    """
    matches = find_matches(search_term, text)
    start, end = _window(text, matches, length)
    pieces = [(piece.replace("\n", " "), is_match) for piece, is_match in _pieces(text, start, end, matches)]
    return [("…", False)] * (start > 0) + pieces + [("…", False)] * (end < len(text))


def find_matches(search_term: str, text: str) -> list[Match]:
    """Return the matches in order of their start; none for a search that can't be read or only refuses.

    Takes time in proportion to the text for each leaf, whatever the text: each is sought by `str.find`, and the
    search goes on behind a match.
    """
    wanted = _leaves(search_term)
    if not wanted or not text:
        return []
    folded, offsets = fold_with_map(printable(text))
    found = list(units(folded))
    exact = _Line([unit.text for unit in found])
    stems = _Line([stem(unit.text) if is_word(unit.text) else unit.text for unit in found])
    matches = []
    for number, leaf in enumerate(wanted):
        way, values = leaf_way(leaf)
        line, sought = (stems, values) if way == "stem" else (exact, leaf.units)
        for first, last in line.places(sought, leaf.prefix):
            start, end = offsets[found[first].start], offsets[found[last].end]
            matches.append(Match(start, max(start + 1, start + len(text[start:end].rstrip())), number))
    return sorted(matches, key=lambda match: (match.start, -match.end))


def _leaves(search_term: str) -> list[Leaf]:
    try:
        wanted = parse(search_term)
    except InvalidQuery:
        return []
    shown = positive(wanted) if wanted else None
    return list(dict.fromkeys(leaves(shown))) if shown else []


class _Line:
    """Units in one string, each between spaces, so that a phrase is found as a substring."""

    def __init__(self, texts: list[str]) -> None:
        self._text = " " + " ".join(texts) + " "
        self._starts: list[int] = []
        at = 1
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1

    def places(self, values: tuple[str, ...], prefix: bool) -> list[tuple[int, int]]:
        """Return (first unit, last unit) of each place where the values stand next to each other."""
        sought = " " + " ".join(values) + ("" if prefix else " ")
        places = []
        at = self._text.find(sought)
        while at >= 0:
            first = bisect_right(self._starts, at + 1) - 1
            places.append((first, first + len(values) - 1))
            at = self._text.find(sought, at + len(sought) - 1)
        return places


def _window(text: str, matches: list[Match], length: int) -> tuple[int, int]:
    if not matches:
        return 0, min(len(text), length)
    best = _richest(matches, max(1, length - BEFORE))
    start = max(0, min(best.start - BEFORE, len(text) - length))
    # Begin behind a sentence's end or a space where there is one, so that no word or sentence begins in its middle.
    cut = max((text.rfind(mark, start, best.start) for mark in "。！？；!?;\n "), default=-1)
    start = cut + 1 if start and cut >= start else start
    end = min(len(text), max(start + length, best.end))
    return start, end


def _richest(matches: list[Match], span: int) -> Match:
    """Return the match from which `span` characters hold most different leaves of the search; the first such."""
    inside: Counter[int] = Counter()
    best, most, last = matches[0], 0, 0
    for match in matches:
        while last < len(matches) and matches[last].end <= match.start + span:
            inside[matches[last].leaf] += 1
            last += 1
        different = sum(1 for count in inside.values() if count > 0)
        if different > most:
            best, most = match, different
        inside[match.leaf] -= 1
    return best


def _pieces(text: str, start: int, end: int, matches: list[Match]) -> Pieces:
    pieces: Pieces = []
    at = start
    for match in matches:
        first, last = max(match.start, at), min(match.end, end)
        if first >= last:
            continue
        if first > at:
            pieces.append((text[at:first], False))
        if pieces and pieces[-1][1]:  # two matches that touch are one mark
            pieces[-1] = (pieces[-1][0] + text[first:last], True)
        else:
            pieces.append((text[first:last], True))
        at = last
    return [*pieces, (text[at:end], False)] if at < end else pieces
