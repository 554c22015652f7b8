"""Groups collectors' messages into families: messages of one script, whoever and however much it is about."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from domain.fingerprints import Pieces, keys, similarity

# Messages of one script in other words share 38 % of their pieces and more, messages of scripts that share an opening
# 16 % and less (../shared/eval/scripts_dev.jsonl); texts of another hand ask for a lower bar.
ALIKE = 0.25
KEYS = 40
# Of the shapes that share a key the likeliest are compared; more than this share one by chance only.
COMPARED = 40
# A key that more shapes than this share says nothing any more (it is made of 请尽快 and 还款).
LONGEST_LIST = 400


class ScriptFamilies:
    """Families in memory, grown message by message. The store keeps the same in tables (domain.store.scripts)."""

    def __init__(self) -> None:
        self._shapes: list[Pieces] = []
        self._family_of: list[int] = []
        self._known: dict[Pieces, int] = {}
        self._lists: dict[int, list[int]] = defaultdict(list)
        self._families = 0

    def find(self, shape: Pieces) -> int | None:
        """Return the number of the family that a shape belongs to, or None for one that nothing is like."""
        if shape in self._known:
            return self._known[shape]
        shared = Counter(number for key in keys(shape, KEYS) for number in self._lists.get(key, ()))
        likely = [number for number, _ in shared.most_common(COMPARED)]
        best = max(likely, key=lambda number: similarity(shape, self._shapes[number]), default=None)
        if best is None or similarity(shape, self._shapes[best]) < ALIKE:
            return None
        return self._family_of[best]

    def place(self, shape: Pieces) -> int:
        """Return the number of the family of a shape, a new one for one that nothing is like, and remember it."""
        if shape in self._known:
            return self._known[shape]
        family = self.find(shape)
        if family is None:
            family, self._families = self._families, self._families + 1
        if shape:
            self._remember(shape, family)
        return family

    def _remember(self, shape: Pieces, family: int) -> None:
        number = len(self._shapes)
        self._shapes.append(shape)
        self._family_of.append(family)
        self._known[shape] = family
        for key in keys(shape, KEYS):
            if len(self._lists[key]) < LONGEST_LIST:
                self._lists[key].append(number)


def families_of(shapes: Iterable[Pieces]) -> list[int]:
    """Return for each shape the number of its family, in the order in which they came."""
    families = ScriptFamilies()
    return [families.place(shape) for shape in shapes]
