"""Names of lenders written wrongly in a text (蓝鲸速袋): guesses for a person to confirm, never taken for sure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from domain.lender_finding.own_words import GENERIC
from domain.lender_finding.pinyin import confused, spelled
from domain.lenders import LenderEntry
from domain.text import fold

# A name of three characters with one wrong is a name of two: 花呗 and 花被 (a quilt) are not told apart in a text.
SHORTEST = 4


@dataclass(frozen=True)
class LenderGuess:
    """A lender that may be meant by `surface`, at [start, end) of the text that was read."""

    slug: str
    alias: str
    surface: str
    start: int
    end: int


class LenderGuesses:
    """The names of a registry by the pairs of their characters, of which a slip leaves some whole."""

    def __init__(self, entries: Sequence[LenderEntry]) -> None:
        names: dict[str, dict[str, int]] = defaultdict(dict)
        self._slugs: dict[str, str] = {}
        for entry in entries:
            for alias in entry.aliases:
                name = fold(alias.text)
                if alias.strength == "strong" and len(name) >= SHORTEST and all("一" <= one <= "鿿" for one in name):
                    self._slugs.setdefault(name, entry.slug)
                    for at in _traces(name):
                        names[name[at : at + 2]][name] = at
        self._pairs = list(names)
        self._names = [names[pair] for pair in self._pairs]
        self._automaton = AhoCorasick(self._pairs)

    def find(self, folded: str) -> Iterator[LenderGuess]:
        """Yield what resembles a name by one character that looks or sounds otherwise, in order of the text."""
        seen: set[tuple[int, str]] = set()
        for number, start, _end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for name, at in self._names[number].items():
                first = start - at
                surface = folded[max(0, first) : first + len(name)]
                if first < 0 or len(surface) != len(name) or (first, name) in seen:
                    continue
                seen.add((first, name))
                if surface not in self._slugs and _is_slip(surface, name):
                    yield LenderGuess(self._slugs[name], name, surface, first, first + len(name))


def _traces(name: str) -> Iterator[int]:
    """Yield the places of the pairs that a name is looked for by: its own, and the first of 消费金融 behind them."""
    for at in range(len(name) - 1):
        yield at
        if GENERIC.issuperset(name[at : at + 2]):
            return


def _is_slip(surface: str, name: str) -> bool:
    """Whether exactly one character is another one that sounds like it, or any other in a word of three and more."""
    wrong = [(seen, meant) for seen, meant in zip(surface, name, strict=True) if seen != meant]
    if len(wrong) != 1 or not "一" <= wrong[0][0] <= "鿿":
        return False
    seen, meant = wrong[0]
    own = sum(character not in GENERIC for character in name)
    return own > 2 or (own == 2 and confused(spelled(seen)) == confused(spelled(meant)))
