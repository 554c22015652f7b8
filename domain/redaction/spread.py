"""Takes out the marks that are put between the characters of a name or an address: 云 杉 路 1 2 号."""

import re
from collections.abc import Iterator

# Three characters or more, each apart, with the same mark between them, which may have blanks on both sides.
SPREAD = re.compile(
    r"[一-鿿\d](?=[ \u3000·.*~_|/-])(?P<mark>[ \u3000]|[ \u3000]?[·.*~_|/-][ \u3000]?)[一-鿿\d](?:(?P=mark)[一-鿿\d])+"
)
# Between two of these marks stands one character of whatever is spread out: most texts hold none of it.
HINT = re.compile(r"[ \u3000·.*~_|/-][一-鿿\d][ \u3000·.*~_|/-]")
AROUND = 30


def squeezed(folded: str) -> Iterator[tuple[str, list[int]]]:
    """Yield each stretch with such marks, and what stands around it, without them; and where its characters stand."""
    done = 0
    for spread in SPREAD.finditer(folded) if HINT.search(folded) else ():
        start, end = spread.span()
        first, last = max(done, start - AROUND), min(len(folded), end + AROUND)
        step = 1 + len(spread["mark"])
        offsets = [*range(first, start), *range(start, end, step), *range(end, last)]
        yield "".join([folded[first:start], folded[start:end:step], folded[end:last]]), offsets
        done = end
