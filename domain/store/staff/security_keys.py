"""Security keys and passkeys of those who work here."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from domain.models import SecurityKey, StaffAccount
from domain.store import audit
from domain.store.database import Database, now
from domain.store.staff.staff_sessions import SignedIn

MOST_KEYS = 10


def keys_of(database: Database, account_pk: int) -> list[SecurityKey]:
    """Return the keys of an account, oldest first."""
    with database.reading() as session:
        query = select(SecurityKey).where(SecurityKey.account_pk == account_pk).order_by(SecurityKey.pk)
        return list(session.scalars(query))


def add(database: Database, who: SignedIn, name: str, credential_id: str, public_key: str, sign_count: int) -> None:
    """Keep a key of who is signed in, ten at most."""
    with database.writing() as session:
        kept = session.scalars(
            select(SecurityKey.pk).join(StaffAccount).where(StaffAccount.pk == who.pk).with_for_update()
        ).all()
        if len(kept) >= MOST_KEYS:
            return
        session.add(
            SecurityKey(
                account_pk=who.pk, name=name[:60], credential_id=credential_id, public_key=public_key,
                sign_count=sign_count, last_challenge=0, added_at=now(),
            )
        )  # fmt: skip
        audit.note(session, who.actor, "staff.key_added", who.actor)


def remove(database: Database, who: SignedIn, key: int) -> None:
    """Take away a key of who is signed in; somebody else's stays."""
    with database.writing() as session:
        query = delete(SecurityKey).where(SecurityKey.pk == key, SecurityKey.account_pk == who.pk)
        if session.scalars(query.returning(SecurityKey.pk)).all():
            audit.note(session, who.actor, "staff.key_removed", who.actor)


def by_credential(database: Database, credential_id: str) -> SecurityKey | None:
    """Return the key with this credential whose account may sign in, with the account."""
    with database.reading() as session:
        return session.scalar(
            select(SecurityKey)
            .join(StaffAccount)
            .options(joinedload(SecurityKey.account))
            .where(SecurityKey.credential_id == credential_id, StaffAccount.deactivated_at.is_(None))
        )


def take(database: Database, key: SecurityKey, challenge_made: int, sign_count: int) -> bool:
    """Note a use of the key; False when this challenge, or a later one, was answered before."""
    with database.writing() as session:
        query = update(SecurityKey).where(SecurityKey.pk == key.pk, SecurityKey.last_challenge < challenge_made)
        values = {"last_challenge": challenge_made, "sign_count": sign_count}
        return bool(session.scalars(query.values(values).returning(SecurityKey.pk)).all())
