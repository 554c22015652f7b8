"""A complaint's texts read anew after a moderator changed what is masked; what people tagged stays."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from domain.models import Complaint
from domain.reading import Reading
from domain.store.as_read import as_read
from domain.store.retag import move_kept, replace_tags

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


def reread(session: Session, complaint: Complaint, read: Read) -> Reading:
    """Read every text of a complaint again and put the results in the place of what was there."""
    told = readers_words(complaint)
    reading = read(source_text(complaint), **told)
    complaint.public_text = reading.public_text
    move_kept(complaint)
    replace_tags(session, complaint, reading, may_count=True)
    scripts = [read(script.text or script.public_text, **told) for script in complaint.scripts]
    for script, found in zip(complaint.scripts, scripts, strict=True):
        script.public_text = found.public_text
    for event in complaint.events:
        event.about_public = read(event.about or event.about_public, **told).public_text
    # As typed it is not kept: what stands is masked further.
    complaint.product = read(complaint.product, **told).public_text if complaint.product else ""
    complaint.as_read = as_read(reading, scripts)
    return reading
