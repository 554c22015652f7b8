"""Scores what may be a person's name by weights that evaluation/train_names.py learned."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

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
FOLLOWING = re.compile("[一-鿿]{1,3}")


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the learned weight of each feature."""
    return read_weights(FOLDER / "name_weights.txt")


@lru_cache(maxsize=1)
def _beginnings() -> re.Pattern[str]:
    """Return where a surname may begin, as its first character, with another behind it."""
    firsts = classes()["surnames"] | {surname[0] for surname in classes()["compound"]}
    return re.compile(rf"[{''.join(sorted(firsts))}](?=[一-鿿])")


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
        following = FOLLOWING.match(folded, match.end())[0]  # type: ignore[index]
        for surname, given in _names(match[0], following):
            yield match.start(), surname, given


def _learned(features: Iterable[str]) -> list[float]:
    learned = weights()
    return [learned.get(feature, 0.0) for feature in features]


class _Told(NamedTuple):
    """What a character of a given name adds to the score of a name: the weights of its features, and all of them."""

    weights: list[float]
    total: float


def _told(features: Iterable[str]) -> _Told:
    learned = _learned(features)
    return _Told(learned, sum(learned))


@lru_cache(maxsize=2048)
def _of_surname(surname: str, size: int) -> float:
    return sum(_learned(surname_features(surname, size)))


@lru_cache(maxsize=8192)
def _of_first(character: str) -> _Told:
    return _told(first_features(character))


@lru_cache(maxsize=8192)
def _of_second(character: str) -> _Told:
    return _told(second_features(character))


@lru_cache(maxsize=8192)
def _of_single(character: str) -> _Told:
    return _told(single_features(character))


@lru_cache(maxsize=1)
def _most_of_words() -> float:
    """Return a little more than the words that the characters of a name make can add to its score."""
    learned = weights()
    most = [max(learned.get(f"{feature}{often}", 0.0) for often in range(3)) for feature in ("wS", "wg", "ws")]
    return max(most[0], most[1] + most[2] + max(learned.get("twice", 0.0), 0.0)) + 1e-6


@lru_cache(maxsize=8192)
def _inner_score(surname: str, given: str) -> float:
    """Add up the weights of `inner_features`.

    Most names that a text could hold are looked at for the first time, their characters are not: what each of them
    adds is kept, which takes a third of the time.
    """
    score, beside = _of_surname(surname, len(given)), _learned(word_features(surname, given))
    if len(given) == 1:
        return sum([*_of_single(given).weights, *beside], score)
    typical_first, known_first, first = _of_first(given[0]).weights
    typical_second, known_second, second = _of_second(given[1]).weights
    rest = (typical_first, typical_second, known_first, known_second, first, second)
    return sum([*rest, *beside], score)


def _at_most(surname: str, given: str) -> float:
    """Return what a name scores by itself at most, whatever words its characters make: for most that is little."""
    of_given = _of_single(given).total if len(given) == 1 else _of_first(given[0]).total + _of_second(given[1]).total
    return _of_surname(surname, len(given)) + of_given + _most_of_words()


@lru_cache(maxsize=8192)
def _possible(word: str) -> tuple[tuple[float, str, str], ...]:
    """Return (score, surname, given) of what may be a name by itself, or where it stands alone: mostly nothing.

    `word` is what a surname may begin and up to three characters behind its first, whatever they are.
    """
    following = FOLLOWING.match(word, 1)
    least = LEAST_INNER_SCORE - ALONE
    likely = [name for name in _names(word[0], following[0]) if _at_most(*name) >= least] if following else []
    names = [(_inner_score(surname, given), surname, given) for surname, given in likely]
    return tuple([name for name in names if name[0] >= least])


@lru_cache(maxsize=8192)
def _outer_score(before: str, surname: str, given: str, after: str) -> float:
    return sum(_learned(outer_features(before, surname, given, after)))


def scored(folded: str) -> Iterator[tuple[float, int, int]]:
    """Yield (score, start, end) of what may be a name; above 0 it is likelier one than not."""
    compound = classes()["compound"]
    for match in _beginnings().finditer(folded):
        start = match.start()
        size = 4 if folded[start : start + 2] in compound else 3
        for score, surname, given in _possible(folded[start : start + size]):
            end = start + len(surname) + len(given)
            after = folded[end : end + SEEN_AFTER]
            goes_on = "一" <= after[:1] <= "鿿"
            if score < LEAST_INNER_SCORE and goes_on:
                continue  # most of them: no name by itself, and it doesn't stand alone either
            before = folded[max(0, start - SEEN_BEFORE) : start]
            if not goes_on and is_alone(before, after):
                score += ALONE
            if score >= LEAST_INNER_SCORE:
                yield score + _outer_score(before, surname, given, after), start, end
