"""What is found in texts by models that have not learnt them, as it is found in a stranger's.

Whether a text is about collection and was lived is told by the tactics found in it too. In texts known by heart they
are found as in no other, and what learns from them trusts them more than it may. So each fold of the texts, by hands as
far as those are known, is read by models that have learnt the others alone.
"""

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from evaluation.learning.apart import apart, learn, use

# Files whose hands are learnt and left out together; what none of these is makes the last fold.
HANDS = tuple(map(re.compile, (
    "world_english|.*told_at_home|.*dawn|posts|plain_posts|threats_and_what|plainly_written|messages_and_half"
    "|lawful_and_everyday",
    "open|.*many_voices|chinese|.*plain|short_clauses|told_round|seldom_threatened|lawful_conduct|told_by_others"
    "|opinions",
)))  # fmt: skip
FOLDS = range(len(HANDS) + 1)
Found = TypeVar("Found")


def fold_of(source: str) -> int:
    """Return the fold of a file of texts."""
    return next((number for number, hands in enumerate(HANDS) if hands.match(source)), len(HANDS))


def found_by_strangers(
    read: Callable[[Collection[str]], dict[int, Found]], sources: Iterable[str], without: Collection[str]
) -> dict[int, Found]:
    """Return what `read` returns of all `sources`, by number, where each is read by models that have not learnt it.

    `read` is given the files to read, in a process of its own; no model learns the files `without`.
    """
    found: dict[int, Found] = {}
    folds = [frozenset(source for source in sources if fold_of(source) == fold) for fold in FOLDS]
    for fold in filter(None, folds):
        with TemporaryDirectory() as made:
            folder = Path(made)
            learn(("who speaks", "assertions", "visits", "tactics"), folder, fold.union(without))
            found |= apart(_read_with, folder, read, fold)
    return found


def _read_with(
    folder: Path, read: Callable[[Collection[str]], dict[int, Found]], sources: Collection[str]
) -> dict[int, Found]:
    use(folder)
    return read(sources)
