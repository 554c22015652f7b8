"""All that a moderator sees of one complaint, and the page that shows it."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, make_response, render_template, request

from domain.filings import returning
from domain.models import ASSERTIONS, COUNTED_ASSERTIONS, Complaint, TacticMention
from domain.moderation import moderating
from domain.publishing import published
from domain.readings import Mask
from domain.store import audit, records
from domain.store.intake import evidence, families, look_alikes, messages
from domain.store.intake.complaints import is_unreadable
from domain.store.moderating import moderation, similar
from domain.store.moderating.rereading import read_source
from webapp.filing import evidence_words, previews
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import moderation_words, queue, texts


@dataclass(frozen=True)
class ShownTag:
    """A tag as a moderator edits it; `number` leads to its passage, 0 where it has none."""

    number: int
    mention: TacticMention
    passage: str


@dataclass(frozen=True)
class ShownMask:
    """A mask with its reason; it can be lifted where it was not the borrower's wish."""

    number: int
    mask: Mask
    what: str
    why: str


def complaint_or_404(complaint_id: str) -> Complaint:
    """Return a complaint that is not withdrawn."""
    found = records.get(services().database, complaint_id) if complaint_id[:1] == records.COMPLAINT_PREFIX else None
    if not isinstance(found, Complaint) or found.status == "withdrawn":
        abort(404)
    return found


def show(complaint_id: str, refused: str = "", status: int = 0, **more: Any) -> Response:
    """Show the page of a complaint, with what was refused."""
    complaint = complaint_or_404(complaint_id)
    page = render_template(
        "staff/moderation/complaint.html", **contents(complaint), refused=refused,
        refusal=moderation_words.REFUSALS.get(refused, ""), form=request.form, **more,
    )  # fmt: skip
    return make_response(page, status or (400 if refused else 200))


def changed(complaint_id: str) -> Response:
    """Tell somebody that the complaint is not what they saw any more: nothing was done, what they typed is here."""
    found = records.get(services().database, complaint_id)
    if not isinstance(found, Complaint):
        abort(404)
    events = [event for event in audit.events_of(services().database, complaint_id) if "seen" not in event.action]
    typed = [value for name in ("words", "passage") for value in request.form.getlist(name) if value.strip()]
    page = render_template(
        "staff/people/changed.html", complaint=found, event=events[-1] if events else None, typed=typed,
        words_of=moderation_words,
    )  # fmt: skip
    return make_response(page, 409)


def contents(complaint: Complaint) -> dict[str, Any]:
    """Return what the page shows."""
    database, keys = services().database, services().keys
    masks = shown_masks(complaint)
    tags = shown_tags(complaint)
    asked = queue.asked_for(request.values)
    scripts = list(zip(complaint.scripts, families.of_complaint(database, complaint.id), strict=True))
    return {
        "complaint": complaint,
        "unreadable": is_unreadable(complaint),
        "title_lender": published.subjects_of(complaint)[:1],
        "pieces": texts.pieces(complaint.public_text, marks(complaint, tags, masks)),
        "masks": masks,
        "sentences": texts.sentences(complaint.public_text, [one.mask for one in masks]),
        "tags": tags,
        "scripts": scripts,
        "same_script": similar.same_script(database, complaint),
        "look_alikes": look_alikes.look_alikes_of(database, complaint),
        "similar": similar.similar(database, complaint),
        "letters": returning.opened(keys, messages.letters_of(database, complaint.id)),
        "files": evidence.files_of(database, complaint.id),
        "decisions": moderating.decided(database, keys, complaint.id),
        "may": {decision: moderation.may(complaint, decision) for decision in moderation.FROM},
        "reasons": moderating.REASONS, "look_reasons": moderating.LOOK_REASONS,
        "asked": asked, "back": queue.query_of(asked), "fields": queue.pairs_of(asked),
        "days": queue.days_waited(complaint), "taken": queue.taken_by_another(complaint),
        "decides": guard.account().role in ("moderator", "admin"),
        "assertions": ASSERTIONS, "counted_assertions": COUNTED_ASSERTIONS,
        "tactics": services().tactics, "words_of": moderation_words, "evidence_words": evidence_words,
    }  # fmt: skip


def shown_masks(complaint: Complaint) -> list[ShownMask]:
    """Return the masks of the text with their reasons."""
    if is_unreadable(complaint):
        return []
    reading = read_source(complaint, services().reader.read)
    found = texts.masks_of(reading, complaint.public_text)
    return [
        ShownMask(number, mask, *map(str, previews.MASKS.get(mask.type, previews.OTHER)))
        for number, mask in enumerate(found, start=1)
    ]


def shown_tags(complaint: Complaint) -> list[ShownTag]:
    """Return every tag, those with a passage numbered in the order of the text."""
    mentions = sorted(complaint.tactic_mentions, key=lambda one: (one.start is not None, one.start or 0, one.pk))
    shown, number = [], 0
    for mention in mentions:
        stands = mention.start is not None and complaint.public_text[mention.start : mention.end] == mention.quote
        number += stands
        shown.append(ShownTag(number if stands else 0, mention, mention.quote if stands else ""))
    return shown


def marks(complaint: Complaint, tags: list[ShownTag], masks: list[ShownMask]) -> list[texts.Mark]:
    """Return where tags and masks stand in the public text."""
    passages = [texts.Mark(one.mention.start or 0, one.mention.end or 0, one.number) for one in tags if one.number]
    return passages + [texts.Mark(one.mask.start, one.mask.end, mask=one.number) for one in masks]
