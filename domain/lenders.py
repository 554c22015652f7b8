"""The registry of lenders: read from `lenders.yaml`, found in texts by their aliases."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REGISTRY_FILE = Path(__file__).with_name("lenders.yaml")


STRENGTHS = frozenset(("strong", "contextual"))


class NotARegistry(ValueError):
    """A file that is no registry of lenders; the message says what of it is wrong."""


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
    """Read a registry file in the form of `lenders.yaml` (schema lender-registry/1).

    Raises `NotARegistry`, in words, for a file that is none.
    """
    try:
        with path.open(encoding="utf-8") as file:
            document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotARegistry(f"no YAML{f' at line {mark.line + 1}' if mark else ''}") from error
    except UnicodeDecodeError as error:
        raise NotARegistry("no text in UTF-8") from error
    rows = document.get("lenders") if isinstance(document, dict) else None
    if not isinstance(rows, list):
        raise NotARegistry("it has no list named lenders")
    return [_checked_entry(number, row) for number, row in enumerate(rows, 1)]


def _checked_entry(number: int, row: Any) -> LenderEntry:
    name = row.get("slug") if isinstance(row, dict) else None
    place = f"lender {number}" + (f" ({name})" if name else "")
    try:
        entry = _entry(row)
    except KeyError as error:
        raise NotARegistry(f"{place} has no {error.args[0]}") from error
    except (TypeError, AttributeError) as error:
        raise NotARegistry(f"{place} is no lender, or its aliases or relations are none") from error
    wrong = {alias.strength for alias in entry.aliases} - STRENGTHS
    if wrong:
        raise NotARegistry(f"{place} has an alias that is neither {' nor '.join(sorted(STRENGTHS))}: {wrong.pop()}")
    return entry


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
        aliases=tuple(Alias(str(a["text"]), a["strength"], a["script"]) for a in row.get("aliases", ())),
        relations=tuple((r["relation"], r["target"]) for r in row.get("relations", ())),
    )
