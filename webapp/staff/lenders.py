"""The registry of lenders, edited: names, relations, new lenders, merges. Every program sees it within seconds."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.models import ALIAS_STRENGTHS, LENDER_RELATIONS
from domain.store.registries import lender_merges, registry, registry_changes
from domain.store.registries.lender_merges import InvalidMerge, UnknownMerge
from domain.store.registries.registry_changes import InvalidName, LenderExists, NameTaken, NewLender, UnknownLender
from webapp import words
from webapp.published.lenders import Counts, counts_by_lender
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.lender_words import refusal

blueprint = Blueprint("staff_lenders", __name__, url_prefix="/staff/lenders")
TEAM = ("reader", "moderator", "admin")
DECIDE = ("moderator", "admin")
REFUSED = (InvalidName, InvalidMerge, LenderExists, NameTaken, UnknownLender)


@blueprint.get("")
@allows(*TEAM)
@takes("q")
def overview() -> Response:
    """List the registry, or what of it fits what was typed, and the merges."""
    return overview_page()


@blueprint.post("")
@allows(*DECIDE)
@takes("slug", "name_zh_hans", "name_zh_hant", "name_en", "legal_name", "type", "csrf_token")
def add() -> AnyResponse:
    """Add a lender."""
    names = {name: typed(name) for name in ("slug", "name_zh_hans", "name_zh_hant", "name_en")}
    type_ = request.form.get("type", "")
    if type_ not in words.LENDER_TYPES:
        return overview_page(("type", refusal(InvalidName("type"))))
    lender = NewLender(**names, type=type_, legal_name=typed("legal_name") or None)
    try:
        registry_changes.add_lender(services().database, lender, guard.account().actor)
    except REFUSED as reason:
        return overview_page(("slug", refusal(reason)))
    return redirect(f"/staff/lenders/{lender.slug}", 303)


@blueprint.get("/<slug>")
@allows(*TEAM)
def lender(slug: str) -> Response:
    """Show one lender as it may be edited; a merged one too."""
    return lender_page(slug)


@blueprint.post("/<slug>/names")
@allows(*DECIDE)
@takes("name", "strength", "step", "csrf_token")
def change_name(slug: str) -> AnyResponse:
    """Add a name, change how it counts, or retire it."""
    name, actor = typed("name"), guard.account().actor
    try:
        if request.form.get("step") == "remove":
            registry_changes.remove_alias(services().database, slug, name, actor)
        else:
            strength = request.form.get("strength", "strong")
            registry_changes.add_alias(services().database, slug, name, actor, strength)
    except REFUSED as reason:
        return lender_page(slug, ("name", refusal(reason)))
    return redirect(f"/staff/lenders/{slug}#names", 303)


@blueprint.post("/<slug>/relations")
@allows(*DECIDE)
@takes("target", "relation", "csrf_token")
def change_relation(slug: str) -> AnyResponse:
    """Say how the lender stands to another one; an empty relation: not at all."""
    relation = request.form.get("relation") or None
    try:
        registry_changes.set_relation(services().database, slug, meant("target"), relation, guard.account().actor)
    except REFUSED as reason:
        return lender_page(slug, ("target", refusal(reason)))
    return redirect(f"/staff/lenders/{slug}#relations", 303)


@blueprint.post("/<slug>/merge")
@allows(*DECIDE)
@takes("into", "reason", "step", "csrf_token")
def merge(slug: str) -> AnyResponse:
    """Ask once more with the figures of both, then show and count one lender as the other."""
    into, reason = meant("into"), typed("reason")
    if request.form.get("step") != "sure":
        return merge_page(slug, into, reason)
    try:
        lender_merges.merge(services().database, slug, into, guard.account().actor, reason)
    except REFUSED as refused:
        return lender_page(slug, ("into", refusal(refused)))
    return redirect(f"/staff/lenders/{into}", 303)


@blueprint.post("/merges/<int:number>/undo")
@allows(*DECIDE)
@takes("csrf_token")
def undo(number: int) -> AnyResponse:
    """Let a merged lender stand for itself again."""
    try:
        lender_merges.undo(services().database, min(number, 2**31), guard.account().actor)
    except UnknownMerge:
        abort(404)
    return redirect("/staff/lenders#merges", 303)


def meant(field: str) -> str:
    """Return the slug of the lender that was typed, by slug or by name; as typed where there is none."""
    name = typed(field)
    return name if name in services().lender_names else services().reader.resolve_lender(name) or name


def typed(field: str) -> str:
    """Return what was typed into a field, without what no store keeps."""
    return request.form.get(field, "").replace("\0", "").strip()


def overview_page(wrong: tuple[str, str] | None = None) -> Response:
    """Show the registry with what was refused."""
    asked = request.args.get("q", "").strip()[:200]
    found = registry.lenders(services().database)
    if asked:
        fits = {one.slug for one in services().reader.suggest_lenders(asked, 50)} | {asked}
        found = [one for one in found if one.slug in fits]
    page = render_template(
        "staff/lenders.html", lenders=found, typed=asked, wrong=wrong, types=words.LENDER_TYPES,
        merges=lender_merges.merges(services().database),
    )  # fmt: skip
    return make_response(page, 400 if wrong else 200)


def lender_page(slug: str, wrong: tuple[str, str] | None = None) -> Response:
    """Show one lender with what was refused."""
    found = registry.lender(services().database, slug)
    if found is None:
        abort(404)
    page = render_template(
        "staff/lender.html", lender=found, wrong=wrong, relations=LENDER_RELATIONS, strengths=ALIAS_STRENGTHS,
        pointing=registry.products_of(services().database, slug), lender_names=services().lender_names, words=words,
        merge=next((one for one in lender_merges.merges(services().database)
                    if one.lender.slug == slug and one.undone_at is None), None),
    )  # fmt: skip
    return make_response(page, 400 if wrong else 200)


def merge_page(slug: str, into: str, reason: str) -> Response:
    """Show what a merge would mean."""
    lender, target = registry.lender(services().database, slug), registry.lender(services().database, into)
    if lender is None:
        abort(404)
    if target is None or target.slug == slug:
        why = UnknownLender(into) if target is None else InvalidMerge("itself")
        return lender_page(slug, ("into", refusal(why)))
    counts, none = counts_by_lender() or {}, Counts(0, 0)
    page = render_template(
        "staff/merge.html", lender=lender, target=target, reason=reason, counts=counts.get(slug, none),
        target_counts=counts.get(into, none),
    )  # fmt: skip
    return make_response(page)
