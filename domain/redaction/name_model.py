"""Scores what may be a person's name by weights that evaluation/train_names.py learned."""

import re
from collections.abc import Iterator
from functools import lru_cache

from domain.redaction.name_features import (
    FOLDER,
    SEEN_AFTER,
    SEEN_BEFORE,
    classes,
    inner_features,
    is_alone,
    outer_features,
)

# Three in a hundred places that a surname begins pass this look at the characters alone; of the names in the texts
# written for evaluation the least name-like (伍德全) has -2.
LEAST_INNER_SCORE = -4.2


# What stands alone between a word that introduces a person and a mark is a name though it looks like none: 一位叫晏如。
ALONE = 2.5


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the learned weight of each feature."""
    rows = FOLDER.joinpath("name_weights.txt").read_text("utf-8").splitlines()
    return {name: float(weight) for name, weight in (row.rsplit(" ", 1) for row in rows if row[0] != "#")}


@lru_cache(maxsize=1)
def _beginnings() -> re.Pattern[str]:
    """Return where a surname may begin, with up to three characters behind its first."""
    firsts = classes()["surnames"] | {surname[0] for surname in classes()["compound"]}
    return re.compile(rf"[{''.join(sorted(firsts))}](?=([一-鿿]{{1,3}}))")


def candidates(folded: str) -> Iterator[tuple[int, str, str]]:
    """Yield (start, surname, given) of everything that a surname begins, the longer given name first."""
    single, compound = classes()["surnames"], classes()["compound"]
    for match in _beginnings().finditer(folded):
        start, first, following = match.start(), match[0], match[1]
        if len(following) > 1 and first + following[0] in compound:
            for size in range(len(following) - 1, 0, -1):
                yield start, first + following[0], following[1 : 1 + size]
        if first in single:
            if len(following) > 1:
                yield start, first, following[:2]
            yield start, first, following[0]


@lru_cache(maxsize=8192)
def _inner_score(surname: str, given: str) -> float:
    learned = weights()
    return sum(learned.get(feature, 0.0) for feature in inner_features(surname, given))


@lru_cache(maxsize=8192)
def _outer_score(before: str, surname: str, given: str, after: str) -> float:
    learned = weights()
    return sum(learned.get(feature, 0.0) for feature in outer_features(before, surname, given, after))


def scored(folded: str) -> Iterator[tuple[float, int, int]]:
    """Yield (score, start, end) of what may be a name; above 0 it is likelier one than not."""
    for start, surname, given in candidates(folded):
        score = _inner_score(surname, given)
        if score < LEAST_INNER_SCORE - ALONE:
            continue
        end = start + len(surname) + len(given)
        before, after = folded[max(0, start - SEEN_BEFORE) : start], folded[end : end + SEEN_AFTER]
        if is_alone(before, after):
            score += ALONE
        if score >= LEAST_INNER_SCORE:
            yield score + _outer_score(before, surname, given, after), start, end
