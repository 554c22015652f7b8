"""What a run counts, under readable names such as `stored/new` or `refused/robots`."""

from collections import Counter
from collections.abc import Mapping


class Counts:
    """Counters of one source's run. Names with a slash are grouped by what stands before it."""

    def __init__(self, numbers: Mapping[str, int] | None = None) -> None:
        self._numbers: Counter[str] = Counter(numbers or {})

    def add(self, name: str, by: int = 1) -> None:
        """Count one more."""
        self._numbers[name] += by

    def __getitem__(self, name: str) -> int:
        return self._numbers[name]

    def flat(self) -> dict[str, int]:
        """Return every counter by its full name."""
        return dict(sorted(self._numbers.items()))

    def grouped(self) -> dict[str, int | dict[str, int]]:
        """Return the counters with `refused/robots` as `{"refused": {"robots": …}}`, ready for JSON."""
        grouped: dict[str, int | dict[str, int]] = {}
        for name, number in self.flat().items():
            group, _, rest = name.partition("/")
            if rest:
                inner = grouped.setdefault(group, {})
                if isinstance(inner, dict):
                    inner[rest] = number
            else:
                grouped[group] = number
        return grouped


def total(counts: Mapping[str, int], group: str) -> int:
    """Add up the counters of one group of a flat mapping."""
    return sum(number for name, number in counts.items() if name.startswith(f"{group}/"))
