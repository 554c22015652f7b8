"""The crawler's sources: which there are, how their last runs went, and a way to pause one."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from domain.store.gathering import source_health, sources
from domain.store.gathering.sources import UnknownSource
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard

blueprint = Blueprint("staff_sources", __name__, url_prefix="/staff/sources")
RUNS_SHOWN = 5


@blueprint.get("")
@allows("reader", "moderator", "admin")
def overview() -> str:
    """List the sources with how they do and their last runs."""
    found = source_health.health(services().database)
    runs = sources.latest_runs(services().database, RUNS_SHOWN)
    return render_template("staff/gathering/sources.html", found=found, runs=runs)


@blueprint.post("/<slug>/state")
@allows("moderator", "admin")
@takes("state", "csrf_token")
def change_state(slug: str) -> Response:
    """Pause a source, or let it be read again."""
    try:
        sources.set_paused(services().database, slug, request.form.get("state") == "paused", guard.account().actor)
    except UnknownSource:
        abort(404)
    return redirect("/staff/sources", 303)
