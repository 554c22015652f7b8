"""Every address of the site with what it takes, for `doorstep routes` and for the documentation."""

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])


class Route(TypedDict):
    """One address: its methods, the fields it reads, the roles that may use it (`anyone` needs no account)."""

    route: str
    endpoint: str
    methods: list[str]
    fields: list[str]
    roles: list[str]


def takes(*fields: str) -> Callable[[View], View]:
    """Note on a view which parameters or form fields it reads."""

    def note(view: View) -> View:
        view.fields = fields  # type: ignore[attr-defined]
        return view

    return note


def allows(*roles: str) -> Callable[[View], View]:
    """Note on a view which roles may use it (see models.STAFF_ROLES); `anyone` needs no account.

    Under /staff a view without this note is refused to everybody (webapp.staff.guard).
    """

    def note(view: View) -> View:
        view.roles = roles  # type: ignore[attr-defined]
        return view

    return note


def declared_routes(app: Flask) -> list[Route]:
    """Return every route of the application, by address."""
    rows = [
        Route(
            route=rule.rule,
            endpoint=rule.endpoint,
            methods=sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            fields=list(getattr(app.view_functions[rule.endpoint], "fields", ())),
            roles=list(getattr(app.view_functions[rule.endpoint], "roles", ("anyone",))),
        )
        for rule in app.url_map.iter_rules()
    ]
    return sorted(rows, key=lambda row: (row["route"], row["methods"]))
