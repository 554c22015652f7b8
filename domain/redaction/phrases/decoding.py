"""From the log odds of every character to whole phrases: the likeliest row of parts that go on as they began."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
KINDS = ("name", "address", "workplace")
OUTSIDE = len(KINDS)
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


def phrases(places: Array, odds: Array) -> Iterator[Phrase]:
    """Yield the likeliest phrases, in order; `odds` (7 by k) are those of the characters at `places` (k, in order)."""
    over = odds[1:] - odds[:1]
    over += FAVOURED
    looked_at = (over.max(axis=0, initial=-np.inf) > -WORTH_A_LOOK).nonzero()[0]
    at, parts = places[looked_at].tolist(), over[:, looked_at].T.tolist()
    begin = 0
    for end, place in enumerate(at, 1):
        if end == len(at) or at[end] > place + 1:
            yield from _of_run(parts[begin:end], at[begin])
            begin = end


def _of_run(over: Sequence[Sequence[float]], offset: int) -> Iterator[Phrase]:
    """Yield the phrases of a run of characters: `over` is how likely each part of each kind is over nothing.

    A row of parts is the likelier the more its log odds add up to. Nothing adds nothing; what begins may stand behind
    anything, what goes on only behind its own kind.
    """
    outside, name, address, work = 0.0, -np.inf, -np.inf, -np.inf  # the best that ends in nothing, or in each kind
    # Before each character: the best state (of those that are alike the first, nothing last), and whether each goes on.
    ways: list[tuple[int, bool, bool, bool]] = []
    for name_begins, name_on, address_begins, address_on, work_begins, work_on in over:
        best, most = (0, name) if name >= address else (1, address)
        if work > most:
            best, most = 2, work
        if outside > most:
            best, most = OUTSIDE, outside
        name, address, work = name + name_on, address + address_on, work + work_on
        name_begins, address_begins, work_begins = most + name_begins, most + address_begins, most + work_begins
        ways.append((best, name > name_begins, address > address_begins, work > work_begins))
        name = name if name > name_begins else name_begins
        address = address if address > address_begins else address_begins
        work = work if work > work_begins else work_begins
        outside = most
    state = max((0, 1, 2, OUTSIDE), key=(name, address, work, outside).__getitem__)
    found, end = [], 0
    for place in range(len(over) - 1, -1, -1):
        if state == OUTSIDE:
            state = ways[place][0]
            continue
        end = end or place + 1
        if not ways[place][1 + state]:
            found.append((state, place, end))
            state, end = ways[place][0], 0
    for kind, start, end in reversed(found):
        score = over[start][2 * kind] + sum([parts[2 * kind + 1] for parts in over[start + 1 : end]])
        yield Phrase(KINDS[kind], offset + start, offset + end, score / (end - start))
