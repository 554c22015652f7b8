"""What the API says: its envelope, and lenders, tactics and results in it. Names are in simplified Chinese."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.models import Lender, Tactic
from domain.publishing import exporting, published
from domain.publishing.published import Record
from indexer.highlights import Pieces, snippet
from indexer.request import FacetValue, SearchRequest
from webapp.api.meta import meta
from webapp.published.lenders import Counts
from webapp.searching.cards import distinct_tags, found_records, searchable_text
from webapp.searching.requests import totals_by_kind
from webapp.searching.suggestions import lender_names, tactic_names
from webapp.searching.vocabularies import canonical_label
from webapp.shell.services import services


def listing(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the envelope around a whole list."""
    results = list(rows)
    return {"results": results, "total": len(results), "next": None, "facets": {}, "_meta": meta()}


def search_document(asked: SearchRequest) -> dict[str, Any]:
    """Search and return the envelope. `total` is both kinds together, `totals` each. Raises as Engine.search."""
    result = services().engine.search(asked)
    return {
        "results": [result_row(record, asked.search_term) for record in found_records(hit.id for hit in result.hits)],
        "total": result.total,
        "totals": totals_by_kind(asked, result.facets, result.total),
        "next": result.next or None,
        "facets": {name: [facet_value(name, value) for value in values] for name, values in result.facets.items()},
        "_meta": meta(),
    }


def result_row(record: Record, search_term: str) -> dict[str, Any]:
    """Return one result. `snippet_matches` are [start, end) of what matches in `snippet`, code points."""
    pieces = snippet(search_term, searchable_text(record))
    return {
        "id": record.id,
        "kind": published.kind_of(record),
        "title": exporting.title_of(record),
        "snippet": "".join(text for text, _ in pieces),
        "snippet_matches": matches(pieces),
        "lenders": [{"slug": lender.slug, "name": lender.name_zh_hans} for lender in published.subjects_of(record)],
        "tactics": [
            {"code": tag.code, "assertion": tag.assertion, "counted": tag.counted} for tag in distinct_tags(record)
        ],
        "date": published.day_of(record).isoformat(),
        "date_means": published.meaning_of_day(record),
        "source": published.source_of(record)[0],
        "source_url": published.source_address(record),
        "is_sample": record.is_sample,
    }


def matches(pieces: Pieces) -> list[list[int]]:
    """Return where the matching pieces stand in the text that the pieces make."""
    found, at = [], 0
    for text, is_match in pieces:
        if is_match:
            found.append([at, at + len(text)])
        at += len(text)
    return found


def facet_value(facet: str, value: FacetValue) -> dict[str, Any]:
    """Return one value of a facet."""
    return {
        "value": value.value, "name": canonical_label(facet, value.value), "count": value.count, "active": value.active,
    }  # fmt: skip


def lender_row(lender: Lender, counts: Mapping[str, Counts] | None) -> dict[str, Any]:
    """Return a lender of the register, and how much is published about it."""
    counted = None if counts is None else counts.get(lender.slug, Counts(0, 0))
    return lender_names(lender) | {
        "legal_name": lender.legal_name,
        "type": lender.type,
        "country": lender.country,
        "status": lender.status,
        "is_sample": lender.is_sample,
        "complaints": counted.complaints if counted else None,
        "articles": counted.articles if counted else None,
    }


def lender_document(
    lender: Lender, pointing: Iterable[tuple[str, Lender]], counts: Mapping[str, Counts] | None
) -> dict[str, Any]:
    """Return all that the register says of a lender. Standing in it says nothing about conduct, and `note` says so."""
    return lender_row(lender, counts) | {
        "confidence": lender.confidence,
        "basis": lender.basis,
        "aliases": [{"text": alias.text, "strength": alias.strength} for alias in lender.names_in_use],
        "relations": [
            {"relation": relation, "slug": other.slug, "name": other.name_zh_hans}
            for relation, other in lender.relations_in_use
        ],
        "related_from": [
            {"relation": relation, "slug": other.slug, "name": other.name_zh_hans} for relation, other in pointing
        ],
        "note": "Standing in this register says nothing about conduct.",
    }


def tactic_row(tactic: Tactic) -> dict[str, Any]:
    """Return a tactic of the taxonomy. `severity` is editorial, not a legal finding."""
    return tactic_names(tactic) | {
        "group": tactic.group_code,
        "group_name": tactic.group_name_zh_hans,
        "severity": tactic.severity,
        "legal_status": tactic.legal_status,
        "definition": tactic.definition_zh,
        "definition_en": tactic.definition_en,
    }
