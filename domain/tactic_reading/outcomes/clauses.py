"""The clauses of a folded text in which what became of a threat may be told."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from domain.tactic_reading.speakers.quotes import Quotes

# 刚收到的短信 说人已经出发了: where people write no stops, a space between Chinese characters is one.
PARTING = re.compile(
    r"[,。!?;:\n、“”「」『』()…—]+|(?<=[\u4e00-\u9fff0-9]) +(?=[\u4e00-\u9fff])|[.\"](?= |$|\n)"
    r"| (?=(?:and|but|so|then|yet|because|though|until) )"
)
FINAL = re.compile("[。!?;\n.]")
# Clauses of one text that are looked at: those nearest behind its threats, some before them, and all together.
MOST_BEFORE, MOST_AFTER, MOST = 5, 20, 48
# Characters that a clause goes on behind the words of a threat, to be looked at by themselves.
SHORTEST_REST = 4
# Characters before the first threat in which clauses are looked for.
LONGEST_BEFORE = 240


class Clause(NamedTuple):
    """Characters [start, end); `sentence` is the number of the sentence; `asked`: a question mark ends it."""

    start: int
    end: int
    sentence: int
    asked: bool


def clauses_around(folded: str, threats: Sequence[tuple[int, int]], quotes: Quotes) -> list[Clause]:
    """Return the clauses before and behind the words of threats (in order), without those words and what is quoted."""
    if not threats:
        return []
    first, last = threats[0][0], threats[-1][1]
    clauses: list[Clause] = []
    start, sentence, after = max(0, first - LONGEST_BEFORE), 0, 0
    for parting in PARTING.finditer(folded, start):
        mark = parting[0]
        clauses.append(Clause(start, parting.start(), sentence, "?" in mark))
        after += start >= last
        start = parting.end()
        sentence += FINAL.search(mark) is not None
        if after > MOST_AFTER or len(clauses) > MOST:
            break
    else:
        clauses.append(Clause(start, len(folded), sentence, False))
    before = sum(1 for clause in clauses if clause.end <= first)
    told = [_bare(folded, _beyond(clause, threats)) for clause in clauses[max(0, before - MOST_BEFORE) :]]
    return [clause for clause in told if clause.start < clause.end and not quotes.hold(clause.start)]


def _bare(folded: str, clause: Clause) -> Clause:
    """Return a clause without spaces around it."""
    if clause.start >= clause.end or not (folded[clause.start].isspace() or folded[clause.end - 1].isspace()):
        return clause
    words = folded[clause.start : clause.end]
    start = clause.start + len(words) - len(words.lstrip())
    return clause._replace(start=start, end=start + len(words.strip()))


def _beyond(clause: Clause, threats: Sequence[tuple[int, int]]) -> Clause:
    """Return what of a clause stands behind the words of a threat in it, all where none stand there."""
    for start, end in threats:
        if start < clause.end and clause.start < end:
            rest = clause._replace(start=max(clause.start, end))
            clause = rest if rest.end - rest.start >= SHORTEST_REST else rest._replace(start=rest.end)
    return clause
