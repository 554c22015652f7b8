"""Words of two characters, counted once from jieba's dictionary (MIT): what crosses names, what names are made of."""

from functools import lru_cache
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("common_words.txt")
NAME_WORDS_FILE = Path(__file__).with_name("name_words.txt")


@lru_cache(maxsize=1)
def common_words() -> dict[str, int]:
    """Return the common words of two characters: 1 is known, 2 is frequent. A row: first character, frequent, known."""
    words = {}
    for row in WORDS_FILE.read_text("utf-8").splitlines():
        first, frequent, known = row.split(" ")
        words.update({first + second: 1 for second in known if second != "-"})
        words.update({first + second: 2 for second in frequent if second != "-"})
    return words


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """Return the words that institutions are called by (`name_words.txt`): 东方, 长江, 太阳."""
    rows = [row for row in NAME_WORDS_FILE.read_text("utf-8").splitlines() if row[0] != "#"]
    return frozenset(first + second for first, _, seconds in (row.partition(" ") for row in rows) for second in seconds)
