"""The registry of lenders: read from `lenders.yaml`, found in texts by their aliases."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REGISTRY_FILE = Path(__file__).with_name("lenders.yaml")


@dataclass(frozen=True)
class Alias:
    """A name a lender goes by; `contextual` strength counts only beside words of lending."""

    text: str
    strength: str
    script: str


@dataclass(frozen=True)
class LenderEntry:
    """One lender of the registry; `relations` are (relation, slug of the target)."""

    slug: str
    name_zh_hans: str
    name_zh_hant: str
    name_en: str
    legal_name: str | None
    type: str
    country: str
    status: str
    confidence: str
    basis: str
    ambiguity_note: str | None
    aliases: tuple[Alias, ...]
    relations: tuple[tuple[str, str], ...]


def load_registry(path: Path = REGISTRY_FILE) -> list[LenderEntry]:
    """Read a registry file in the form of `lenders.yaml` (schema lender-registry/1)."""
    with path.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    return [_entry(row) for row in document["lenders"]]


def _entry(row: dict[str, Any]) -> LenderEntry:
    return LenderEntry(
        slug=row["slug"],
        # A US lender has no Chinese name and a small one no English name: each is shown by the name that it has.
        name_zh_hans=row["name_zh_hans"] or row["name_en"],
        name_zh_hant=row["name_zh_hant"] or row["name_zh_hans"] or row["name_en"],
        name_en=row["name_en"] or row["name_zh_hans"],
        legal_name=row.get("legal_name"),
        type=row["type"],
        country=row["country"],
        status=row.get("status", "active_assumed"),
        confidence=row.get("confidence", "low"),
        basis=row.get("basis", "memory"),
        ambiguity_note=row.get("ambiguity_note"),
        aliases=tuple(Alias(a["text"], a["strength"], a["script"]) for a in row.get("aliases", ())),
        relations=tuple((r["relation"], r["target"]) for r in row.get("relations", ())),
    )
