"""Security keys and passkeys (WebAuthn): added to one's account, and taken for password and code when signing in.

They stand for both because the key itself asks for a PIN or a fingerprint. The challenge lies in the signed cookie; a
key takes each only once, since it remembers when the last one was made.
"""

import time
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, request, session
from flask_babel import gettext as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from werkzeug.wrappers import Response as AnyResponse

from domain.accounts import signing_in
from domain.store.staff import security_keys
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.people import own_account, sessions
from webapp.staff.people.pace import pace

blueprint = Blueprint("staff_security_keys", __name__, url_prefix="/staff")
EVERYBODY = own_account.EVERYBODY
# Somebody who looks for the key in a drawer begins again.
CHALLENGE_MS = 5 * 60 * 1000
REQUIRED = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
)


@blueprint.post("/account/keys/begin")
@allows(*EVERYBODY)
@takes("present_for_key", "csrf_token")
def begin_adding() -> AnyResponse:
    """Give the browser what it needs to make a key, once the present password is right."""
    errors = own_account.not_proved("present_for_key")
    if errors:
        return refused(errors[0][1], 400)
    who = guard.account()
    known = security_keys.keys_of(services().database, who.pk)
    options = generate_registration_options(
        rp_id=site(), rp_name="Doorstep", user_name=who.name, authenticator_selection=REQUIRED,
        user_id=bytes.fromhex(services().account_keys.hash("passkey", str(who.pk))),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(key.credential_id)) for key in known],
    )  # fmt: skip
    return challenged(options)


@blueprint.post("/account/keys")
@allows(*EVERYBODY)
@takes("credential", "name")
def add() -> AnyResponse:
    """Keep the key that the browser made."""
    challenge, _made = taken_challenge()
    sent = body()
    try:
        made = verify_registration_response(
            credential=sent.get("credential") or {}, expected_challenge=challenge, expected_rp_id=site(),
            expected_origin=origin(), require_user_verification=True,
        )  # fmt: skip
    except WebAuthnException:
        return refused(_("The key did not answer as it should. Begin again."), 400)
    name = str(sent.get("name") or "").replace("\0", "").strip()[:60] or str(_("Key"))
    security_keys.add(
        services().database, guard.account(), name, bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key), made.sign_count,
    )  # fmt: skip
    return jsonify({"location": "/staff/account"})


@blueprint.post("/account/keys/<int:key>/remove")
@allows(*EVERYBODY)
@takes("csrf_token")
def remove(key: int) -> AnyResponse:
    """Take a key away; it opens nothing any more."""
    security_keys.remove(services().database, guard.account(), min(key, 2**31))
    return redirect("/staff/account", 303)


@blueprint.post("/sign-in/key/begin")
@allows("anyone")
@takes("csrf_token")
def begin_signing_in() -> AnyResponse:
    """Give the browser a challenge for whichever key its owner has."""
    return challenged(
        generate_authentication_options(rp_id=site(), user_verification=UserVerificationRequirement.REQUIRED)
    )


@blueprint.post("/sign-in/key")
@allows("anyone")
@takes("credential", "next")
def sign_in() -> AnyResponse:
    """Begin a session for the owner of a key that answered the challenge."""
    if not pace().take(request.remote_addr or ""):
        return refused(_("Too many tries. Wait %(seconds)s seconds, then try again.", seconds=30), 429)
    challenge, made_at = taken_challenge()
    credential = body().get("credential")
    credential = credential if isinstance(credential, dict) else {}
    key = security_keys.by_credential(services().database, str(credential.get("id", ""))[:1400].replace("\0", ""))
    count = None if key is None else sign_count(credential, challenge, key)
    if key is None or count is None or not security_keys.take(services().database, key, made_at, count):
        return refused(_("This key does not open an account here."), 400)
    limits, account = guard.limits(), key.account
    token = signing_in.begin_session(services().database, services().account_keys, account.pk, account.name, limits)
    wanted = str(body().get("next") or "")
    return sessions.signed_in(jsonify({"location": sessions.own_path(wanted)}), token, account.name)


def sign_count(credential: Any, challenge: bytes, key: Any) -> int | None:
    """Return the key's counter where it has signed this challenge; None where it has not."""
    try:
        return verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site(), expected_origin=origin(),
            credential_public_key=base64url_to_bytes(key.public_key), credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        ).new_sign_count  # fmt: skip
    except WebAuthnException:
        return None


def challenged(options: Any) -> Response:
    """Answer with the options, and remember their challenge in the signed cookie."""
    session["key_challenge"] = [bytes_to_base64url(options.challenge), time.time_ns() // 1_000_000]
    return Response(options_to_json(options), mimetype="application/json")


def taken_challenge() -> tuple[bytes, int]:
    """Return the challenge that was given to this browser and when (ms); 400 where there is none that holds."""
    challenge, made_at = session.pop("key_challenge", ("", 0))
    if not challenge or time.time_ns() // 1_000_000 - made_at > CHALLENGE_MS:
        abort(400)
    return base64url_to_bytes(challenge), made_at


def body() -> dict[str, Any]:
    """Return the JSON that was sent; empty for anything else."""
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def refused(words: str, status: int) -> AnyResponse:
    """Say in JSON what was wrong; the page shows it beside the button."""
    response = jsonify({"error": words})
    response.status_code = status
    return response


def site() -> str:
    """Return the name of this site as keys know it: the host without its port."""
    return request.host.rpartition(":")[0] if ":" in request.host else request.host


def origin() -> str:
    """Return where the page was opened, as the browser signs it."""
    return request.host_url.rstrip("/")
