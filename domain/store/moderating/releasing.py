"""Files shown to readers, once somebody has looked at them, and taken back: each on the complaint that they saw."""

from datetime import datetime

from domain.store.database import Database, now
from domain.store.intake.complaints import changed
from domain.store.intake.evidence import UnknownFile, query_of_files
from domain.store.moderating.moderation import locked


def release(database: Database, complaint_id: str, number: int, version: int | None, actor: str) -> None:
    """Let readers see the stripped copy of a file of the complaint as it was in `version` (None: as it is now).

    Raises UnknownComplaint, UnknownFile, moderation.Changed; then nothing was done.
    """
    _set_released(database, complaint_id, number, version, actor, now(), "evidence.released")


def take_back(database: Database, complaint_id: str, number: int, version: int | None, actor: str) -> None:
    """Show a file to readers no more. Raises as `release`."""
    _set_released(database, complaint_id, number, version, actor, None, "evidence.taken_back")


def _set_released(
    database: Database,
    complaint_id: str,
    number: int,
    version: int | None,
    actor: str,
    at: datetime | None,
    action: str,
) -> None:
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        file = next((one for one in session.scalars(query_of_files(complaint_id)) if one.number == number), None)
        if file is None:
            raise UnknownFile(f"{complaint_id} {number}")
        file.released_at = at
        changed(session, complaint, actor, action, file=number)
