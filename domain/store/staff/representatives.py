"""Whether an account speaks for its lender: noted by an admin, with how it was verified."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from domain.models import Lender, RepresentativeCheck, StaffAccount
from domain.store import audit
from domain.store.database import Database, now


class UnknownRepresentative(Exception):
    """No account of a representative has that name."""


@dataclass(frozen=True)
class Representative:
    """An account of a representative, and the check by which it speaks for its lender now (None: it may not)."""

    account: StaffAccount
    check: RepresentativeCheck | None


def representatives(database: Database) -> list[Representative]:
    """Return every account of a representative that is in use, by name."""
    with database.reading() as session:
        query = (
            select(StaffAccount)
            .options(joinedload(StaffAccount.lender).joinedload(Lender.shown_as))
            .where(StaffAccount.role == "representative", StaffAccount.deactivated_at.is_(None))
            .order_by(StaffAccount.name)
        )
        accounts = session.scalars(query).all()
        return [Representative(account, check_in_force(session, account.pk)) for account in accounts]


def check_of(database: Database, account_pk: int) -> RepresentativeCheck | None:
    """Return the check by which an account speaks for its lender now, or None."""
    with database.reading() as session:
        return check_in_force(session, account_pk)


def check_in_force(session: Session, account_pk: int) -> RepresentativeCheck | None:
    """Return the check in force, within the caller's transaction: of this account with the lender that it has now."""
    return session.scalars(
        select(RepresentativeCheck)
        .join(StaffAccount, StaffAccount.pk == RepresentativeCheck.account_pk)
        .where(
            RepresentativeCheck.account_pk == account_pk, RepresentativeCheck.ended_at.is_(None),
            RepresentativeCheck.lender_pk == StaffAccount.lender_pk, StaffAccount.role == "representative",
        )
        .order_by(RepresentativeCheck.pk.desc())
        .limit(1)
    ).first()  # fmt: skip


def verify(database: Database, name: str, how: str, actor: str) -> None:
    """Note how somebody made sure that an account speaks for its lender. Raises UnknownRepresentative."""
    with database.writing() as session:
        account = _account(session, name)
        session.add(
            RepresentativeCheck(
                account_pk=account.pk, lender_pk=account.lender_pk, how=how[:2000], checked_by=actor, checked_at=now()
            )
        )
        audit.note(session, actor, "representative.verified", f"staff:{account.name}")


def end(database: Database, name: str, actor: str) -> None:
    """Say that an account speaks for its lender no more. Raises UnknownRepresentative."""
    with database.writing() as session:
        account = _account(session, name)
        for check in session.scalars(
            select(RepresentativeCheck).where(
                RepresentativeCheck.account_pk == account.pk, RepresentativeCheck.ended_at.is_(None)
            )
        ):
            check.ended_at = now()
        audit.note(session, actor, "representative.ended", f"staff:{account.name}")


def _account(session: Session, name: str) -> StaffAccount:
    account = session.scalar(
        select(StaffAccount).where(StaffAccount.name == name, StaffAccount.role == "representative").with_for_update()
    )
    if account is None:
        raise UnknownRepresentative(name)
    return account
