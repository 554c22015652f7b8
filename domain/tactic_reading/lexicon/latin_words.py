"""English words by their stems, and pairs of them: what is learnt of threatened is also known of threatens.

Characters and pairs of them tell a Chinese sentence; of an English one they tell hardly more than that it is English.
"""

import re
from collections.abc import Iterator

from domain.words.english_stems import stem_of

# How the names of words and of pairs begin in the file of weights: "threaten and "my mother.
WORD = '"'
LATIN_WORD = re.compile("[a-z]+(?:'[a-z]+)?")
# Letters. Shorter words stand in pairs only; I, he, my and we are concepts too.
SHORTEST = 3


def latin_words(folded: str) -> Iterator[tuple[str, str, int]]:
    """Yield the stem of each Latin word (none: too short), the pair that it ends (or none), where its last letter is.

    A pair stands in one clause, for nothing but a space parts it.
    """
    before, after = "", -1
    for found in LATIN_WORD.finditer(folded):
        start, end = found.span()
        stem = stem_of(found[0])
        together = before and start == after + 1 and folded[after] == " "
        yield stem if end - start >= SHORTEST else "", f"{before} {stem}" if together else "", end - 1
        before, after = stem, end


def latin_pieces(folded: str) -> set[str]:
    """Return the names of all words and pairs of a text."""
    return {WORD + piece for stem, pair, _ in latin_words(folded) for piece in (stem, pair) if piece}
