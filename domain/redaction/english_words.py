"""Lists of English words by which names are told: first names, words beside a name, words of institutions."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


@lru_cache(maxsize=8)
def words_of(file: str, row: str = "") -> frozenset[str]:
    """Return the words of a file, or those of one of its rows (`row: word word`)."""
    text = (FOLDER / file).read_text("utf-8")
    if row:
        text = next(line for line in text.splitlines() if line.startswith(f"{row}:")).partition(":")[2]
    return frozenset(text.split())


def first_names() -> frozenset[str]:
    """Return common first names of many countries, in small letters."""
    return words_of("first_names.txt")


def small_words() -> frozenset[str]:
    """Return words that begin or end a sentence beside a name and are none."""
    return words_of("no_names.txt", "openers") | words_of("no_names.txt", "closers")
