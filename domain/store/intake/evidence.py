"""Evidence in the store: one row for each file in the vault, written with its complaint and erased with it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from domain.evidence.kinds import MOST_FILES
from domain.evidence.refusals import Refused
from domain.evidence.vault import Prepared
from domain.models import Complaint, EvidenceFile
from domain.store import audit
from domain.store.database import Database, now
from domain.store.moderating import queue_marks
from domain.store.plain_inserts import PlainWriter

ADDED = "evidence.added"


class UnknownFile(Exception):
    """The complaint has no such file."""


def attach(session: Session, complaint: Complaint, prepared: Sequence[Prepared]) -> list[Prepared]:
    """Note files that lie in the vault as the complaint's own, within the caller's transaction.

    Returns those that it has already (the caller discards them). Raises Refused("too_many_files").
    """
    session.flush()
    known = set(
        session.scalars(select(EvidenceFile.sha256).where(EvidenceFile.complaint_pk == complaint.pk).with_for_update())
    )
    last = session.scalar(select(func.max(EvidenceFile.number)).where(EvidenceFile.complaint_pk == complaint.pk)) or 0
    fresh, repeated = _told_apart(prepared, known)
    session.add_all(EvidenceFile(**row) for row in _rows(complaint.pk, fresh, last))
    if fresh:
        queue_marks.put_right(session, complaint)
        audit.note(session, "borrower", ADDED, complaint.id, files=len(fresh))
    return repeated


def attach_new(writer: PlainWriter, complaint_pk: int, prepared: Sequence[Prepared]) -> None:
    """Do the same for a complaint that is only just added; the caller chains the event `ADDED`."""
    writer.add_all(EvidenceFile, _rows(complaint_pk, _told_apart(prepared, frozenset())[0], 0))


def _told_apart(prepared: Sequence[Prepared], known: Collection[str]) -> tuple[list[Prepared], list[Prepared]]:
    """Return the files that are new and those that are there already. Raises Refused("too_many_files")."""
    repeated: list[Prepared] = []
    fresh: dict[str, Prepared] = {}
    for one in prepared:
        if one.sha256 in known or one.sha256 in fresh:
            repeated.append(one)
        else:
            fresh[one.sha256] = one
    if len(known) + len(fresh) > MOST_FILES:
        raise Refused("too_many_files")
    return list(fresh.values()), repeated


def erase(session: Session, complaint: Complaint) -> list[str]:
    """Forget every file of a complaint; return their names in the vault, to be discarded once this is committed."""
    rows = session.execute(
        delete(EvidenceFile)
        .where(EvidenceFile.complaint_pk == complaint.pk)
        .returning(EvidenceFile.original, EvidenceFile.copy)
    )
    return [name for row in rows for name in row]


def files_of(database: Database, complaint_id: str) -> list[EvidenceFile]:
    """Return a complaint's files in their order, released or not: for its borrower and for moderators."""
    with database.reading() as session:
        return list(session.scalars(query_of_files(complaint_id)))


def released_files(database: Database, complaint_id: str) -> list[EvidenceFile]:
    """Return the files that readers may see: released ones of a published complaint whose text may be shown."""
    with database.reading() as session:
        return list(
            session.scalars(
                query_of_files(complaint_id).where(
                    EvidenceFile.released_at.is_not(None),
                    Complaint.status == "published",
                    Complaint.consent == "publish",
                )
            )
        )


def released_file(database: Database, complaint_id: str, number: int) -> EvidenceFile | None:
    """Return one file if readers may see it."""
    return next((file for file in released_files(database, complaint_id) if file.number == number), None)


def unknown_among(database: Database, names: Iterable[str]) -> set[str]:
    """Return those names in the vault that no row knows."""
    left = set(names)
    ordered = sorted(left)
    for at in range(0, len(ordered), 400):
        part = ordered[at : at + 400]
        with database.reading() as session:
            rows = session.execute(
                select(EvidenceFile.original, EvidenceFile.copy).where(
                    or_(EvidenceFile.original.in_(part), EvidenceFile.copy.in_(part))
                )
            )
            left -= {name for row in rows for name in row}
    return left


def query_of_files(complaint_id: str) -> Select[EvidenceFile]:
    """Return a query for a complaint's files in their order."""
    return (
        select(EvidenceFile)
        .join(Complaint, Complaint.pk == EvidenceFile.complaint_pk)
        .where(Complaint.id == complaint_id)
        .order_by(EvidenceFile.number)
    )


def _rows(complaint_pk: int, files: Sequence[Prepared], last: int) -> list[dict[str, Any]]:
    return [
        {"complaint_pk": complaint_pk, "number": number, "kind": one.kind, "size": one.size, "sha256": one.sha256,
         "original": one.original, "copy_kind": one.copy_kind, "copy_size": one.copy_size, "copy": one.copy,
         "added_at": now()}
        for number, one in enumerate(files, start=last + 1)
    ]  # fmt: skip
