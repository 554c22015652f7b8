"""The figures that were last accepted: kept in the repository, so that a fall is seen in review."""

import json
from pathlib import Path

from evaluation import HERE
from evaluation.measuring.table import Figures

FILE = HERE / "accepted.json"


def read_accepted(file: Path = FILE) -> dict[str, dict[str, float]]:
    """Return the accepted figures by set; none when none were accepted yet."""
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def write_accepted(measured: dict[str, Figures], file: Path = FILE) -> None:
    """Accept figures, to four digits. A figure that could not be measured here keeps what was accepted before."""
    accepted = read_accepted(file)
    for name, figures in measured.items():
        before = accepted.setdefault(name, {})
        before.update({key: round(figure, 4) for key, figure in figures.items() if figure is not None})
    file.write_text(json.dumps(accepted, indent=1) + "\n", "utf-8")
