"""The stems of English words by Snowball's English stemmer (Porter 2), for what is indexed and for what is read."""

from functools import lru_cache
from threading import Lock

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
# The stemmer keeps the word in itself while it works: of two threads at once one got the other's word, or an error.
_TURN = Lock()


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """Return the stem of a word in small letters (collectors → collector)."""
    with _TURN:
        stem: str = _STEMMER.stemWord(word)
    return stem
