"""Filing → rows: what hangs on a complaint, within the transaction of whoever files it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.gravity import gravity_of
from domain.models import (
    Complaint,
    ComplaintEvent,
    ComplaintScript,
    ComplaintThreat,
    Lender,
    LenderMention,
    TacticMention,
    ThreatReport,
)
from domain.reading import Reading
from domain.store import families, look_alikes, records
from domain.store.as_read import as_read, lender_rows, tactic_rows
from domain.store.database import now
from domain.store.filings import ReadFiling
from domain.store.plain_inserts import insert_row, insert_rows, of_complaint

# A threat is no visit and no deed: what a borrower ticks under these codes was announced, not lived through.
ANNOUNCED_TACTICS = frozenset({"visit_threatened", "visit_announced", "violence_threat", "false_legal_threat"})


def insert_complaint(session: Session, complaint: Complaint, read: ReadFiling) -> None:
    """Insert a new complaint with its lenders, tactics, events, messages and threats."""
    named = _name_lenders(session, complaint, read)
    complaint.as_read = as_read(read.narrative, read.scripts)
    tactics = _tactics(read)
    complaint.gravity = gravity_of(mention.tactic_code for mention in tactics if mention.counted)
    complaint.pk = insert_row(session, complaint)
    for rows in (named, tactics, _events(read), look_alikes.new_keys(complaint.sketch)):
        insert_rows(session, of_complaint(rows, complaint.pk))
    scripts = [
        ComplaintScript(complaint_pk=complaint.pk, text=text, public_text=reading.public_text, event_number=number)
        for (text, number), reading in zip(read.filing.all_scripts, read.scripts, strict=True)
    ]
    families.assign(session, scripts, read.scripts)
    session.add_all(scripts)
    session.add_all(
        ComplaintThreat(
            complaint_pk=complaint.pk, id=records.new_id(records.THREAT_PREFIX), kind=threat.known_kind,
            tactic_code=threat.tactic, announced_for=threat.announced_for, outcome=threat.outcome,
            reports=[ThreatReport(outcome=threat.outcome, reported_at=now())],
        )
        for threat in read.filing.threats
    )  # fmt: skip


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


def _name_lenders(session: Session, complaint: Complaint, read: ReadFiling) -> list[LenderMention]:
    filing = read.filing
    named = {filing.lender, filing.collector} - {""}
    query = select(Lender.slug, Lender.pk, Lender.name_zh_hans).where(Lender.slug.in_(named))
    registered = {row.slug: row for row in session.connection().execute(query)}
    lender, collector = registered.get(filing.lender), registered.get(filing.collector)
    if lender is not None:
        complaint.lender_pk, complaint.lender_text = lender.pk, lender.name_zh_hans
    if collector is not None:
        complaint.collector_pk, complaint.collector_text = collector.pk, collector.name_zh_hans
    said = [
        LenderMention(lender_pk=one.pk, role="subject", said_by="borrower", surface=one.name_zh_hans, confidence=1.0)
        for one in dict.fromkeys([lender, collector])
        if one is not None
    ]
    return said + (lender_rows(session, read.narrative) if read.narrative.lenders else [])


def _tactics(read: ReadFiling) -> list[TacticMention]:
    ticked = [
        TacticMention(
            tactic_code=code, assertion=_ticked_assertion(code), counted=True, said_by="borrower", confidence=1.0
        )
        for code in dict.fromkeys(read.filing.tactics)
    ]
    return ticked + tactic_rows(read.narrative, may_count=True)


def _ticked_assertion(code: str) -> str:
    return "collector_threat" if code in ANNOUNCED_TACTICS else "first_hand_claim"


def _events(read: ReadFiling) -> list[ComplaintEvent]:
    abouts = read.abouts or ("",) * len(read.filing.events)
    return [
        ComplaintEvent(
            number=number, occurred_on=event.occurred_on, occurred_at=event.occurred_at, about=event.about,
            about_public=about, channel=event.channel, contacted=list(event.contacted),
        )
        for number, (event, about) in enumerate(zip(read.filing.events, abouts, strict=True), start=1)
    ]  # fmt: skip
