"""Accounts of the people who work here: invited, given their factors, changed, deactivated; each deed is audited."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, delete, exists, or_, select, update
from sqlalchemy.orm import Session, joinedload

from domain.accounts import codes
from domain.accounts.keys import AccountKeys
from domain.accounts.names import canonical_name, is_name
from domain.models import Lender, RecoveryCode, SecurityKey, StaffAccount, StaffInvitation
from domain.store import audit
from domain.store.database import Database, now
from domain.store.staff import staff_sessions

# Long enough for a weekend, short enough for an address that lies in somebody's mail.
INVITATION_LASTS = timedelta(days=3)


class UnknownAccount(Exception):
    """No account has that name."""


class RefusedAccount(Exception):
    """The account can't be made or changed so; `code` says why: name, taken, role, lender, last_admin."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Invited:
    """An open invitation: whose it is, and the secret that their authenticator app is to hold."""

    account_pk: int
    name: str
    role: str
    secret: str


def accounts(database: Database) -> list[StaffAccount]:
    """Return every account with its lender, by name."""
    with database.reading() as session:
        query = select(StaffAccount).options(joinedload(StaffAccount.lender)).order_by(StaffAccount.name)
        return list(session.scalars(query))


def account(database: Database, name: str) -> StaffAccount:
    """Return one account by its name as typed. Raises UnknownAccount."""
    if not is_name(canonical_name(name)):
        raise UnknownAccount(name)
    with database.reading() as session:
        query = select(StaffAccount).options(joinedload(StaffAccount.lender))
        found = session.scalar(query.where(StaffAccount.name == canonical_name(name)))
    if found is None:
        raise UnknownAccount(name)
    return found


def invite(
    database: Database, keys: AccountKeys, token: str, name: str, role: str, actor: str, lender: str = ""
) -> None:
    """Add an account that whoever has `token` may take. Raises RefusedAccount."""
    name = canonical_name(name)
    with database.writing() as session:
        if not is_name(name):
            raise RefusedAccount("name")
        if session.scalar(select(exists().where(StaffAccount.name == name))):
            raise RefusedAccount("taken")
        made = StaffAccount(name=name, role=role, created_at=now(), invited_by=actor, totp_last_step=0)
        made.lender_pk = _lender_of(session, role, lender)
        session.add(made)
        session.flush()
        _open_invitation(session, keys, made, token)
        audit.note(session, actor, "staff.invited", f"staff:{name}", role=role, **_named(lender))


def reset(database: Database, keys: AccountKeys, token: str, name: str, actor: str) -> None:
    """Take away password, second factors and sessions; whoever has `token` sets them anew. Raises UnknownAccount."""
    with database.writing() as session:
        row = _locked(session, name)
        row.password_hash = row.totp_sealed = None
        for table in (RecoveryCode, SecurityKey, StaffInvitation):
            session.execute(delete(table).where(table.account_pk == row.pk))
        staff_sessions.end_all(session, row.pk)
        _open_invitation(session, keys, row, token)
        audit.note(session, actor, "staff.reset", f"staff:{row.name}")


def invitation(database: Database, keys: AccountKeys, token: str) -> Invited | None:
    """Return the open invitation with this token, or None."""
    with database.reading() as session:
        row = session.scalar(_invitation(keys, token).options(joinedload(StaffInvitation.account)))
        secret = keys.opened(row.totp_sealed) if row else None
        if row is None or secret is None:
            return None
        return Invited(row.account_pk, row.account.name, row.account.role, secret)


def accept(database: Database, keys: AccountKeys, token: str, password_hash: str, step: int) -> list[str] | None:
    """Give the account its password and the app's secret; return its recovery codes, or None if it is too late.

    `step` is that of the code by which the app was tried (domain.accounts.codes); it is not taken a second time.
    """
    with database.writing() as session:
        row = session.scalar(_invitation(keys, token).with_for_update(of=StaffInvitation))
        if row is None:
            return None
        made = session.get_one(StaffAccount, row.account_pk, with_for_update=True)
        made.password_hash, made.totp_sealed, made.totp_last_step = password_hash, row.totp_sealed, step
        session.delete(row)
        audit.note(session, f"staff:{made.name}", "staff.joined", f"staff:{made.name}")
        return _new_recovery_codes(session, keys, made.pk)


def set_role(database: Database, name: str, role: str, actor: str, lender: str = "") -> None:
    """Change what somebody may do; their sessions end. Raises UnknownAccount, RefusedAccount."""
    with database.writing() as session:
        row, other_admins = _locked_with_admins(session, name)
        if row.role == "admin" and role != "admin" and not other_admins:
            raise RefusedAccount("last_admin")
        before = row.role
        row.role, row.lender_pk = role, _lender_of(session, role, lender)
        staff_sessions.end_all(session, row.pk)
        audit.note(session, actor, "staff.role", f"staff:{row.name}", before=before, after=role, **_named(lender))


def deactivate(database: Database, name: str, actor: str) -> None:
    """Let an account in no more; its sessions and its invitation end. Raises UnknownAccount, RefusedAccount."""
    with database.writing() as session:
        row, other_admins = _locked_with_admins(session, name)
        if row.deactivated_at is not None:
            return
        if row.role == "admin" and not other_admins:
            raise RefusedAccount("last_admin")
        row.deactivated_at = now()
        session.execute(delete(StaffInvitation).where(StaffInvitation.account_pk == row.pk))
        staff_sessions.end_all(session, row.pk)
        audit.note(session, actor, "staff.deactivated", f"staff:{row.name}")


