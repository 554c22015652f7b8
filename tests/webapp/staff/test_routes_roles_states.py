"""Each route × role: who is let in, from one table. A route that is not in it, or says something else, fails.

The rows come from `doorstep routes --json` and from the application's own map of addresses; the table says what
each must be. Whoever adds a route adds its line.
"""

import json
import re

import pytest
from click.testing import CliRunner

from commands import doorstep
from domain.models import STAFF_ROLES, StaffAccount, StaffSession
from tests.webapp.staff.conftest import token_of
from webapp.shell.routes import declared_routes
from webapp.staff.guard import is_staff_address

ALL = ("reader", "moderator", "admin", "representative")
TEAM = ("reader", "moderator", "admin")
DECIDE = ("moderator", "admin")
ADMIN = ("admin",)
ANYONE = ("anyone",)
REPRESENTATIVE = ("representative",)

# Address → {method: the roles that it lets in}. Everything outside /staff is for anyone.
TABLE = {
    "/staff": {"GET": ALL},
    "/staff/account": {"GET": ALL},
    "/staff/account/keys": {"POST": ALL},
    "/staff/account/keys/begin": {"POST": ALL},
    "/staff/account/keys/<int:key>/remove": {"POST": ALL},
    "/staff/account/password": {"POST": ALL},
    "/staff/account/recovery-codes": {"POST": ALL},
    "/staff/accounts": {"GET": ADMIN, "POST": ADMIN},
    "/staff/accounts/<name>/reset": {"POST": ADMIN},
    "/staff/accounts/<name>/role": {"POST": ADMIN},
    "/staff/accounts/<name>/state": {"POST": ADMIN},
    "/staff/articles/<article_id>": {"GET": TEAM},
    "/staff/articles/<article_id>/masks": {"POST": DECIDE},
    "/staff/audit": {"GET": ADMIN},
    "/staff/audit/check": {"GET": ADMIN},
    "/staff/disputes": {"GET": TEAM},
    "/staff/disputes/records/<record_id>": {"GET": TEAM, "POST": DECIDE},
    "/staff/join/<token>": {"GET": ANYONE, "POST": ANYONE},
    "/staff/join/<token>/code.svg": {"GET": ANYONE},
    "/staff/lenders": {"GET": TEAM, "POST": DECIDE},
    "/staff/lenders/<slug>": {"GET": TEAM},
    "/staff/lenders/<slug>/merge": {"POST": DECIDE},
    "/staff/lenders/<slug>/names": {"POST": DECIDE},
    "/staff/lenders/<slug>/relations": {"POST": DECIDE},
    "/staff/lenders/merges/<int:number>/undo": {"POST": DECIDE},
    "/staff/queue": {"GET": TEAM},
    "/staff/queue/<complaint_id>": {"GET": TEAM},
    "/staff/queue/<complaint_id>/decision": {"POST": DECIDE},
    "/staff/queue/<complaint_id>/evidence/<int:number>": {"GET": DECIDE, "POST": DECIDE},
    "/staff/queue/<complaint_id>/lender": {"POST": DECIDE},
    "/staff/queue/<complaint_id>/masks": {"POST": DECIDE},
    "/staff/queue/<complaint_id>/original": {"POST": DECIDE},
    "/staff/queue/<complaint_id>/tags": {"POST": DECIDE},
    "/staff/queue/next": {"POST": DECIDE},
    "/staff/records": {"GET": REPRESENTATIVE},
    "/staff/records/<complaint_id>": {"GET": REPRESENTATIVE, "POST": REPRESENTATIVE},
    "/staff/records/<complaint_id>/<reply_id>/take-back": {"POST": REPRESENTATIVE},
    "/staff/replies": {"GET": TEAM},
    "/staff/replies/<reply_id>": {"POST": DECIDE},
    "/staff/representatives": {"GET": ADMIN},
    "/staff/representatives/<name>": {"POST": ADMIN},
    "/staff/retention": {"GET": ADMIN, "POST": ADMIN},
    "/staff/sign-in": {"GET": ANYONE, "POST": ANYONE},
    "/staff/sources": {"GET": TEAM},
    "/staff/sources/<slug>/edit": {"GET": DECIDE, "POST": DECIDE},
    "/staff/sources/<slug>/run": {"POST": DECIDE},
    "/staff/sources/<slug>/state": {"POST": DECIDE},
    "/staff/sources/new": {"GET": DECIDE, "POST": DECIDE},
    "/staff/sign-in/key": {"POST": ANYONE},
    "/staff/sign-in/key/begin": {"POST": ANYONE},
    "/staff/sign-out": {"POST": ALL},
}
WHO = (*STAFF_ROLES, "nobody", "deactivated", "session over")


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


@pytest.mark.parametrize("role", WHO)
def test_each_route_lets_in_its_roles_and_nobody_else(client, colleague, database, role):
    somebody = None if role == "nobody" else colleague("somebody", role if role in STAFF_ROLES else "admin")
    wrong = {}
    for address, methods in TABLE.items():
        for method, roles in methods.items():
            if somebody is not None:
                client = somebody.enter().client
                if role not in STAFF_ROLES:
                    end_session(database, role)
            response = client.open(filled(address), method=method, data=tokens(client) if method == "POST" else None)
            wanted = expected(roles, role, method)
            if what_happened(response) != wanted:
                wrong[address, method] = (what_happened(response), wanted)
    assert wrong == {}


def expected(roles, role, method) -> str:
    """Return what must happen: let in, asked to sign in, told that the session is over, or refused."""
    if "anyone" in roles or role in roles:
        return "let in"
    if role in STAFF_ROLES:
        return "refused"
    return "asked to sign in" if method == "GET" else "session over"


def what_happened(response) -> str:
    if response.status_code == 302 and response.headers["Location"].startswith("/staff/sign-in?next="):
        return "asked to sign in"
    return {401: "session over", 403: "refused"}.get(response.status_code, "let in")


def test_a_route_without_a_declaration_is_refused_to_everybody(app, colleague):
    app.add_url_rule("/staff/forgotten", view_func=lambda: "secret")
    for role in STAFF_ROLES:
        response = colleague(role, role).enter().get("/staff/forgotten")
        assert response.status_code == 403
        assert "secret" not in response.get_data(as_text=True)


def test_an_unknown_address_of_the_back_office_is_not_found(client):
    assert client.get("/staff/nothing-here").status_code == 404


def end_session(database, state) -> None:
    with database.writing() as session:
        if state == "deactivated":
            session.query(StaffAccount).update({"deactivated_at": StaffAccount.created_at})
        else:
            session.query(StaffSession).delete()


def tokens(client):
    return {"csrf_token": token_of(client), "name": "x", "password": "x", "code": "x"}
