"""Names written so that no filter finds them: 微*众, 微 众 银 行, 微·众·银·行, w e b a n k."""

import re
from collections.abc import Iterator

MARKS = "*·•._~|/\\^#+×☆★※°`'-"
BLANKS = " \t"
WIDEST = 2
WORD = re.compile("[一-鿿]|(?<![a-z])[a-z](?![a-z])")
# A name has so many characters at most that a stretch takes in so many on both sides: 微*众银行 is one name.
AROUND = 4


def disguised_runs(folded: str, *, by_blanks: bool) -> Iterator[tuple[str, list[int]]]:
    """Yield stretches whose characters stand apart, without what parts them, with the offset of each character.

    `by_blanks`: also by blanks alone, which every English text and many Chinese ones are full of.
    """
    filling = MARKS + BLANKS if by_blanks else MARKS
    gaps = [(start, end) for start, end in _gaps(folded, filling) if _parts_two(folded, start, end)]
    run: list[int] = []
    last = 0
    for number, (start, end) in enumerate(gaps):
        run = run or list(range(max(last, start - AROUND), start))
        following = gaps[number + 1][0] if number + 1 < len(gaps) else len(folded)
        last = min(end + AROUND, following)
        run += range(end, last)
        if following - end > AROUND or number + 1 == len(gaps):
            yield "".join([folded[at] for at in run]), run
            run = []


def _gaps(folded: str, fillings: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each row of filling characters; found one by one, which is quicker than a pattern."""
    start = end = -1
    for at in sorted(at for filling in fillings if filling in folded for at in _places(folded, filling)):
        if at != end:
            if start >= 0:
                yield start, end
            start = at
        end = at + 1
    if start >= 0:
        yield start, end


def _places(folded: str, character: str) -> Iterator[int]:
    at = folded.find(character)
    while at >= 0:
        yield at
        at = folded.find(character, at + 1)


def _parts_two(folded: str, start: int, end: int) -> bool:
    if not start or end - start > WIDEST:
        return False
    return bool(WORD.match(folded, start - 1) and WORD.match(folded, end))


def is_disguised(folded: str, start: int, end: int, name: str) -> bool:
    """Whether a name found in a stretch, at [start, end) of the text, is spread out on purpose.

    Blanks alone are also how people part sentences: 员工 行为 is no 工行.
    There each of its characters must stand apart, and a name of two from the rest, too.
    """
    piece = folded[start:end]
    if len(piece) == len(name):
        return False
    if any(not (character.isalnum() or character.isspace()) for character in piece):
        return True
    if len(piece.split()) != len(name):
        return False
    around = folded[start - 1 : start], folded[end : end + 1]
    return len(name) > 2 or not any("一" <= character <= "鿿" for character in around if character)
