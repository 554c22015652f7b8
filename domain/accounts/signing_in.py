"""Signing in: name, password and a code in one step, slowed for who guesses, equal for who has no account."""

import secrets
from dataclasses import dataclass

from domain.accounts import codes, passwords
from domain.accounts.keys import AccountKeys
from domain.accounts.names import canonical_name
from domain.models import StaffAccount
from domain.store import Database, audit
from domain.store.database import now
from domain.store.staff import accounts, sign_in_tries, staff_sessions
from domain.store.staff.accounts import UnknownAccount
from domain.store.staff.staff_sessions import Limits, SignedIn

# A secret nobody has: where there is no account its code is compared all the same.
_NOBODYS_SECRET = codes.new_secret()
# From here on the account's owner finds it in the audit log.
WORTH_NOTING = 5


class Refused(Exception):
    """Name, password or code is wrong; which of them is told to nobody."""


@dataclass(frozen=True)
class Credentials:
    """What was typed. `browser` is what this browser got when it signed in to this name before, else empty."""

    name: str
    password: str
    code: str
    browser: str = ""


def new_token() -> str:
    """Return a token of 256 random bits, for a cookie or an address."""
    return secrets.token_urlsafe(32)


def sign_in(database: Database, keys: AccountKeys, typed: Credentials, limits: Limits) -> str:
    """Begin a session and return its token. Raises Refused, sign_in_tries.Slowed, passwords.TooBusy."""
    name = canonical_name(typed.name)[:200]
    # A browser that was here before is counted by itself: strangers who guess can't keep its owner out.
    counted_as = keys.hash("sign-in", f"{name} {typed.browser}")
    failures = sign_in_tries.begin(database, counted_as)
    account = _account(database, name)
    try:
        right = passwords.fits(account.password_hash if account else None, typed.password, bool(typed.browser))
    except passwords.TooBusy:
        sign_in_tries.take_back(database, counted_as)
        raise
    token = _begin_session(database, keys, account, typed.code, limits) if right and account else None
    if token is None:
        if account is not None and failures % WORTH_NOTING == 0:
            _note_guessing(database, account, failures)
        raise Refused
    sign_in_tries.succeeded(database, counted_as)
    return token


def prove(database: Database, keys: AccountKeys, signed_in: SignedIn, password: str, code: str | None = None) -> None:
    """Check the password (and a code, where one is asked for) of who is signed in. Raises as `sign_in` does."""
    counted_as = keys.hash("prove", signed_in.name)
    sign_in_tries.begin(database, counted_as)
    account = accounts.account(database, signed_in.name)
    try:
        right = passwords.fits(account.password_hash, password, is_known=True)
    except passwords.TooBusy:
        sign_in_tries.take_back(database, counted_as)
        raise
    if not right or (code is not None and not _take_code(database, keys, account, code)):
        raise Refused
    sign_in_tries.succeeded(database, counted_as)


def _account(database: Database, name: str) -> StaffAccount | None:
    try:
        found = accounts.account(database, name)
    except UnknownAccount:
        return None
    return found if found.deactivated_at is None else None


def _take_code(database: Database, keys: AccountKeys, account: StaffAccount, code: str) -> bool:
    step = codes.step_of(keys.opened(account.totp_sealed) or _NOBODYS_SECRET, code, now())
    recovery = codes.canonical_recovery_code(code)
    with database.writing() as session:
        if step is not None:
            return accounts.take_step(session, account.pk, step)
        return recovery is not None and accounts.take_recovery_code(session, keys, account.pk, recovery)


def _begin_session(
    database: Database, keys: AccountKeys, account: StaffAccount, code: str, limits: Limits
) -> str | None:
    if not _take_code(database, keys, account, code):
        return None
    return begin_session(database, keys, account.pk, account.name, limits)


def begin_session(database: Database, keys: AccountKeys, account_pk: int, name: str, limits: Limits) -> str:
    """Begin a session for somebody who has proved who they are; return its token."""
    token = new_token()
    with database.writing() as session:
        staff_sessions.start(session, keys, account_pk, token, limits)
        audit.note(session, f"staff:{name}", "staff.signed_in", f"staff:{name}")
    return token


def _note_guessing(database: Database, account: StaffAccount, failures: int) -> None:
    with database.writing() as session:
        audit.note(session, "sign-in", "staff.wrong_tries", f"staff:{account.name}", in_a_row=failures)
