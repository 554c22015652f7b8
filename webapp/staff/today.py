"""The first page of the back office."""

from flask import Blueprint, render_template

from webapp.routes import allows

blueprint = Blueprint("staff_today", __name__, url_prefix="/staff")


@blueprint.get("")
@allows("reader", "moderator", "admin", "representative")
def today() -> str:
    """Show what there is to do."""
    return render_template("staff/today.html")
