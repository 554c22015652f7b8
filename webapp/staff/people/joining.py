"""Taking an invitation: a password is chosen, an authenticator app is tried, recovery codes are written down."""

import io

import segno
from flask import Blueprint, Response, abort, make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from domain.accounts import codes, passwords, signing_in
from domain.store.database import now
from domain.store.staff import accounts
from domain.store.staff.accounts import Invited
from webapp.forms.staff import JoinForm
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.people.passwords import refusal_words
from webapp.staff.people.sessions import signed_in

blueprint = Blueprint("staff_joining", __name__, url_prefix="/staff")
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]


@blueprint.get("/join/<token>")
@allows("anyone")
def ask(token: str) -> Response:
    """Show an invitation: choose a password, put the secret into an authenticator app."""
    return join_page(invited(token), token, JoinForm(formdata=None))


@blueprint.post("/join/<token>")
@allows("anyone")
@takes("password", "again", "code")
def accept(token: str) -> AnyResponse:
    """Take the invitation, show the recovery codes once, and sign in."""
    form, who = JoinForm(), invited(token)
    if not form.validate():
        return join_page(who, token, form, status=400)
    password, step = form.password.data or "", codes.step_of(who.secret, form.code.data or "", now())
    errors = join_errors(form, who, step)
    if errors or step is None:
        return join_page(who, token, form, errors, 400)
    try:
        kept = passwords.hash_password(password, is_known=False)
    except passwords.TooBusy:
        return join_page(who, token, form, [("password", _("Too much is going on at once. Send it again."))], 429)
    made = accounts.accept(services().database, services().account_keys, token, kept, step)
    if made is None:
        abort(404)
    limits = guard.limits()
    cookie = signing_in.begin_session(services().database, services().account_keys, who.account_pk, who.name, limits)
    return signed_in(make_response(render_template("staff/people/joined.html", who=who, codes=made)), cookie, who.name)


@blueprint.get("/join/<token>/code.svg")
@allows("anyone")
def enrolment_code(token: str) -> Response:
    """Draw the QR code of an invitation's secret."""
    who, drawn = invited(token), io.BytesIO()
    address = codes.enrolment_address(who.secret, who.name)
    segno.make(address, error="m").save(drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def invited(token: str) -> Invited:
    """Return the open invitation with this token; 404 for one that is used, over or never was."""
    found = accounts.invitation(services().database, services().account_keys, token)
    if found is None:
        abort(404)
    return found


def join_errors(form: JoinForm, who: Invited, step: int | None) -> list[tuple[str, str]]:
    """Return what is wrong with the answer to an invitation, as (id of the field, sentence)."""
    errors = [("password", words) for words in refusal_words(form.password.data or "", who.name)]
    if not errors and form.password.data != form.again.data:
        errors.append(("again", _("The two passwords differ. Type both again.")))
    if step is None:
        errors.append(("code", _("This is not the code that the app shows now. Type the six digits it shows.")))
    return errors


def join_page(
    who: Invited, token: str, form: JoinForm, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> Response:
    """Show the invitation with what is wrong."""
    page = render_template("staff/people/join.html", who=who, token=token, form=form, errors=errors or [])
    return make_response(page, status)
