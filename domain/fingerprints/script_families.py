"""Groups collectors' messages into families: messages of one script, whoever and however much it is about."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor

from domain.fingerprints import Pieces, keys, similarity

# Messages of one script in other words share 38 % of their pieces and more, messages of scripts that share an opening
# 16 % and less (../shared/eval/scripts_dev.jsonl); of messages reworded by another hand a sixth shares less than a
# quarter. Of 62,641 pairs of different messages 21 share a fifth, two thirds of them reminders that threaten nothing.
ALIKE = 0.2
# Many scripts begin with what the law or the house asks for (this is an attempt to collect a debt; 您的借款已严重逾期,
# 我们多次与您联系) and then threaten different things. Two that part ways are of two scripts, though they share half:
# one part of each, a quarter at least, is nearly all in the other message, and of the rest hardly anything is. Copies
# of one script differ in all their parts. So 73 of 75 pairs with one of five openings are parted, and of the pairs of
# the labelled families none.
SAME_THROUGHOUT = 0.7
SHARED_PART, OTHER_PART, LEAST_PART = 0.9, 0.2, 0.25
# 40 keys of 2 minima each: 80 % of the pairs of similarity 0.2 share one, 92 % of 0.25, 97 % of 0.3, and 0.4 % of
# those of 0.01, which two messages on different matters have.
KEYS, ROWS = 40, 2
# Of the shapes that share a key the likeliest are compared; more than this share one by chance only.
COMPARED = 40
# A key that more shapes than this share says nothing any more (it is made of 请尽快 and 还款).
LONGEST_LIST = 200
# A shape that is as like a known one as this adds nothing to its family, and a family is known by so many at most.
ADDS_NOTHING = 0.9
SHAPES_OF_A_FAMILY = 50


@dataclass(frozen=True)
class KnownShape:
    """A shape of a known family."""

    family: int
    pieces: Pieces


def script_keys(shape: Pieces) -> list[int]:
    """Return the keys under which a message's family is looked up."""
    return keys(shape, KEYS, ROWS)


def alikeness(one: Pieces, other: Pieces) -> float:
    """Return how much of two shapes is shared, 0 to 1; 0 where only their openings or only their endings are alike."""
    first, second = frozenset(one), frozenset(other)
    shared = similarity(first, second)
    apart = ALIKE <= shared < SAME_THROUGHOUT and _parts_ways(one, second) and _parts_ways(other, first)
    return 0.0 if apart else shared


def _parts_ways(shape: Pieces, other: frozenset[int]) -> bool:
    """Whether a shape falls into a part that is in the other one and a part that is not."""
    length, least = len(shape), LEAST_PART * len(shape)
    shared_of = list(accumulate(piece in other for piece in shape))
    for at in range(ceil(least), floor(length - least) + 1):
        before, after = shared_of[at - 1] / at, (shared_of[-1] - shared_of[at - 1]) / (length - at)
        if max(before, after) >= SHARED_PART and min(before, after) <= OTHER_PART:
            return True
    return False


def likest(shape: Pieces, known: Iterable[KnownShape]) -> tuple[KnownShape | None, float]:
    """Return the known shape that is most like this one, and how much; None where nothing is like it enough."""
    best, most = None, 0.0
    for other in known:
        alike = alikeness(shape, other.pieces)
        if alike > most:
            best, most = other, alike
    return (best, most) if most >= ALIKE else (None, most)


class ScriptFamilies:
    """Families in memory, grown message by message. The store keeps the same in domain.store.intake.families."""

    def __init__(self) -> None:
        self._shapes: list[KnownShape] = []
        self._known: dict[Pieces, int] = {}
        self._lists: dict[int, list[int]] = defaultdict(list)
        self._sizes: Counter[int] = Counter()
        self._families = 0

    def place(self, shape: Pieces) -> int:
        """Return the number of the family of a shape, a new one for one that nothing is like, and remember it."""
        if shape in self._known:
            return self._known[shape]
        of_shape = script_keys(shape)
        shared = Counter(number for key in of_shape for number in self._lists.get(key, ()))
        best, alike = likest(shape, [self._shapes[number] for number, _ in shared.most_common(COMPARED)])
        family = best.family if best else self._families
        self._families = max(self._families, family + 1)
        if shape:
            self._known[shape] = family
        if alike < ADDS_NOTHING and self._sizes[family] < SHAPES_OF_A_FAMILY:
            self._remember(KnownShape(family, shape), of_shape)
        return family

    def _remember(self, shape: KnownShape, of_shape: list[int]) -> None:
        self._sizes[shape.family] += 1
        self._shapes.append(shape)
        for key in of_shape:
            if len(self._lists[key]) < LONGEST_LIST:
                self._lists[key].append(len(self._shapes) - 1)


def families_of(shapes: Iterable[Pieces]) -> list[int]:
    """Return for each shape the number of its family, in the order in which they came."""
    families = ScriptFamilies()
    return [families.place(shape) for shape in shapes]
