"""Signing in and signing out."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from domain.accounts import passwords, signing_in
from domain.accounts.signing_in import Credentials
from domain.store.staff import sign_in_tries, staff_sessions
from webapp.forms.staff import SignInForm, StaffForm
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.people import browsers
from webapp.staff.people.pace import pace

blueprint = Blueprint("staff_sessions", __name__, url_prefix="/staff")
# As at the receipt: a stale token gives the form back and does not end in the general refusal.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]


@blueprint.get("/sign-in")
@allows("anyone")
@takes("next")
def ask() -> AnyResponse:
    """Ask for name, password and code."""
    if guard.signed_in() is not None:
        return redirect(wanted())
    return sign_in_page(SignInForm(formdata=None))


@blueprint.post("/sign-in")
@allows("anyone")
@takes("name", "password", "code", "next")
def take() -> AnyResponse:
    """Begin a session, or say that it was not right, or that it has to wait."""
    form = SignInForm()
    if not form.validate():
        return sign_in_page(form, 400)
    typed = Credentials(
        form.name.data or "", form.password.data or "", form.code.data or "",
        browsers.mark_of_browser(form.name.data or ""),
    )  # fmt: skip
    if not typed.browser and not pace().take(request.remote_addr or ""):
        return slowed(form, 30)
    try:
        token = signing_in.sign_in(services().database, services().account_keys, typed, guard.limits())
    except sign_in_tries.Slowed as refusal:
        return slowed(form, refusal.seconds)
    except passwords.TooBusy:
        return slowed(form, 5)
    except signing_in.Refused:
        return sign_in_page(
            form, 400, _("Name, password or code is not right. Each code works once: wait for the next.")
        )
    return signed_in(redirect(wanted(), 303), token, typed.name)


@blueprint.post("/sign-out")
@allows("reader", "moderator", "admin", "representative")
@takes("csrf_token")
def sign_out() -> AnyResponse:
    """End the session in the store; the cookie opens nothing from here on."""
    if not StaffForm().validate():
        abort(400)
    staff_sessions.end(services().database, guard.account())
    session.clear()
    response = redirect("/staff/sign-in", 303)
    response.delete_cookie(guard.cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def sign_in_page(form: SignInForm, status: int = 200, refusal: str = "") -> Response:
    """Show the form with a refusal."""
    return make_response(
        render_template("staff/people/sign_in.html", form=form, refusal=refusal, next=wanted()), status
    )


def slowed(form: SignInForm, seconds: int) -> Response:
    """Say calmly that it has to wait, and how long."""
    words = _("Too many tries. Wait %(seconds)s seconds, then try again; your account is not locked.", seconds=seconds)
    response = sign_in_page(form, 429, words)
    response.headers["Retry-After"] = str(seconds)
    return response


def signed_in(response: AnyResponse, token: str, name: str) -> AnyResponse:
    """Give the browser its session; the form tokens from before are no longer good."""
    session.clear()
    guard.set_cookie(response, guard.cookie_name(), token)
    browsers.remember(response, name)
    return response


def wanted() -> str:
    """Return the page of the back office that was asked for before signing in."""
    return own_path(request.values.get("next", ""))


def own_path(path: str) -> str:
    """Return a path of the back office as it is; /staff in place of anything else."""
    safe = guard.is_staff_address(path.partition("?")[0]) and not set(path) & set("\\\r\n")
    return path if safe else "/staff"
