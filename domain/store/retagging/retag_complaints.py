"""Complaints read again, from the narrative where it is still kept."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from domain.masking import bares
from domain.models import Complaint, ComplaintScript, LenderMention
from domain.reading_together import read_together
from domain.readings import Reading
from domain.store.database import Database
from domain.store.intake import families
from domain.store.moderating.rereading import noted_scripts, readers_words, script_source
from domain.store.plain_inserts import PlainWriter
from domain.store.retagging.as_read import UNREADABLE, as_read, text_hash
from domain.store.retagging.retag import Counts, Read, is_edited, keep_note, move_kept, replace_tags, touch


def retag_complaints(database: Database, read: Read, after: int, batch: int, counts: Counts) -> int | None:
    """Read the next `batch` complaints after row `after` again; return the last row, or None when there are no more.

    `read` is `Reader.read`. One transaction, so that an end in between leaves whole batches.
    """
    with database.writing() as session:
        query = select(Complaint).where(Complaint.pk > after, Complaint.status != "withdrawn")
        rows = list(
            session.scalars(
                query.options(
                    joinedload(Complaint.lender), selectinload(Complaint.scripts), selectinload(Complaint.events),
                    selectinload(Complaint.lender_mentions).joinedload(LenderMention.lender),
                    selectinload(Complaint.tactic_mentions),
                ).order_by(Complaint.pk).limit(batch).with_for_update(of=Complaint)
            )
        )  # fmt: skip
        for complaint in rows:
            counts.read += 1
            was_unreadable = UNREADABLE in (complaint.as_read or {})
            try:
                changed = _reread_complaint(session, complaint, read, counts)
            except Exception:
                # It is read before anything of it changes: one that still can't be read stays as it is, with its mark.
                if not was_unreadable:
                    raise
                continue
            if changed or was_unreadable:
                touch(session, complaint, "complaint.retagged", counts)
    return rows[-1].pk if rows else None


def _reread_complaint(session: Session, complaint: Complaint, read: Read, counts: Counts) -> bool:
    noted = complaint.as_read or {}
    moderated = is_edited(noted.get("text"), complaint.public_text)
    counts.moderated += moderated
    from_original = bool(complaint.narrative) and not moderated
    words = readers_words(complaint)

    def reread() -> dict[str, Reading]:
        return read_together(
            partial(read, **words), [source, *filter(None, [complaint.narrative, *_sources_beside(complaint)])]
        )

    source = complaint.narrative if from_original else complaint.public_text
    readings = reread()
    was_approved = from_original and complaint.published_at is not None
    if was_approved and (bared := _bared(complaint.narrative, noted, readings[source])):
        words["hide"] += bared
        readings = reread()
    reading = readings[source]
    changed = from_original and complaint.public_text != reading.public_text
    if changed:
        complaint.public_text = reading.public_text
        move_kept(complaint)
    changed |= replace_tags(session, complaint, reading, may_count=True)
    scripts, scripts_changed = _reread_scripts(session, complaint, readings, counts)
    for event in complaint.events:
        about = _kept(complaint, event.about_public, readings[event.about].public_text) if event.about else ""
        if event.about and about != event.about_public:
            event.about_public, changed = about, True
    note = as_read(reading) | {"scripts": scripts}
    if not from_original:  # the noted hash goes on telling that the text was edited, the noted masks where they stood
        note |= {name: noted[name] for name in ("text", "masks") if name in noted}
    keep_note(complaint, note)
    return changed or scripts_changed


def _sources_beside(complaint: Complaint) -> list[str]:
    """Return the other texts of a complaint as they are read again."""
    scripts = [script_source(script, known) for script, known in noted_scripts(complaint)]
    return [*scripts, *(event.about for event in complaint.events if event.about)]


def _reread_scripts(
    session: Session, complaint: Complaint, readings: Mapping[str, Reading], counts: Counts
) -> tuple[list[str], bool]:
    """Put in what the messages read like now; return the hashes of their texts as read, and whether one changed."""
    hashes, changed = [], False
    for script, known in noted_scripts(complaint):
        edited = is_edited(known, script.public_text)
        reading = readings[script_source(script, known)]
        text = _kept(complaint, script.public_text, reading.public_text)
        if script.text and not edited and script.public_text != text:
            script.public_text, changed = text, True
        hashes.append(known if edited and known else text_hash(script.public_text))
        if script.family_pk is None:
            _assign(session, script, reading, counts)
    return hashes, changed


def _kept(complaint: Complaint, before: str, after: str) -> str:
    """Return the new public text, but of a published complaint the old one where the new one would bare words."""
    return before if complaint.published_at is not None and bares(before, after) else after


def _assign(session: Session, script: ComplaintScript, reading: Reading, counts: Counts) -> None:
    [script.family_pk] = families.place(PlainWriter.within(session.connection()), [reading])
    counts.families += script.family_pk is not None


def _bared(narrative: str, noted: dict[str, Any], reading: Reading) -> tuple[str, ...]:
    """Return what was masked when the text was published and would be in the open now: a moderator had approved it."""
    covered = {place for mask in reading.masks for place in range(mask.original_start, mask.original_end)}
    spans = [(start, end) for start, end in noted.get("masks", []) if not covered.issuperset(range(start, end))]
    return tuple(dict.fromkeys(narrative[start:end] for start, end in spans))
