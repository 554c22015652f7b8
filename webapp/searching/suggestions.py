"""Lenders and tactics by the beginning of what somebody types: for the search box, the filing form and programs."""

from functools import lru_cache
from typing import Any

from domain.models import Lender, Tactic
from domain.store.registries import registry
from domain.tactics import taxonomy_document
from domain.text import fold
from webapp.searching.vocabularies import CANONICAL, tactics_by_code
from webapp.shell.services import services


def suggested_tactics(typed: str, limit: int) -> list[Tactic]:
    """Return the tactics that have what was typed in a name, then those that people put so (爆通讯录), in order."""
    wanted, known = fold(typed).strip(), tactics_by_code()
    if not wanted:
        return []
    by_name = [code for code, tactic in known.items() if wanted in fold(_names(tactic))]
    by_phrase = [code for code, phrases in _phrases().items() if code in known and wanted in phrases]
    return [known[code] for code in dict.fromkeys(by_name + by_phrase)][:limit]


def suggested_lenders(typed: str, limit: int) -> list[dict[str, Any]]:
    """Return lenders as the API gives them: slug, names, the name that fits, and who stands behind a product."""
    suggested = services().reader.suggest_lenders(typed, limit)
    known = {lender.slug: lender for lender in registry.lenders(services().database)} if suggested else {}
    return [
        {"type": "lender", **lender_names(known[found.slug]), "matched": found.matched, "exact": found.exact,
         "behind": behind(known[found.slug])}
        for found in suggested
        if found.slug in known
    ]  # fmt: skip


def lender_names(lender: Lender) -> dict[str, Any]:
    """Return a lender's slug and names."""
    return {
        "slug": lender.slug,
        "name": lender.name_zh_hans,
        "name_zh_hant": lender.name_zh_hant,
        "name_en": lender.name_en,
    }


def tactic_names(tactic: Tactic) -> dict[str, Any]:
    """Return a tactic's code and names."""
    return {
        "code": tactic.code,
        "name": tactic.name_zh_hans,
        "name_zh_hant": tactic.name_zh_hant,
        "name_en": tactic.name_en,
    }


def behind(lender: Lender) -> list[dict[str, str]]:
    """Return what a product or brand belongs to: relation, slug and name."""
    names = services().lender_names
    return [
        {"relation": relation, "slug": other.slug, "name": names.get(other.slug, {}).get(CANONICAL, other.name_zh_hans)}
        for relation, other in lender.relations_in_use
    ]  # fmt: skip


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    return {row["code"]: fold("\n".join(row.get("phrases_zh", ()))) for row in taxonomy_document()["tactics"]}


def _names(tactic: Tactic) -> str:
    return "\n".join((tactic.name_zh_hans, tactic.name_zh_hant, tactic.name_en))
