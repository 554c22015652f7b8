"""Names written so that no filter finds them: 微*众, 微 众 银 行, 微·众·银·行, w e b a n k."""

import re
from collections.abc import Iterator

FILLING = r"[ \t*·•._~|/\\^#+×☆★※°`'-]{1,2}"
RUN = re.compile(rf"[一-鿿](?:{FILLING}[一-鿿])+|\b[a-z](?:{FILLING}[a-z])+\b")


def disguised_runs(folded: str) -> Iterator[tuple[str, list[int]]]:
    """Yield stretches whose characters stand apart, without what parts them, with the offset of each character.

    The stretch takes in what stands around it, up to four characters: 微*众银行 is one name.
    """
    for match in RUN.finditer(folded):
        first, last = max(0, match.start() - 4), min(len(folded), match.end() + 4)
        offsets = [at for at in range(first, last) if folded[at].isalnum() or not match.start() < at < match.end()]
        yield "".join([folded[at] for at in offsets]), offsets


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
