"""Adding a source, changing it, trying it before it is kept, and reading it now."""

from typing import Any

import yaml
from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from crawler.runs.starting import start_crawl
from crawler.runs.trials import try_source
from crawler.sources import as_mapping, check_reachable, entry_from
from crawler.sources.invalid import ForbiddenAddress, InvalidSource
from crawler.sources.options import KIND_OPTIONS
from domain.models import Source
from domain.settings import settings
from domain.store import audit
from domain.store.gathering import sources
from domain.store.gathering.sources import SourceChanged, SourceEntry, UnknownSource, entry_of, state_of
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.gathering.invalid_words import LABELS, invalid_words

blueprint = Blueprint("staff_source_editing", __name__, url_prefix="/staff/sources")
FIELDS = ("slug", "name", "kind", "address", "language", "schedule", "pace", "daily_pages", "licence", "contact",
          "options")  # fmt: skip
NEW = {"kind": "feed", "language": "zh", "schedule": "daily", "daily_pages": "5000"}
# A page of its own is shown for the time that a trial takes; more of them at once would be a crawl.
ACTIONS = ("save", "try")


@blueprint.get("/new")
@allows("moderator", "admin")
def new() -> str:
    """Show the empty form."""
    return form(NEW, is_new=True)


@blueprint.post("/new")
@allows("moderator", "admin")
@takes(*FIELDS, "seen", "action", "csrf_token")
def add() -> AnyResponse | str:
    """Keep or try a new source."""
    return kept_or_tried(typed(), is_new=True)


@blueprint.get("/<slug>/edit")
@allows("moderator", "admin")
def edit(slug: str) -> str:
    """Show the form with a source in it."""
    row = known(slug)
    return form(fields_of(row), is_new=False, seen=state_of(row))


@blueprint.post("/<slug>/edit")
@allows("moderator", "admin")
@takes(*FIELDS, "seen", "action", "csrf_token")
def change(slug: str) -> AnyResponse | str:
    """Keep or try a changed source."""
    known(slug)
    return kept_or_tried({**typed(), "slug": slug}, is_new=False)


@blueprint.post("/<slug>/run")
@allows("moderator", "admin")
@takes("csrf_token")
def run(slug: str) -> AnyResponse:
    """Start reading a source now, in a process of its own; one that is being read is left alone."""
    known(slug)
    start_crawl(slug)
    return redirect(f"/staff/sources#{slug}", 303)


def kept_or_tried(fields: dict[str, str], is_new: bool) -> AnyResponse | str:
    """Save the source that was typed, or show what it would give; what can't be read is told beside the form."""
    seen = "" if is_new else request.form.get("seen", "unseen")
    try:
        entry = entry_typed(fields)
        if is_new and _is_taken(entry.slug):
            raise InvalidSource("taken", "slug", slug=entry.slug)
    except InvalidSource as refusal:
        return form(fields, is_new, seen, refusal)
    if request.form.get("action") == "try":
        return form(fields, is_new, seen, trial=try_source(entry))
    try:
        check_reachable(entry, settings().allowed_origins)
        sources.save_source(services().database, entry, guard.account().actor, seen)
    except ForbiddenAddress as refusal:
        return form(fields, is_new, seen, refusal)
    except SourceChanged:
        return changed(fields)
    return redirect(f"/staff/sources#{entry.slug}", 303)


def entry_typed(fields: dict[str, str]) -> SourceEntry:
    """Return the source that the form's fields describe. Raises InvalidSource."""
    row: dict[str, Any] = {name: value for name, value in fields.items() if value.strip()}
    try:
        row["options"] = yaml.safe_load(fields.get("options", "")) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a 31st of February is a ValueError
        raise InvalidSource("options_no_yaml", "options") from error
    return entry_from(row)


def typed() -> dict[str, str]:
    """Return the fields as they were typed."""
    return {name: request.form.get(name, "").strip() for name in FIELDS}


def known(slug: str) -> Any:
    """Return a source, or answer that there is none."""
    try:
        return sources.source(services().database, slug)
    except UnknownSource:
        return abort(404)


def fields_of(row: Source) -> dict[str, str]:
    """Return a source as the form has it."""
    entry = as_mapping(entry_of(row))
    options = yaml.safe_dump(entry["options"], allow_unicode=True) if entry.get("options") else ""
    return {name: str(entry.get(name, "")) for name in FIELDS} | {"options": options}


def changed(fields: dict[str, str]) -> AnyResponse:
    """Tell somebody that the source is not what they saw any more; what they typed stays, and counts if sent again."""
    row = known(fields["slug"])
    now = {name: value for name, value in fields_of(row).items() if value.strip() != fields[name].strip()}
    events = audit.events_of(services().database, row.slug)
    page = form(fields, is_new=False, seen=state_of(row), now=now, event=events[-1] if events else None)
    return make_response(page, 409)


def form(
    fields: dict[str, str], is_new: bool, seen: str = "", refusal: InvalidSource | None = None, **more: Any
) -> str:
    """Show the form: `more` is a `trial` of the source, or what it says `now` and the `event` of who changed it."""
    told = {refusal.field: invalid_words(refusal)} if refusal else {}
    return render_template(
        "staff/gathering/source.html",
        fields=fields,
        is_new=is_new,
        seen=seen,
        refusal=told,
        kinds=list(KIND_OPTIONS),
        labels=LABELS,
        **more,
    )


def _is_taken(slug: str) -> bool:
    return any(row.slug == slug for row in sources.sources(services().database))
