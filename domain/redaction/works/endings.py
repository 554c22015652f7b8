"""The words that end the name of a house or a trade."""

from functools import lru_cache
from pathlib import Path


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
