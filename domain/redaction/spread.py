"""Takes out the marks that are put between the characters of a name or an address: 云 杉 路 1 2 号."""

import re

# Three characters or more, each apart, with the same mark between them.
SPREAD = re.compile(r"[一-鿿\d](?P<mark>[ \u3000·.*~_|/-])[一-鿿\d](?:(?P=mark)[一-鿿\d])+")


def squeezed(folded: str) -> tuple[str, list[int]]:
    """Return the text without these marks and the offset of each of its characters; nothing where there are none."""
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for spread in SPREAD.finditer(folded):
        start, end = spread.span()
        pieces += [folded[done:start], folded[start:end:2]]
        offsets += [*range(done, start), *range(start, end, 2)]
        done = end
    if not pieces:
        return "", []
    return "".join([*pieces, folded[done:]]), [*offsets, *range(done, len(folded) + 1)]
