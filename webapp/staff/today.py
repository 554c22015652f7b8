"""The first page of the back office: what waits, and what was done today."""

from flask import Blueprint, render_template

from domain.store.moderating.figures import figures
from webapp.shell.routes import allows
from webapp.shell.services import services
from webapp.staff import guard

blueprint = Blueprint("staff_today", __name__, url_prefix="/staff")


@blueprint.get("")
@allows("reader", "moderator", "admin", "representative")
def today() -> str:
    """Show what there is to do; representatives see only their ways."""
    ours = guard.account().role != "representative"
    return render_template("staff/today.html", figures=figures(services().database) if ours else None)
