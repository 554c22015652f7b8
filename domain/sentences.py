"""Cuts a folded text into sentences; a passage that asserts something never crosses one."""

import re
from collections.abc import Iterator

# A full stop ends a sentence only before white space or the end: 3.5, t.cn and 138.0001.0001 stay whole.
SENTENCE = re.compile(r"(?:[^。!?;\n.]|\.(?!\s|$))+[。!?;\n.]*")


def sentences(folded: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence, its closing mark with it."""
    for match in SENTENCE.finditer(folded):
        yield match.span()
