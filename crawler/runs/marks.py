"""What a run has marked: pages asked for, lists followed, items taken, things found. No mark counts twice."""

from collections import defaultdict
from typing import Protocol


class Marks(Protocol):
    """Named sets of addresses. A run in one process keeps them itself, several processes share them."""

    def put(self, kind: str, address: str, most: float | None = None) -> bool:
        """Mark an address; false when it is a further one and the kind has its `most` marks already."""
        ...

    def has(self, kind: str, address: str) -> bool:
        """Tell whether an address is marked."""
        ...

    def count(self, kind: str) -> int:
        """Return how many addresses are marked."""
        ...

    def holder(self, kind: str, address: str, candidate: str = "") -> str:
        """Return who holds an address: the first candidate that was named for it, or nobody."""
        ...

    def holders(self, kind: str) -> list[str]:
        """Return everybody who holds an address of a kind."""
        ...


class OwnMarks:
    """The marks of a run in this process, 60 bytes each whatever the length of the address."""

    def __init__(self) -> None:
        self._marked: defaultdict[str, set[int]] = defaultdict(set)
        self._holders: dict[tuple[str, str], str] = {}

    def put(self, kind: str, address: str, most: float | None = None) -> bool:
        """Mark an address."""
        marked, key = self._marked[kind], hash(address)
        if key not in marked and most is not None and len(marked) >= most:
            return False
        marked.add(key)
        return True

    def has(self, kind: str, address: str) -> bool:
        """Tell whether an address is marked."""
        return hash(address) in self._marked[kind]

    def count(self, kind: str) -> int:
        """Return how many addresses are marked."""
        return len(self._marked[kind])

    def holder(self, kind: str, address: str, candidate: str = "") -> str:
        """Return who holds an address."""
        if candidate:
            return self._holders.setdefault((kind, address), candidate)
        return self._holders.get((kind, address), "")

    def holders(self, kind: str) -> list[str]:
        """Return everybody who holds an address of a kind."""
        return [holder for (of, _), holder in self._holders.items() if of == kind]
