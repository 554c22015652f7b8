"""Who works here: accounts with their second factors, invitations, sessions, and the tries that slow guessing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, one_of
from domain.models.vocabulary import STAFF_ROLES

if TYPE_CHECKING:
    from domain.models.registry import Lender


class StaffAccount(Base):
    """Somebody who may sign in. Without `password_hash` the invitation is still open; rows are never deleted."""

    __tablename__ = "staff_account"
    __table_args__ = (
        one_of("role", STAFF_ROLES, "role"),
        CheckConstraint("(role = 'representative') = (lender_pk IS NOT NULL)", name="lender"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    # As domain.accounts.names.canonical_name writes it, so that two spellings are one account.
    name: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    lender_pk: Mapped[int | None] = mapped_column(ForeignKey("lender.pk"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    # Sealed with the key file staff.key: a copy of the database gives nobody the second factor.
    totp_sealed: Mapped[str | None] = mapped_column(Text)
    # The step of 30 s of the last code that was taken; only a later one is taken again.
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    invited_by: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    lender: Mapped[Lender | None] = relationship()


class StaffInvitation(Base):
    """A one-time way in: whoever has its token sets the account's password and second factor anew."""

    __tablename__ = "staff_invitation"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    account_pk: Mapped[int] = mapped_column(ForeignKey("staff_account.pk", ondelete="CASCADE"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    totp_sealed: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[StaffAccount] = relationship()


class RecoveryCode(Base):
    """A code for the day on which the phone is lost; the row goes when it is used."""

    __tablename__ = "staff_recovery_code"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    account_pk: Mapped[int] = mapped_column(ForeignKey("staff_account.pk", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)


class SecurityKey(Base):
    """A passkey (WebAuthn), taken instead of password and code because it asks for its own PIN or fingerprint."""

    __tablename__ = "staff_security_key"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    account_pk: Mapped[int] = mapped_column(ForeignKey("staff_account.pk", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    # When the challenge of the last sign-in was made, in ms: an answer to an older one is not taken (again).
    last_challenge: Mapped[int] = mapped_column(BigInteger, default=0)
    name: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[StaffAccount] = relationship()


class StaffSession(Base):
    """A browser that is signed in, found by the hash of its cookie. Neither address nor browser is noted."""

    __tablename__ = "staff_session"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    account_pk: Mapped[int] = mapped_column(ForeignKey("staff_account.pk", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[StaffAccount] = relationship()


class SignInTry(Base):
    """How often signing in under one name went wrong lately, and when it may be tried again."""

    __tablename__ = "staff_sign_in_try"

    # A keyed hash of the name, whether or not it is an account's, so that neither rows nor answers tell.
    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
