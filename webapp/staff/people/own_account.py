"""One's own account: another password, new recovery codes, what else may be done with it."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from domain.accounts import passwords, signing_in
from domain.store.staff import accounts, security_keys, sign_in_tries
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.people.passwords import refusal_words

blueprint = Blueprint("staff_own_account", __name__, url_prefix="/staff/account")
BUSY = _l("Too much is going on at once. Send it again.")
EVERYBODY = ("reader", "moderator", "admin", "representative")


@blueprint.get("")
@allows(*EVERYBODY)
def own_account() -> Response:
    """Show the account of who is signed in."""
    return page()


@blueprint.post("/password")
@allows(*EVERYBODY)
@takes("present", "password", "again", "csrf_token")
def change_password() -> AnyResponse:
    """Keep another password; every session ends, this one too."""
    password, who = request.form.get("password", ""), guard.account()
    errors = [("password", words) for words in refusal_words(password, who.name)]
    if not errors and password != request.form.get("again"):
        errors = [("again", _("The two passwords differ. Type both again."))]
    errors = errors or not_proved("present")
    if errors:
        return page(errors, 400)
    try:
        kept = passwords.hash_password(password)
    except passwords.TooBusy:
        return page([("password", str(BUSY))], 429)
    accounts.change_password(services().database, who.pk, kept)
    session.clear()
    return redirect("/staff/sign-in", 303)


@blueprint.post("/recovery-codes")
@allows(*EVERYBODY)
@takes("present_for_codes", "csrf_token")
def renew_codes() -> Response:
    """Show ten new recovery codes, once; the old ones open nothing any more."""
    errors = not_proved("present_for_codes")
    if errors:
        return page(errors, 400)
    made = accounts.renew_recovery_codes(services().database, services().account_keys, guard.account().pk)
    return make_response(render_template("staff/people/recovery_codes.html", codes=made))


def not_proved(field: str) -> list[tuple[str, str]]:
    """Return what is wrong with the present password in this field, as (id of the field, sentence)."""
    try:
        signing_in.prove(services().database, services().account_keys, guard.account(), request.form.get(field, ""))
    except sign_in_tries.Slowed as refusal:
        return [(field, _("Too many tries. Wait %(seconds)s seconds, then try again.", seconds=refusal.seconds))]
    except passwords.TooBusy:
        return [(field, str(BUSY))]
    except signing_in.Refused:
        return [(field, _("This is not your present password."))]
    return []


def page(errors: list[tuple[str, str]] | None = None, status: int = 200) -> Response:
    """Show the page with what was refused."""
    who = guard.account()
    shown = render_template(
        "staff/people/own_account.html",
        codes_left=accounts.recovery_codes_left(services().database, who.pk),
        keys=security_keys.keys_of(services().database, who.pk),
        errors=errors or [],
    )
    return make_response(shown, status)
