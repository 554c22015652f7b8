"""Each route × role: who is let in, from one table. A route that is not in it, or says something else, fails.

The rows come from `doorstep routes --json` and from the application's own map of addresses; the table says what
each must be. Whoever adds a route adds its line.
"""

import json
import re

import pytest
from click.testing import CliRunner

from commands import doorstep
from domain.models import STAFF_ROLES
from webapp.routes import declared_routes
from webapp.staff.guard import is_staff_address

ALL = ("reader", "moderator", "admin", "representative")
TEAM = ("reader", "moderator", "admin")
DECIDE = ("moderator", "admin")
ADMIN = ("admin",)
ANYONE = ("anyone",)

# Address → {method: the roles that it lets in}. Everything outside /staff is for anyone.
TABLE = {
    "/staff": {"GET": ALL},
    "/staff/account": {"GET": ALL},
    "/staff/account/password": {"POST": ALL},
    "/staff/account/recovery-codes": {"POST": ALL},
    "/staff/accounts": {"GET": ADMIN, "POST": ADMIN},
    "/staff/accounts/<name>/reset": {"POST": ADMIN},
    "/staff/accounts/<name>/role": {"POST": ADMIN},
    "/staff/accounts/<name>/state": {"POST": ADMIN},
    "/staff/audit": {"GET": ADMIN},
    "/staff/audit/check": {"GET": ADMIN},
    "/staff/join/<token>": {"GET": ANYONE, "POST": ANYONE},
    "/staff/join/<token>/code.svg": {"GET": ANYONE},
    "/staff/sign-in": {"GET": ANYONE, "POST": ANYONE},
    "/staff/sources": {"GET": TEAM},
    "/staff/sources/<slug>/state": {"POST": DECIDE},
    "/staff/sign-out": {"POST": ALL},
}
CASES = [
    (address, method, role)
    for address, methods in TABLE.items()
    for method in methods
    for role in (*STAFF_ROLES, "nobody", "deactivated", "session over")
]


def filled(address: str) -> str:
    """Return an address under this rule that leads to nothing."""
    return re.sub(r"<(?:\w+:)?(\w+)>", "0", address)


def test_the_table_and_the_routes_say_the_same(app):
    declared = {(row["route"], method): set(row["roles"]) for row in declared_routes(app) for method in row["methods"]}
    table = {(address, method): set(roles) for address, line in TABLE.items() for method, roles in line.items()}
    assert {key: roles for key, roles in declared.items() if is_staff_address(key[0])} == table
    assert {key: roles for key, roles in declared.items() if not is_staff_address(key[0]) and roles != {"anyone"}} == {}


def test_the_command_line_prints_every_address_of_the_map(app):
    printed = json.loads(CliRunner().invoke(doorstep, ["routes", "--json"], catch_exceptions=False).output)
    assert {row["route"] for row in printed} == {rule.rule for rule in app.url_map.iter_rules()}
    assert all(row["roles"] for row in printed)


@pytest.mark.parametrize(("address", "method", "role"), CASES)
def test_each_route_lets_in_its_roles_and_nobody_else(app, client, colleague, database, address, method, role):
    roles = TABLE[address][method]
    if role in STAFF_ROLES:
        client = colleague("somebody", role).enter().client
    elif role != "nobody":
        client = without_a_session(colleague("somebody", "admin").enter(), database, role)
    response = client.open(filled(address), method=method, data=tokens(client) if method == "POST" else None)
    if "anyone" in roles or role in roles:
        assert response.status_code not in (401, 403), response.status_code
        assert not is_sign_in(response)
    elif role in STAFF_ROLES:
        assert response.status_code == 403
    elif method == "GET":
        assert is_sign_in(response)
    else:
        assert response.status_code == 401


def test_a_route_without_a_declaration_is_refused_to_everybody(app, colleague):
    app.add_url_rule("/staff/forgotten", view_func=lambda: "secret")
    for role in STAFF_ROLES:
        response = colleague(role, role).enter().get("/staff/forgotten")
        assert response.status_code == 403
        assert "secret" not in response.get_data(as_text=True)


def test_an_unknown_address_of_the_back_office_is_not_found(client):
    assert client.get("/staff/nothing-here").status_code == 404


def without_a_session(somebody, database, state):
    from domain.models import StaffAccount, StaffSession

    with database.writing() as session:
        if state == "deactivated":
            session.query(StaffAccount).update({"deactivated_at": StaffAccount.created_at})
        else:
            session.query(StaffSession).delete()
    return somebody.client


def tokens(client):
    from tests.webapp.staff.conftest import token_of

    return {"csrf_token": token_of(client), "name": "x", "password": "x", "code": "x"}


def is_sign_in(response) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/staff/sign-in?next=")
