"""Scores what may be a person's name by weights that evaluation/train_names.py learned."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from domain.redaction.names.features import (
    FOLDER,
    SEEN_AFTER,
    SEEN_BEFORE,
    classes,
    first_features,
    is_alone,
    outer_features,
    second_features,
    single_features,
    surname_features,
    word_features,
)
from domain.redaction.weights import read_weights

# Three in a hundred places that a surname begins pass this look at the characters alone; of the names in the texts
# written for evaluation the least name-like have -5.6 (借款人谈笑风之妻) and what stands around them tells.
LEAST_INNER_SCORE = -5.6


# What stands alone between a word that introduces a person and a mark is a name though it looks like none: 一位叫晏如。
ALONE = 2.5


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the learned weight of each feature."""
    return read_weights(FOLDER / "name_weights.txt")


@lru_cache(maxsize=1)
def _beginnings() -> re.Pattern[str]:
    """Return where a surname may begin, as its first character, with up to three characters behind it."""
    firsts = classes()["surnames"] | {surname[0] for surname in classes()["compound"]}
    return re.compile(rf"([{''.join(sorted(firsts))}])(?=([一-鿿]{{1,3}}))")


def _names(first: str, following: str) -> Iterator[tuple[str, str]]:
    """Yield (surname, given) of what a first character and those behind it may be, the longer given name first."""
    if first + following[0] in classes()["compound"]:
        for size in range(len(following) - 1, 0, -1):
            yield first + following[0], following[1 : 1 + size]
    if first in classes()["surnames"]:
        if len(following) > 1:
            yield first, following[:2]
        yield first, following[0]


def candidates(folded: str) -> Iterator[tuple[int, str, str]]:
    """Yield (start, surname, given) of everything that a surname begins, the longer given name first."""
    for match in _beginnings().finditer(folded):
        for surname, given in _names(match[1], match[2]):
            yield match.start(), surname, given


def _learned(features: Iterable[str]) -> list[float]:
    learned = weights()
    return [learned.get(feature, 0.0) for feature in features]


@lru_cache(maxsize=2048)
def _of_surname(surname: str, size: int) -> float:
    return sum(_learned(surname_features(surname, size)))


@lru_cache(maxsize=8192)
def _of_first(character: str) -> list[float]:
    return _learned(first_features(character))


@lru_cache(maxsize=8192)
def _of_second(character: str) -> list[float]:
    return _learned(second_features(character))


@lru_cache(maxsize=8192)
def _of_single(character: str) -> list[float]:
    return _learned(single_features(character))


@lru_cache(maxsize=8192)
def _inner_score(surname: str, given: str) -> float:
    """Add up the weights of `inner_features`.

    Most names that a text could hold are looked at for the first time, their characters are not: what each of them
    adds is kept, which takes a third of the time.
    """
    score, beside = _of_surname(surname, len(given)), _learned(word_features(surname, given))
    if len(given) == 1:
        return sum([*_of_single(given), *beside], score)
    typical_first, known_first, first = _of_first(given[0])
    typical_second, known_second, second = _of_second(given[1])
    rest = (typical_first, typical_second, known_first, known_second, first, second)
    return sum([*rest, *beside], score)


@lru_cache(maxsize=8192)
def _possible(first: str, following: str) -> tuple[tuple[float, str, str], ...]:
    """Return (score, surname, given) of what may be a name by itself, or where it stands alone: mostly nothing."""
    names = [(_inner_score(surname, given), surname, given) for surname, given in _names(first, following)]
    return tuple([name for name in names if name[0] >= LEAST_INNER_SCORE - ALONE])


@lru_cache(maxsize=8192)
def _outer_score(before: str, surname: str, given: str, after: str) -> float:
    return sum(_learned(outer_features(before, surname, given, after)))


def scored(folded: str) -> Iterator[tuple[float, int, int]]:
    """Yield (score, start, end) of what may be a name; above 0 it is likelier one than not."""
    compound = classes()["compound"]
    for match in _beginnings().finditer(folded):
        first, following = match.groups()
        known = following if first + following[0] in compound else following[:2]
        for score, surname, given in _possible(first, known):
            start = match.start()
            end = start + len(surname) + len(given)
            if score < LEAST_INNER_SCORE and "一" <= folded[end : end + 1] <= "鿿":
                continue  # most of them: no name by itself, and it doesn't stand alone either
            before, after = folded[max(0, start - SEEN_BEFORE) : start], folded[end : end + SEEN_AFTER]
            if is_alone(before, after):
                score += ALONE
            if score >= LEAST_INNER_SCORE:
                yield score + _outer_score(before, surname, given, after), start, end
