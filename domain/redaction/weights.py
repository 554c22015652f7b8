"""Learned weights as their files have them: a row for each feature, its name and behind a blank its weight."""

from pathlib import Path


def read_weights(path: Path) -> dict[str, float]:
    """Return the weight of each feature.

    Of 175,000 weights some 1,000 differ. Each stands in memory once: so what is looked up is near already, and a
    forked process copies fewer pages by looking.
    """
    rows = (row.rsplit(" ", 1) for row in path.read_text("utf-8").splitlines() if row[0] != "#")
    numbers: dict[str, float] = {}
    return {name: numbers.setdefault(weight, float(weight)) for name, weight in rows}
