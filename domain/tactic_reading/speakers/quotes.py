"""Where a text quotes: what stands between quotation marks is somebody's words."""

import re
from bisect import bisect_right

OPENING, CLOSING = "“「『", "”」』"
MARK = re.compile(f"[{OPENING}{CLOSING}]")
# Characters: a mark that was opened longer ago than this was forgotten.
LONGEST_QUOTE = 120


class Quotes:
    """The quotation marks of a folded text."""

    def __init__(self, folded: str) -> None:
        """Find the marks; a text that opens none is not looked through."""
        opens = any(mark in folded for mark in OPENING)
        marks = [*MARK.finditer(folded)] if opens else []
        self._places = [mark.start() for mark in marks]
        self._opens = [mark[0] in OPENING for mark in marks]

    def hold(self, start: int) -> bool:
        """Whether what begins at `start` is quoted: of the marks before it the last one opens."""
        last = bisect_right(self._places, start) - 1
        if last >= 0 and self._places[last] == start and not self._opens[last]:
            last -= 1  # a mark that closes there closes what was before
        return last >= 0 and self._opens[last] and self._places[last] >= start - LONGEST_QUOTE
