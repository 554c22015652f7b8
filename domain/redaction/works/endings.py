"""The words that end the name of a house or a trade, and where they end in a text."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind


@lru_cache(maxsize=1)
def ending_words() -> dict[str, str]:
    """Return the words that end the name of a house (`k`, `t` for trades, `s` for shops, `a` for parts, `e` for
    others)."""
    words: dict[str, str] = {}
    rows = Path(__file__).with_name("workplace_words.txt").read_text("utf-8").splitlines()
    classes = {"employer": "k", "trade": "t", "shop": "s", "area": "a", "ending": "e"}
    for row in rows:
        name, _, members = row.partition(": ")
        for word in members.split() if name in classes else ():
            bare = word.split("(")[0]
            if bare and not set(bare) & set("[]{}.^|"):
                words.setdefault(bare, classes[name])
    return words


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[str]]:
    words = sorted(ending_words(), key=len)  # so that of those with one end the longest is the last
    return AhoCorasick(words, matchkind=MatchKind.Standard), words


def endings(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (end, word) of each place where the word for a kind of house or a trade ends."""
    automaton, words = _automaton()
    longest = {end: index for index, _, end in sorted(automaton.find_matches_as_indexes(folded, overlapping=True))}
    for end, index in longest.items():
        yield end, words[index]
