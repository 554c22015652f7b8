"""Names that a line's end breaks, as text from a PDF or an old terminal does: 晨星消费\\n金融, Ban-\\nner Loans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

BLANKS = " \t\r"
# A name of two characters is there by chance: a line that ends in 微 and one that begins with 众.
SHORTEST_NAME = 3


@dataclass(frozen=True)
class JoinedLines:
    """The end of a line and the beginning of the next one as one text; `cut` is where in it the next one begins."""

    text: str
    start: int
    cut: int
    next_line: int

    def place(self, at: int) -> int:
        """Return where a character of `text` stands in the whole."""
        return self.start + at if at < self.cut else self.next_line + at - self.cut


class Joints:
    """What may meet where a line's end breaks one of some names; to look there first is what makes it cheap."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names, folded."""
        inside = {name[at : at + 2] for name in names for at in range(len(name) - 1)}
        blanks = [(name, at) for name in names for at in range(1, len(name) - 1) if name[at] == " "]
        self._inside = inside
        # Any two letters meet in some name and tell nothing, two and two between words do.
        self._between_words = {name[max(0, at - 2) : at] + name[at + 1 : at + 3] for name, at in blanks}
        pairs = inside | {name[at - 1] + name[at + 1] for name, at in blanks}
        lasts, firsts = {pair[0] for pair in pairs} | {*BLANKS, "-"}, {pair[1] for pair in pairs} | {*BLANKS}
        edges = {last + first for last in (*BLANKS, "-") for first in firsts}
        self.first_look = pairs | edges | {last + first for last in lasts for first in BLANKS}

    def meet(self, line: str, following: str, *, is_hyphened: bool) -> bool:
        """Whether a name may go on from one line to the next."""
        if not line or not following:
            return False
        if is_hyphened or following[0] > "\x7f":
            return line[-1] + following[0] in self._inside
        return line[-2:] + following[:2] in self._between_words


def joined_lines(folded: str, widest: int, joints: Joints) -> Iterator[JoinedLines]:
    """Yield what stands around each line's end that a name may cross, `widest` characters on either side.

    Where a line ends in a mark, or an empty one follows, it was meant to end.
    """
    lines, looked = folded.split("\n"), joints.first_look
    likely = [at for at, (one, other) in enumerate(pairwise(lines)) if one[-1:] + other[:1] in looked]
    begins = list(accumulate((len(line) + 1 for line in lines), initial=0)) if likely else []
    for at in likely:
        bare, following = lines[at].rstrip(BLANKS), lines[at + 1].lstrip(BLANKS)
        line = bare.removesuffix("-")
        if joints.meet(line, following, is_hyphened=line != bare):
            end, beginning = begins[at] + len(line), begins[at + 2] - 1 - len(following)
            yield _joined(folded, end, beginning, widest, is_hyphened=line != bare)


def _joined(folded: str, end: int, beginning: int, widest: int, *, is_hyphened: bool = False) -> JoinedLines:
    """Join the line that ends at `end` and the one that begins at `beginning`: two English words by a blank."""
    start = max(0, end - widest, folded.rfind("\n", 0, end) + 1)
    between = " " if folded[end - 1].isascii() and folded[beginning].isascii() and not is_hyphened else ""
    line = folded[start:end] + between
    return JoinedLines(line + folded[beginning : beginning + widest], start, len(line), beginning)
