"""Common words of two characters, counted once from jieba's dictionary (MIT): no names, and what crosses names."""

from functools import lru_cache
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("common_words.txt")


@lru_cache(maxsize=1)
def common_words() -> dict[str, int]:
    """Return the common words of two characters: 1 is known, 2 is frequent. A row: first character, frequent, known."""
    words = {}
    for row in WORDS_FILE.read_text("utf-8").splitlines():
        first, frequent, known = row.split(" ")
        words.update({first + second: 1 for second in known if second != "-"})
        words.update({first + second: 2 for second in frequent if second != "-"})
    return words
