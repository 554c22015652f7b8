"""The labelled texts: which sets there are, who may look into them, and how they are read from disk."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.lenders import REGISTRY_FILE, LenderEntry, load_registry
from evaluation import HERE

Row = dict[str, Any]

TEXTS = HERE / "texts"
# The lenders that the texts complain about are invented: they stand beside the registry here, and nowhere else.
INVENTED_LENDERS = (TEXTS / "dev_lenders.yaml", HERE / "lenders.yaml")


@dataclass(frozen=True)
class LabelledSet:
    """Labelled texts of one hand, and the collectors' messages that go with them; an open set may be tuned on."""

    name: str
    texts: tuple[str, ...]
    scripts: str | None = None
    open: bool = True

    def rows(self) -> list[Row]:
        """Return the labelled texts, in the order of the files."""
        return [row for name in self.texts for row in load(TEXTS / name)]

    def script_rows(self) -> list[Row]:
        """Return the messages, each with the family that it belongs to."""
        return load(TEXTS / self.scripts) if self.scripts else []


@dataclass(frozen=True)
class OutcomeSet:
    """Texts of threats and what became of them, of whose labels only those of outcomes are there."""

    name: str
    texts: str
    open: bool = True

    def rows(self) -> list[Row]:
        """Return the labelled texts, in the order of the file."""
        return load(TEXTS / self.texts)


SETS = (
    LabelledSet("dev", ("dev.jsonl",), "scripts_dev.jsonl"),
    LabelledSet("open", tuple(f"open_{number}.jsonl" for number in range(1, 7)), "scripts_open.jsonl"),
    LabelledSet("opened", tuple(f"opened_{number}.jsonl" for number in range(1, 4)), "scripts_opened.jsonl"),
    LabelledSet("held 4", ("held_4.jsonl",), "scripts_held_4.jsonl", open=False),
    LabelledSet("held 5", ("held_5.jsonl",), open=False),
    LabelledSet("held 6", ("held_6.jsonl",), open=False),
    LabelledSet("held 7", ("held_7.jsonl",), open=False),
    LabelledSet("held 8", ("held_8.jsonl",), open=False),
    LabelledSet("held 9", ("held_9.jsonl",), open=False),
    LabelledSet("held 10", ("held_10.jsonl",), open=False),
)
OUTCOME_SETS = (
    OutcomeSet("outcomes, open", "outcomes_open.jsonl"),
    OutcomeSet("outcomes, held", "outcomes_held.jsonl", open=False),
)


def load(path: Path) -> list[Row]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def known_lenders() -> Sequence[LenderEntry]:
    """Return every lender that a label may name: the registry and the invented ones."""
    return [entry for path in (REGISTRY_FILE, *INVENTED_LENDERS) for entry in load_registry(path)]
