"""The words for roles."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

ROLES: dict[str, Any] = {
    "reader": _l("Reader"),
    "moderator": _l("Moderator"),
    "admin": _l("Admin"),
    "representative": _l("Representative of a lender"),
}
MAY: dict[str, Any] = {
    "reader": _l("Sees the queue and the figures; decides nothing."),
    "moderator": _l("Reads complaints, masks private data, decides what is published, keeps the registry."),
    "admin": _l("All that moderators do, and accounts, the audit log and retention."),
    "representative": _l("Sees what is published about one lender and replies to it; nothing else."),
}


def init_app(app: Flask) -> None:
    """Give the templates the filters `staff_role` and `staff_role_may`."""
    app.jinja_env.filters["staff_role"] = lambda role: ROLES.get(role, role)
    app.jinja_env.filters["staff_role_may"] = lambda role: MAY.get(role, "")
