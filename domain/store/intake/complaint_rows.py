"""Filing → rows: what hangs on a complaint, within the transaction of whoever files it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.models import (
    Base,
    Complaint,
    ComplaintEvent,
    ComplaintScript,
    ComplaintThreat,
    Lender,
    LenderMention,
    QueueMark,
    SketchKey,
    TacticMention,
    ThreatReport,
)
from domain.moderation.gravity import gravity_of
from domain.readings import Reading
from domain.store import records
from domain.store.intake import families, look_alikes
from domain.store.intake.filings import ReadFiling, Threat
from domain.store.moderating import queue_marks
from domain.store.plain_inserts import PlainWriter
from domain.store.retagging.as_read import (
    UNREADABLE,
    as_read,
    lender_rows,
    lender_values,
    tactic_rows,
    tactic_values,
)

# A threat is no visit and no deed: what a borrower ticks under these codes was announced, not lived through.
ANNOUNCED_TACTICS = frozenset({"visit_threatened", "visit_announced", "violence_threat", "false_legal_threat"})
_LENDER = select(Lender.pk, Lender.name_zh_hans).where(Lender.slug == bindparam("slug"))
# What was ticked stands at no place of the text. With the columns of what was found there, in their order, both go to
# the store in one statement.
NOWHERE = {"start": None, "end": None}
Values = dict[str, Any]


def complaint_values(read: ReadFiling, record_id: str, received_at: datetime) -> Values:
    """Return the columns of a new complaint, but for its hashes and what `insert_complaint` works out."""
    filing = read.filing
    return {
        "id": record_id, "status": "received", "consent": filing.consent,
        "written_by": filing.written_by, "lender_text": filing.lender, "collector_text": filing.collector,
        "narrative": filing.narrative, "public_text": read.narrative.public_text, "product": read.product,
        "occurred_on": filing.first_day, "region": filing.region, "overdue": filing.overdue, "amount": filing.amount,
        "wants": list(filing.wants), "more_masks": list(filing.more_masks), "language": filing.language,
        "sketch": read.sketch, "contact_sealed": read.contact_sealed, "received_at": received_at,
        "updated_at": received_at,
    }  # fmt: skip


def insert_complaint(writer: PlainWriter, complaint: Values, read: ReadFiling) -> int:
    """Insert a new complaint with its lenders, tactics, events, messages and threats; return its row."""
    named = _name_lenders(writer, complaint, read)
    tactics = _tactics(read)
    complaint["as_read"] = as_read(read.narrative, read.scripts) | ({} if read.is_readable else {UNREADABLE: True})
    complaint["gravity"] = gravity_of(mention["tactic_code"] for mention in tactics if mention["counted"])
    hanging_on_it: tuple[tuple[type[Base], list[Values]], ...] = (
        (LenderMention, named),
        (TacticMention, tactics),
        (ComplaintEvent, _events(read)),
        (QueueMark, queue_marks.of_new(complaint, tactics, has_evidence=bool(read.files))),
        (SketchKey, [{"key": key} for key in look_alikes.keys_of(complaint["sketch"])]),
        (ComplaintScript, _scripts(writer, read)),
    )
    # All that has to be worked out is: from here on statement follows statement.
    pk = writer.add(Complaint, complaint)
    for table, rows in hanging_on_it:
        for row in rows:
            row["complaint_pk"] = pk
        writer.add_all(table, rows)
    for threat in read.filing.threats:
        number = writer.add(ComplaintThreat, _threat(threat) | {"complaint_pk": pk})
        report = {"threat_pk": number, "outcome": threat.outcome, "reported_at": complaint["updated_at"]}
        writer.add_all(ThreatReport, [report])
    return pk


def replace_reading(session: Session, complaint: Complaint, reading: Reading) -> None:
    """Put what was found in a corrected text in the place of what was found before; what the borrower said stays.

    What a moderator marked goes too: it stood at places of the text before.
    """
    said = [mention for mention in complaint.lender_mentions if mention.said_by == "borrower"]
    complaint.lender_mentions = said + lender_rows(session, reading)
    ticked = [mention for mention in complaint.tactic_mentions if mention.said_by == "borrower"]
    complaint.tactic_mentions = ticked + tactic_rows(reading, may_count=True)
    scripts = (complaint.as_read or {}).get("scripts", [])
    complaint.as_read = as_read(reading) | {"scripts": scripts}
    weigh(complaint)
    look_alikes.set_keys(complaint)


def weigh(complaint: Complaint) -> None:
    """Set how grave a complaint is by the tactics that it counts under now."""
    complaint.gravity = gravity_of(mention.tactic_code for mention in complaint.tactic_mentions if mention.counted)


def _name_lenders(writer: PlainWriter, complaint: Values, read: ReadFiling) -> list[Values]:
    """Name lender and collector by the registry where it has them; return the rows of every lender that is named."""
    slugs = dict.fromkeys([read.filing.lender, read.filing.collector, *(find.slug for find in read.narrative.lenders)])
    registered = {slug: row for slug in slugs if slug for row in writer.ask(_LENDER, {"slug": slug})}
    said = {}
    for role, typed in (("lender", read.filing.lender), ("collector", read.filing.collector)):
        if typed in registered:
            number, name = registered[typed]
            complaint[f"{role}_pk"], complaint[f"{role}_text"] = number, name
            said[number] = {
                "lender_pk": number, "role": "subject", "said_by": "borrower", **NOWHERE, "surface": name,
                "confidence": 1.0, "reason": "",
            }  # fmt: skip
    keys = {slug: number for slug, (number, _name) in registered.items()}
    return [*said.values(), *lender_values(read.narrative, keys)]


def _tactics(read: ReadFiling) -> list[Values]:
    ticked: list[Values] = [
        {"tactic_code": code, "assertion": _ticked_assertion(code), "said_by": "borrower", **NOWHERE, "counted": True,
         "quote": "", "confidence": 1.0, "reason": ""}
        for code in dict.fromkeys(read.filing.tactics)
    ]  # fmt: skip
    return ticked + tactic_values(read.narrative, may_count=True)


def _ticked_assertion(code: str) -> str:
    return "collector_threat" if code in ANNOUNCED_TACTICS else "first_hand_claim"


def _events(read: ReadFiling) -> list[Values]:
    abouts = read.abouts or ("",) * len(read.filing.events)
    return [
        {"number": number, "occurred_on": event.occurred_on, "occurred_at": event.occurred_at, "about": event.about,
         "about_public": about, "channel": event.channel, "contacted": list(event.contacted)}
        for number, (event, about) in enumerate(zip(read.filing.events, abouts, strict=True), start=1)
    ]  # fmt: skip


def _scripts(writer: PlainWriter, read: ReadFiling) -> list[Values]:
    placed: Sequence[int | None] = families.place(writer, read.scripts)
    return [
        {"text": text, "public_text": reading.public_text, "event_number": number, "family_pk": family}
        for (text, number), reading, family in zip(read.filing.all_scripts, read.scripts, placed, strict=True)
    ]


def _threat(threat: Threat) -> Values:
    return {
        "id": records.new_id(records.THREAT_PREFIX), "kind": threat.known_kind, "tactic_code": threat.tactic,
        "announced_for": threat.announced_for, "outcome": threat.outcome,
    }  # fmt: skip
