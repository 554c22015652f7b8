"""A complaint's texts read anew after a moderator changed what is masked; what people tagged stays."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from sqlalchemy.orm import Session

from domain.models import Complaint, ComplaintScript
from domain.reading_together import private_values, read_together
from domain.readings import Reading
from domain.store.retagging.as_read import as_read, text_hash
from domain.store.retagging.retag import is_edited, move_kept, replace_tags

Read = Callable[..., Reading]


def readers_words(complaint: Complaint) -> dict[str, Any]:
    """Return what Reader.read is told besides a text of this complaint."""
    return {
        "kind": "complaint",
        "lender": complaint.lender.slug if complaint.lender else complaint.lender_text,
        "hide": (*complaint.more_masks, *complaint.hidden_words),
        "show": tuple(complaint.shown_words),
    }


def source_text(complaint: Complaint) -> str:
    """Return the text that masks are put into: as typed, or as published where retention erased that."""
    return complaint.narrative or complaint.public_text


def noted_scripts(complaint: Complaint) -> list[tuple[ComplaintScript, str | None]]:
    """Return each message with the hash that was noted of its public text, None where none was."""
    noted = (complaint.as_read or {}).get("scripts", [])
    return list(zip_longest(complaint.scripts, noted[: len(complaint.scripts)]))


def script_source(script: ComplaintScript, noted: str | None) -> str:
    """Return the text of a message that is read again: as typed, or as published where it was edited or erased."""
    return script.public_text if is_edited(noted, script.public_text) else script.text or script.public_text


def read_source(complaint: Complaint, read: Read) -> Reading:
    """Read the text that masks are put into, with what the texts beside it tell of the person."""
    return _read_all(complaint, read)[source_text(complaint)]


def reread(session: Session, complaint: Complaint, read: Read) -> Reading:
    """Read every text of a complaint again and put the results in the place of what was there."""
    readings = _read_all(complaint, read)
    remask_replies(complaint, read, readings)
    reading = readings[source_text(complaint)]
    complaint.public_text = reading.public_text
    move_kept(complaint)
    replace_tags(session, complaint, reading, may_count=True)
    scripts = [readings[script.text or script.public_text] for script in complaint.scripts]
    for script, found in zip(complaint.scripts, scripts, strict=True):
        script.public_text = found.public_text
    for event in complaint.events:
        event.about_public = readings[event.about or event.about_public].public_text
    # As typed it is not kept: what stands is masked further.
    complaint.product = readings[complaint.product].public_text
    complaint.as_read = as_read(reading, scripts)
    return reading


def texts_of(complaint: Complaint) -> list[str]:
    """Return every text of a complaint that masks are put into, the narrative first."""
    scripts = [script.text or script.public_text for script in complaint.scripts]
    abouts = [event.about or event.about_public for event in complaint.events]
    return [source_text(complaint), *scripts, *abouts, complaint.product]


def _read_all(complaint: Complaint, read: Read) -> dict[str, Reading]:
    return read_together(partial(read, **readers_words(complaint)), texts_of(complaint))


def read_reply(complaint: Complaint, read: Read, text: str, words: Sequence[str] = ()) -> Reading:
    """Read what somebody says to a complaint: `words` are masked, and all that is masked in the complaint itself."""
    return _read_reply(complaint, read, _read_all(complaint, read), text, words)


def remask_replies(complaint: Complaint, read: Read, readings: Mapping[str, Reading]) -> None:
    """Mask in the replies to a complaint what is masked in it now."""
    for reply in complaint.all_replies:
        found = _read_reply(complaint, read, readings, reply.text or reply.public_text, reply.hidden_words)
        if found.public_text != reply.public_text:
            # Who has it open is told that it changed, and publishes nothing that they did not see.
            reply.public_text, reply.version = found.public_text, reply.version + 1


def _read_reply(
    complaint: Complaint, read: Read, readings: Mapping[str, Reading], text: str, words: Sequence[str]
) -> Reading:
    told = readers_words(complaint)
    known = [value for source, reading in readings.items() for value in private_values(source, reading)]
    return read(text, kind="article", hide=(*told["hide"], *words), show=told["show"], known=known)


def mask_beside(complaint: Complaint, readings: Mapping[str, Reading]) -> None:
    """Mask in messages, events and product what a corrected text told; what a moderator edited stays as it is."""
    hashes = []
    for script, known in noted_scripts(complaint):
        if script.text in readings and not is_edited(known, script.public_text):
            script.public_text = readings[script.text].public_text
            known = text_hash(script.public_text)
        hashes.append(known or text_hash(script.public_text))
    complaint.as_read = (complaint.as_read or {}) | {"scripts": hashes}
    if complaint.product in readings:
        complaint.product = readings[complaint.product].public_text
    for event in complaint.events:
        if event.about in readings:
            event.about_public = readings[event.about].public_text
