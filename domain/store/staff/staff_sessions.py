"""Sessions of those who work here: kept in the store, found by a keyed hash of the cookie, ended for good."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from domain.accounts.keys import AccountKeys
from domain.models import Lender, StaffAccount, StaffSession
from domain.store import audit
from domain.store.database import Database, now

# Written down at most this often: a click must not cost a commit each time.
NOTE_EVERY = timedelta(seconds=60)

# Asked at each click: building it takes longer than asking it.
_SHOWN = aliased(Lender)
_SIGNED_IN = (
    select(
        StaffSession.pk.label("session_pk"), StaffSession.seen_at, StaffAccount.pk, StaffAccount.name,
        StaffAccount.role, _SHOWN.pk.label("lender_pk"), _SHOWN.slug,
    )
    .join(StaffAccount, StaffAccount.pk == StaffSession.account_pk)
    .outerjoin(Lender, Lender.pk == StaffAccount.lender_pk)
    .outerjoin(_SHOWN, _SHOWN.pk == func.coalesce(Lender.shown_as_pk, Lender.pk))
    .where(
        StaffSession.token_hash == bindparam("token_hash"),
        StaffSession.seen_at >= bindparam("seen", type_=StaffSession.seen_at.type),
        StaffSession.started_at >= bindparam("started", type_=StaffSession.started_at.type),
        StaffAccount.deactivated_at.is_(None),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without a click, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in. `lender` is the slug of a representative's lender as it is shown (after merges), else empty."""

    session_pk: int
    pk: int
    name: str
    role: str
    lender_pk: int | None
    lender: str

    @property
    def actor(self) -> str:
        """Return the name that the audit log knows them by."""
        return f"staff:{self.name}"


def start(session: Session, keys: AccountKeys, account_pk: int, token: str, limits: Limits) -> None:
    """Begin a session under this token, and sweep away those that are over."""
    session.execute(
        delete(StaffSession).where(
            or_(StaffSession.seen_at < now() - limits.idle, StaffSession.started_at < now() - limits.absolute)
        )
    )
    made = StaffSession(account_pk=account_pk, token_hash=keys.hash("session", token), started_at=now(), seen_at=now())
    session.add(made)


def find(database: Database, keys: AccountKeys, token: str, limits: Limits) -> SignedIn | None:
    """Return who is signed in under this token; None when nobody is any more."""
    instant = now()
    values = {
        "token_hash": keys.hash("session", token), "seen": instant - limits.idle, "started": instant - limits.absolute
    }  # fmt: skip
    with database.querying() as connection:
        row = connection.execute(_SIGNED_IN, values).first()
    if row is None:
        return None
    if instant - row.seen_at >= NOTE_EVERY:
        with database.writing() as session:
            session.execute(update(StaffSession).where(StaffSession.pk == row.session_pk).values(seen_at=instant))
    return SignedIn(row.session_pk, row.pk, row.name, row.role, row.lender_pk, row.slug or "")


def end(database: Database, signed_in: SignedIn) -> None:
    """End one session: its cookie opens nothing any more."""
    with database.writing() as session:
        session.execute(delete(StaffSession).where(StaffSession.pk == signed_in.session_pk))
        audit.note(session, signed_in.actor, "staff.signed_out", signed_in.actor)


def end_all(session: Session, account_pk: int) -> None:
    """End every session of an account, as part of the caller's transaction."""
    session.execute(delete(StaffSession).where(StaffSession.account_pk == account_pk))
