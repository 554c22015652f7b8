"""The register of lenders, and the page of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.models import Lender
from domain.store.registries import registry
from indexer.errors import SearchUnavailable
from indexer.request import SearchRequest
from webapp import words
from webapp.published.standing import standing
from webapp.shell.language import name_of
from webapp.shell.routes import takes
from webapp.shell.services import services

blueprint = Blueprint("lenders", __name__)

MOST_SUGGESTED = 30


@dataclass(frozen=True)
class Counts:
    """Published complaints about a lender and articles that are about it."""

    complaints: int
    articles: int


@blueprint.get("/lenders")
@takes("q")
def lenders() -> str:
    """List the register, or what of it fits what was typed."""
    typed = request.args.get("q", "").strip()[:200]
    found = registry.lenders(services().database)
    if typed:
        order = {s.slug: place for place, s in enumerate(services().reader.suggest_lenders(typed, MOST_SUGGESTED))}
        found = sorted((lender for lender in found if lender.slug in order), key=lambda lender: order[lender.slug])
    counts = counts_by_lender()
    groups = {"": found} if typed and found else {} if typed else grouped(found, counts or {})
    return render_template("lenders/lenders.html", groups=groups, typed=typed, counts=counts)


@blueprint.get("/lenders/<slug>")
def lender(slug: str) -> str | Response:
    """Show one lender: what it is, and what is published about it; a merged one is shown as the other."""
    found = registry.lender(services().database, slug)
    if found is None:
        abort(404)
    if found.shown is not found:
        # For now only: a merge can be undone, and browsers keep a permanent redirect for good.
        return redirect(url_for("lenders.lender", slug=found.shown.slug), 302)
    return render_template(
        "lenders/lender.html",
        lender=found,
        pointing=registry.products_of(services().database, slug),
        standing=standing("lender", slug, "tactic"),
    )


def grouped(found: list[Lender], counts: Mapping[str, Counts]) -> dict[str, list[Lender]]:
    """Return the lenders with published records, by name, and then all of them by type."""
    by_name = sorted(found, key=name_of)
    groups = {"published": [lender for lender in by_name if lender.slug in counts]}
    groups |= {type_: [lender for lender in by_name if lender.type == type_] for type_ in words.LENDER_TYPES}
    groups[""] = [lender for lender in by_name if lender.type not in words.LENDER_TYPES]
    return {type_: lenders for type_, lenders in groups.items() if lenders}


def counts_by_lender() -> dict[str, Counts] | None:
    """Return how much is published about each lender; None while the index can't be asked."""
    try:
        found = {
            kind: {
                value.value: value.count
                for value in services()
                .engine.search(SearchRequest(filters={"kind": (kind,)}, size=0, facets=("lender",)))
                .facets["lender"]
            }
            for kind in ("complaint", "article")
        }
    except SearchUnavailable:
        return None
    slugs = {*found["complaint"], *found["article"]}
    return {slug: Counts(found["complaint"].get(slug, 0), found["article"].get(slug, 0)) for slug in slugs}
