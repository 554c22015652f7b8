"""The taxonomy of tactics: read from `tactics.yaml`, found in texts by pattern and by how the passage asserts it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

TAXONOMY_FILE = Path(__file__).with_name("tactics.yaml")


@dataclass(frozen=True)
class TacticEntry:
    """One tactic of the taxonomy; `severity` runs from 1 (low) to 5 and is editorial, not a legal finding."""

    code: str
    position: int
    group_code: str
    group_name_zh_hans: str
    group_name_zh_hant: str
    group_name_en: str
    name_zh_hans: str
    name_zh_hant: str
    name_en: str
    severity: int
    definition_zh: str
    definition_en: str
    legal_status: str


@lru_cache(maxsize=1)
def taxonomy_document() -> dict[str, Any]:
    """Return the whole of `tactics.yaml`, with its patterns and cues."""
    with TAXONOMY_FILE.open(encoding="utf-8") as file:
        document: dict[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return document


def load_taxonomy() -> list[TacticEntry]:
    """Return the tactics in the order of the file."""
    document = taxonomy_document()
    groups = {group["code"]: group for group in document["groups"]}
    return [
        TacticEntry(
            code=row["code"], position=position, group_code=row["group"],
            group_name_zh_hans=groups[row["group"]]["name_zh_hans"],
            group_name_zh_hant=groups[row["group"]]["name_zh_hant"],
            group_name_en=groups[row["group"]]["name_en"],
            name_zh_hans=row["name_zh_hans"], name_zh_hant=row["name_zh_hant"], name_en=row["name_en"],
            severity=row["severity"], definition_zh=row["definition_zh"], definition_en=row["definition_en"],
            legal_status=row["legal_status"],
        )
        for position, row in enumerate(document["tactics"])
    ]  # fmt: skip
