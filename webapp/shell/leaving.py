"""Leaving quickly: what was typed is gone at once, and a page without our name stands in its place."""

import calendar as months
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for

from domain.settings import SITE_TIME_ZONE
from webapp.filing import drafts
from webapp.shell.routes import takes
from webapp.shell.security import never_store

blueprint = Blueprint("leaving", __name__)
# A way out that asks for a token first is none. All that another site could do with it is to throw a draft away, and
# for that it would have to know its id.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]

# For an hour after leaving, the addresses of the draft show the calendar too: whoever presses “back” sees no more.
COOKIE = "calendar"
SECONDS_TO_REMEMBER = 3600


@blueprint.post("/leave")
@takes("draft")
def leave() -> Response:
    """Throw the draft away, take the browser's key, and go to a page that says nothing of us."""
    never_store()
    response = make_response(redirect(url_for("leaving.calendar"), 303))
    if draft_id := request.form.get("draft", ""):
        response.call_on_close(drafts.folder().leave(draft_id))
    # With its token goes what a browser would send again: see webapp.returning.receipts.
    session.clear()
    response.set_cookie(COOKIE, "1", max_age=SECONDS_TO_REMEMBER, secure=request.is_secure, httponly=True,
                        samesite="Lax")  # fmt: skip
    return drafts.forget(response)


@blueprint.get("/calendar")
def calendar() -> Response:
    """Show this month, as any calendar does."""
    never_store()
    today = datetime.now(SITE_TIME_ZONE).date()
    weeks = months.Calendar().monthdatescalendar(today.year, today.month)
    return make_response(render_template("leaving/calendar.html", today=today, weeks=weeks))


def has_left() -> bool:
    """Tell whether this browser left quickly a short while ago."""
    return COOKIE in request.cookies


def start_anew(response: Response) -> Response:
    """Forget that this browser left: the person has come back of their own will."""
    if has_left():
        response.delete_cookie(COOKIE, secure=request.is_secure, httponly=True, samesite="Lax")
    return response
