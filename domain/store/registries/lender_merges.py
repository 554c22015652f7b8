"""Merging two lenders that are one, and undoing it.

No row that names a lender is changed: what reads them goes by `Lender.shown`. So every link and every figure is the
other lender's at once, and an undo brings back exactly what was. Only what was found while the merge held was found
under the other lender's names: an undo sorts it back by the words that were found.
"""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from domain.models import Lender, LenderAlias, LenderMention, LenderMerge
from domain.store import audit
from domain.store.database import Database, now
from domain.store.registries.registry import bump
from domain.store.registries.registry_changes import UnknownLender, announce_records_of
from domain.text import fold


class InvalidMerge(Exception):
    """The lenders can't be merged so; `code` says why: itself, merged_already, circle."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownMerge(Exception):
    """There is no such merge, or it was undone before."""


def merges(database: Database) -> list[LenderMerge]:
    """Return every merge with its lenders, newest first, those undone too."""
    with database.reading() as session:
        query = select(LenderMerge).options(joinedload(LenderMerge.lender), joinedload(LenderMerge.target))
        return list(session.scalars(query.order_by(LenderMerge.pk.desc())))


def merge(database: Database, slug: str, into: str, actor: str, reason: str = "") -> int:
    """Show and count one lender as another from now on; return the merge's number.

    Raises UnknownLender, InvalidMerge.
    """
    with database.writing() as session:
        lender, target = _both(session, slug, into)
        if lender.shown_as_pk is not None:
            raise InvalidMerge("merged_already")
        if lender.pk == target.pk:
            raise InvalidMerge("itself")
        if target.shown_as_pk == lender.pk:
            raise InvalidMerge("circle")
        last = session.scalar(select(func.max(LenderMention.pk))) or 0
        made = LenderMerge(
            lender_pk=lender.pk, target_pk=target.pk, reason=reason[:500], merged_by=actor, merged_at=now(),
            last_mention_pk=last,
        )  # fmt: skip
        session.add(made)
        session.flush()
        _show_anew(session)
        _announce(session, [lender.pk, target.pk])
        audit.note(session, actor, "lender.merged", slug, into=into, reason=reason[:500])
        return made.pk


def undo(database: Database, number: int, actor: str) -> None:
    """Let a merged lender stand for itself again. Raises UnknownMerge."""
    with database.writing() as session:
        row = session.get(LenderMerge, number, with_for_update=True)
        if row is None or row.undone_at is not None:
            raise UnknownMerge(number)
        lender, target = session.get_one(Lender, row.lender_pk), session.get_one(Lender, row.target_pk)
        was_shown_as = lender.shown_as_pk or lender.pk
        row.undone_at = now()
        session.flush()
        _show_anew(session)
        _sort_back(session, lender, was_shown_as, row.last_mention_pk)
        _announce(session, [lender.pk, target.pk, was_shown_as])
        audit.note(session, actor, "lender.merge_undone", lender.slug, out_of=target.slug)


def _both(session: Session, slug: str, into: str) -> tuple[Lender, Lender]:
    found = {
        lender.slug: lender
        for lender in session.scalars(
            select(Lender).where(Lender.slug.in_((slug, into))).order_by(Lender.pk).with_for_update()
        )
    }
    for one in (slug, into):
        if one not in found:
            raise UnknownLender(one)
    return found[slug], found[into]


def _show_anew(session: Session) -> None:
    """Work out from the merges that hold where each lender is shown, at the end of each chain."""
    rows = session.execute(select(LenderMerge.lender_pk, LenderMerge.target_pk).where(LenderMerge.undone_at.is_(None)))
    goes_to = {lender: target for lender, target in rows}  # noqa: C416
    for lender in session.scalars(select(Lender).where(Lender.shown_as_pk.is_not(None) | Lender.pk.in_(goes_to))):
        end = lender.pk
        while end in goes_to:
            end = goes_to[end]
        lender.shown_as_pk = end if end != lender.pk else None
    session.flush()


def _sort_back(session: Session, lender: Lender, was_shown_as: int, last_mention: int) -> None:
    """Give the lender back what was found by its names alone while it was shown as another."""
    now_shown_as = lender.shown_as_pk or lender.pk
    own = _names(session, now_shown_as) - _names(session, was_shown_as)
    found = session.execute(
        select(LenderMention.pk, LenderMention.surface).where(
            LenderMention.lender_pk == was_shown_as,
            LenderMention.pk > last_mention,
            LenderMention.said_by == "classifier",
        )
    ).all()
    back = [pk for pk, surface in found if fold(surface) in own]
    for start in range(0, len(back), 500):
        part = back[start : start + 500]
        session.execute(update(LenderMention).where(LenderMention.pk.in_(part)).values(lender_pk=now_shown_as))


def _names(session: Session, shown_as: int) -> set[str]:
    lenders = select(Lender.pk).where((Lender.pk == shown_as) | (Lender.shown_as_pk == shown_as))
    return {fold(text) for text in session.scalars(select(LenderAlias.text).where(LenderAlias.lender_pk.in_(lenders)))}


def _announce(session: Session, lender_pks: Sequence[int]) -> None:
    bump(session)
    shown = session.scalars(select(func.coalesce(Lender.shown_as_pk, Lender.pk)).where(Lender.pk.in_(lender_pks)))
    announce_records_of(session, [*lender_pks, *shown])
