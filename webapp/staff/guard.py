"""The door of the back office: who is signed in, and which roles each address lets in. One rule for every route."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from domain.store.intake import unread
from domain.store.staff import staff_sessions
from domain.store.staff.staff_sessions import Limits, SignedIn
from webapp.shell.security import never_store
from webapp.shell.services import services
from webapp.staff import audit_words, ways, words
from webapp.staff.gathering import crawl_words

ROOT = "/staff"
# A thousand filings. Where more wait than that (the worker was down), the page shows what is read by then.
LONGEST_READING = 3.0


def init_app(app: Flask) -> None:
    """Ask at every address of the back office who comes, and tell its templates."""
    app.before_request(_let_in_or_refuse)
    app.context_processor(_who_is_in)
    words.init_app(app)
    audit_words.init_app(app)
    crawl_words.init_app(app)


def signed_in() -> SignedIn | None:
    """Return who is signed in in this browser, or None."""
    if "signed_in" not in g:
        token = request.cookies.get(cookie_name(), "")
        found = staff_sessions.find(services().database, services().account_keys, token, limits()) if token else None
        g.signed_in = found
    kept: SignedIn | None = g.signed_in
    return kept


def account() -> SignedIn:
    """Return who is signed in, in a view that lets in nobody else."""
    found = signed_in()
    if found is None:
        abort(401)
    return found


def limits() -> Limits:
    """Return how long sessions last."""
    settings = services().settings
    return Limits(timedelta(minutes=settings.staff_idle_minutes), timedelta(hours=settings.staff_session_hours))


def cookie_name() -> str:
    """Return the session cookie's name; browsers take `__Host-` only over https and for this very host."""
    return "__Host-staff" if request.is_secure else "staff"


def set_cookie(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Put a cookie of the back office on the answer."""
    response.set_cookie(name, value, max_age=max_age, path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def is_staff_address(path: str) -> bool:
    """Tell whether a path belongs to the back office."""
    return path == ROOT or path.startswith(ROOT + "/")


def declared_roles(endpoint: str | None) -> tuple[str, ...]:
    """Return the roles that a view declares; none for a view without a declaration."""
    view = current_app.view_functions.get(endpoint or "")
    return tuple(getattr(view, "roles", ()))


def _let_in_or_refuse() -> Response | None:
    rule = request.url_rule.rule if request.url_rule else request.path
    if not is_staff_address(rule):
        return None
    never_store()
    roles = declared_roles(request.endpoint)
    if request.endpoint is None or "anyone" in roles:
        return None
    found = signed_in()
    if found is None:
        return _ask_to_sign_in()
    if found.role not in roles:
        abort(403)
    # Here and nowhere else: whatever page of the back office comes next, what was filed until now is read.
    unread.read_what_waits(services().database, seconds=LONGEST_READING)
    return None


def _ask_to_sign_in() -> Response:
    if request.method in ("GET", "HEAD"):
        wanted = request.full_path if request.query_string else request.path
        return redirect(f"{ROOT}/sign-in?next={quote(wanted, safe='/')}")
    # What was typed is in the browser still: it is sent again once somebody has signed in beside it.
    return make_response(render_template("staff/people/ended.html"), 401)


def _who_is_in() -> dict[str, Any]:
    if not is_staff_address(request.path):
        return {}
    found = signed_in() if "signed_in" in g else None
    if found is None:
        return {"signed_in": None}
    return {"signed_in": found, "ways": ways.ways_for(found.role, declared_roles_of_path)}


def declared_roles_of_path(path: str) -> tuple[str, ...]:
    """Return the roles that may open a path of the back office."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule == path and "GET" in (rule.methods or ()):
            return declared_roles(rule.endpoint)
    return ()
