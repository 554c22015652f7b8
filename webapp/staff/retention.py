"""Retention, for admins: what would be erased by now, and a button to erase it."""

from flask import Blueprint, Response, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from domain.moderation import retention
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard

blueprint = Blueprint("staff_retention", __name__, url_prefix="/staff/retention")
# The rest is counted: nobody reads a list of thousands.
SHOWN = 100


@blueprint.get("")
@allows("admin")
def overview() -> Response:
    """Show what the settings say, and what would go now."""
    policy = retention.policy_of(services().settings)
    due = retention.preview(services().database, policy)
    return make_response(render_template("staff/retention.html", policy=policy, due=due, shown=SHOWN))


@blueprint.post("")
@allows("admin")
@takes("csrf_token")
def erase() -> AnyResponse:
    """Erase what is due."""
    policy = retention.policy_of(services().settings)
    retention.run(services().database, services().vault, policy, guard.account().actor)
    return redirect("/staff/retention", 303)