def reactivate(database: Database, name: str, actor: str) -> None:
    """Let a deactivated account in again, with the factors that it had. Raises UnknownAccount."""
    with database.writing() as session:
        row = _locked(session, name)
        if row.deactivated_at is not None:
            row.deactivated_at = None
            audit.note(session, actor, "staff.reactivated", f"staff:{row.name}")


def change_password(database: Database, account_pk: int, password_hash: str) -> None:
    """Keep another password; every session of the account ends, the present one too."""
    with database.writing() as session:
        row = session.get_one(StaffAccount, account_pk, with_for_update=True)
        row.password_hash = password_hash
        staff_sessions.end_all(session, row.pk)
        audit.note(session, f"staff:{row.name}", "staff.password_changed", f"staff:{row.name}")


def renew_recovery_codes(database: Database, keys: AccountKeys, account_pk: int) -> list[str]:
    """Put ten new recovery codes in the place of those that are left, and return them."""
    with database.writing() as session:
        row = session.get_one(StaffAccount, account_pk, with_for_update=True)
        audit.note(session, f"staff:{row.name}", "staff.recovery_codes", f"staff:{row.name}")
        return _new_recovery_codes(session, keys, row.pk)


def recovery_codes_left(database: Database, account_pk: int) -> int:
    """Count the recovery codes that were not used yet."""
    with database.reading() as session:
        return len(session.scalars(select(RecoveryCode.pk).where(RecoveryCode.account_pk == account_pk)).all())


def take_step(session: Session, account_pk: int, step: int) -> bool:
    """Take a code's step unless it, or a later one, was taken before: no code works twice, at the same time neither."""
    query = update(StaffAccount).where(StaffAccount.pk == account_pk, StaffAccount.totp_last_step < step)
    return bool(session.scalars(query.values(totp_last_step=step).returning(StaffAccount.pk)).all())


def take_recovery_code(session: Session, keys: AccountKeys, account_pk: int, code: str) -> bool:
    """Use up a recovery code (canonical); False where the account has none such."""
    query = delete(RecoveryCode).where(
        RecoveryCode.account_pk == account_pk, RecoveryCode.code_hash == keys.hash("recovery", f"{account_pk} {code}")
    )
    return bool(session.scalars(query.returning(RecoveryCode.pk)).all())


def _new_recovery_codes(session: Session, keys: AccountKeys, account_pk: int) -> list[str]:
    made = codes.new_recovery_codes()
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_pk == account_pk))
    for code in made:
        hashed = keys.hash("recovery", f"{account_pk} {codes.canonical_recovery_code(code)}")
        session.add(RecoveryCode(account_pk=account_pk, code_hash=hashed))
    return made


def _open_invitation(session: Session, keys: AccountKeys, row: StaffAccount, token: str) -> None:
    session.add(
        StaffInvitation(
            account_pk=row.pk, token_hash=keys.hash("invitation", token), totp_sealed=keys.sealed(codes.new_secret()),
            expires_at=now() + INVITATION_LASTS,
        )
    )  # fmt: skip


def _invitation(keys: AccountKeys, token: str) -> Select[StaffInvitation]:
    return (
        select(StaffInvitation)
        .join(StaffAccount)
        .where(StaffInvitation.token_hash == keys.hash("invitation", token), StaffInvitation.expires_at > now())
        .where(StaffAccount.deactivated_at.is_(None))
    )


def _locked(session: Session, name: str) -> StaffAccount:
    if not is_name(canonical_name(name)):
        raise UnknownAccount(name)
    row = session.scalar(select(StaffAccount).where(StaffAccount.name == canonical_name(name)).with_for_update())
    if row is None:
        raise UnknownAccount(name)
    return row


def _lender_of(session: Session, role: str, slug: str) -> int | None:
    if role not in ("reader", "moderator", "admin", "representative"):
        raise RefusedAccount("role")
    found = session.scalar(select(Lender.pk).where(Lender.slug == slug)) if slug else None
    if (role == "representative") != (found is not None):
        raise RefusedAccount("lender")
    return found


def _locked_with_admins(session: Session, name: str) -> tuple[StaffAccount, int]:
    """Return an account and how many other admins there are, all of them held until the commit.

    In one go and in order: two admins who take the role from each other at once must neither both succeed nor wait
    for each other for good.
    """
    if not is_name(canonical_name(name)):
        raise UnknownAccount(name)
    found = session.scalars(
        select(StaffAccount)
        .where(or_(StaffAccount.name == canonical_name(name), StaffAccount.role == "admin"))
        .order_by(StaffAccount.pk)
        .with_for_update()
    ).all()
    row = next((one for one in found if one.name == canonical_name(name)), None)
    if row is None:
        raise UnknownAccount(name)
    others = [one for one in found if one is not row and one.deactivated_at is None and one.password_hash]
    return row, len(others)


def _named(lender: str) -> dict[str, str]:
    return {"lender": lender} if lender else {}
