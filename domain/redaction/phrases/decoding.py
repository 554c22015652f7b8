"""From the log odds of every character to whole phrases: the likeliest row of parts that go on as they began."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
KINDS = ("name", "address", "workplace")
# A place is looked at where a part of a phrase is at most so much less likely than nothing (log odds).
WORTH_A_LOOK = 2.0
# How much likelier than the network says a part is taken to be: a name that is missed harms somebody, a word that is
# masked in vain nobody.
FAVOURED = 1.0


class Phrase(NamedTuple):
    """A phrase of a kind at [start, end), with the log odds of each character over nothing, on the average."""

    kind: str
    start: int
    end: int
    score: float


def phrases(odds: Array) -> Iterator[Phrase]:
    """Yield the likeliest phrases, in order; `odds` are n by 7."""
    over = odds[:, 1:] - odds[:, :1] + FAVOURED
    looked_at = np.flatnonzero(over.max(axis=1, initial=-np.inf) > -WORTH_A_LOOK)
    if not len(looked_at):
        return
    for run in np.split(looked_at, np.flatnonzero(np.diff(looked_at) > 1) + 1):
        yield from _of_run(over[run[0] : run[-1] + 1].tolist(), int(run[0]))


def _of_run(over: list[list[float]], offset: int) -> Iterator[Phrase]:
    """Yield the phrases of a run of characters: `over` is how likely each part of each kind is over nothing.

    A row of parts is the likelier the more its log odds add up to. Nothing adds nothing; what begins may stand behind
    anything, what goes on only behind its own kind.
    """
    outside, so_far = 0.0, [-np.inf] * 3  # the best that ends in nothing, and within a phrase of each kind
    ways: list[tuple[int, list[bool]]] = []  # before each character: the best state, and whether each kind goes on
    for parts in over:
        best = max(range(4), key=lambda state: outside if state == 3 else so_far[state])
        most = outside if best == 3 else so_far[best]
        goes_on = [so_far[kind] + parts[2 * kind + 1] > most + parts[2 * kind] for kind in range(3)]
        ways.append((best, goes_on))
        so_far = [so_far[kind] + parts[2 * kind + 1] if goes_on[kind] else most + parts[2 * kind] for kind in range(3)]
        outside = most
    state = max(range(4), key=lambda state: outside if state == 3 else so_far[state])
    found, end = [], 0
    for place in range(len(over) - 1, -1, -1):
        best, goes_on = ways[place]
        if state == 3:
            state = best
            continue
        end = end or place + 1
        if not goes_on[state]:
            found.append((state, place, end))
            state, end = best, 0
    for kind, start, end in reversed(found):
        score = over[start][2 * kind] + sum(parts[2 * kind + 1] for parts in over[start + 1 : end])
        yield Phrase(KINDS[kind], offset + start, offset + end, score / (end - start))
