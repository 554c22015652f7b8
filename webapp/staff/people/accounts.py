"""Accounts, for admins: who may come in, as what, and until when."""

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from domain.accounts import signing_in
from domain.accounts.names import canonical_name
from domain.models import STAFF_ROLES
from domain.store.staff import accounts
from domain.store.staff.accounts import RefusedAccount, UnknownAccount
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard

blueprint = Blueprint("staff_accounts", __name__, url_prefix="/staff/accounts")
REFUSALS = {
    "name": _l("A name has 2 to 40 letters or digits, with dots, hyphens or underscores between them."),
    "taken": _l("There is an account of this name."),
    "role": _l("Choose a role."),
    "lender": _l("A representative needs a lender of the registry, and nobody else has one."),
    "last_admin": _l("This is the last admin. Make somebody else admin first."),
    "unknown": _l("There is no account of this name."),
}


@blueprint.get("")
@allows("admin")
def overview() -> Response:
    """List the accounts."""
    return page()


@blueprint.post("")
@allows("admin")
@takes("name", "role", "lender", "csrf_token")
def invite() -> Response:
    """Invite somebody; the one-time address is shown once, and sent by the admin in their own way."""
    name, token = request.form.get("name", ""), signing_in.new_token()
    try:
        accounts.invite(
            services().database, services().account_keys, token, name, request.form.get("role", ""),
            guard.account().actor, _lender(),
        )  # fmt: skip
    except RefusedAccount as refusal:
        return page(refusal.code)
    return invited(name, token)


@blueprint.post("/<name>/reset")
@allows("admin")
@takes("csrf_token")
def reset(name: str) -> Response:
    """Take away an account's password and codes, and show the address to set them anew."""
    token = signing_in.new_token()
    try:
        accounts.reset(services().database, services().account_keys, token, name, guard.account().actor)
    except UnknownAccount:
        return page("unknown")
    return invited(name, token)


@blueprint.post("/<name>/role")
@allows("admin")
@takes("role", "lender", "csrf_token")
def change_role(name: str) -> AnyResponse:
    """Change what somebody may do; their sessions end."""
    try:
        accounts.set_role(services().database, name, request.form.get("role", ""), guard.account().actor, _lender())
    except (RefusedAccount, UnknownAccount) as refusal:
        return page(getattr(refusal, "code", "unknown"))
    return redirect("/staff/accounts", 303)


@blueprint.post("/<name>/state")
@allows("admin")
@takes("state", "csrf_token")
def change_state(name: str) -> AnyResponse:
    """Deactivate an account, or let it in again."""
    change = accounts.reactivate if request.form.get("state") == "active" else accounts.deactivate
    try:
        change(services().database, name, guard.account().actor)
    except (RefusedAccount, UnknownAccount) as refusal:
        return page(getattr(refusal, "code", "unknown"))
    return redirect("/staff/accounts", 303)


def page(refusal: str = "") -> Response:
    """Show the accounts with what was refused."""
    shown = render_template(
        "staff/people/accounts.html", accounts=accounts.accounts(services().database), roles=STAFF_ROLES,
        refusal=REFUSALS.get(refusal, ""), refused=refusal, lender_names=services().lender_names,
    )  # fmt: skip
    return make_response(shown, {"": 200, "unknown": 404, "last_admin": 409, "taken": 409}.get(refusal, 400))


def invited(name: str, token: str) -> Response:
    """Show the one-time address."""
    address = f"{request.host_url}staff/join/{token}"
    return make_response(render_template("staff/people/invited.html", name=canonical_name(name), address=address))


def _lender() -> str:
    """Return the slug that was meant, for a representative."""
    typed = request.form.get("lender", "").strip()
    if request.form.get("role") != "representative" or not typed:
        return ""
    return typed if typed in services().lender_names else services().reader.resolve_lender(typed) or ""
