"""Browsers that signed in before: known by a signed cookie, so that strangers who guess can't slow their owner down."""

import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from domain.accounts.names import canonical_name
from webapp.staff.guard import set_cookie

SECONDS_KNOWN = 180 * 24 * 3600


def mark_of_browser(name: str) -> str:
    """Return the mark that this browser got when it signed in to this name; empty for a stranger's browser."""
    try:
        known, mark = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=SECONDS_KNOWN)
    except (BadSignature, TypeError, ValueError):
        return ""
    return str(mark) if known == canonical_name(name) else ""


def remember(response: Response, name: str) -> None:
    """Let this browser be known for this name."""
    value = _signer().dumps([canonical_name(name), secrets.token_urlsafe(12)])
    set_cookie(response, _cookie_name(), value, SECONDS_KNOWN)


def _cookie_name() -> str:
    return "__Host-staff-browser" if request.is_secure else "staff-browser"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="browser of staff")
