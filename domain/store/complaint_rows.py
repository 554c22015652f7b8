"""Filing → rows: what hangs on a complaint, within the transaction of whoever files it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.models import (
    COUNTED_ASSERTIONS,
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
from domain.store import families, records
from domain.store.database import now
from domain.store.filings import ReadFiling

# A threat is no visit and no deed: what a borrower ticks under these codes was announced, not lived through.
ANNOUNCED_TACTICS = frozenset({"visit_threatened", "visit_announced", "violence_threat", "false_legal_threat"})


def attach_rows(session: Session, complaint: Complaint, read: ReadFiling) -> None:
    """Put lenders, tactics, events, messages and threats of a filing on its complaint."""
    _attach_lenders(session, complaint, read)
    _attach_tactics(complaint, read)
    _attach_events(complaint, read)
    complaint.scripts = [
        ComplaintScript(text=text, public_text=reading.public_text, event_number=number)
        for (text, number), reading in zip(read.filing.all_scripts, read.scripts, strict=True)
    ]
    families.assign(session, complaint.scripts, read.scripts)
    complaint.threats = [
        ComplaintThreat(
            id=records.new_id(records.THREAT_PREFIX), kind=threat.known_kind, tactic_code=threat.tactic,
            announced_for=threat.announced_for, outcome=threat.outcome,
            reports=[ThreatReport(outcome=threat.outcome, reported_at=now())],
        )
        for threat in read.filing.threats
    ]  # fmt: skip


def replace_reading(session: Session, complaint: Complaint, reading: Reading) -> None:
    """Put what was found in a corrected text in the place of what was found before; what the borrower said stays.

    What a moderator marked goes too: it stood at places of the text before.
    """
    said = [mention for mention in complaint.lender_mentions if mention.said_by == "borrower"]
    complaint.lender_mentions = said + _found_lenders(session, reading)
    ticked = [mention for mention in complaint.tactic_mentions if mention.said_by == "borrower"]
    complaint.tactic_mentions = ticked + _found_tactics(reading)


def _attach_lenders(session: Session, complaint: Complaint, read: ReadFiling) -> None:
    filing = read.filing
    named = {filing.lender, filing.collector} - {""}
    registered = {lender.slug: lender for lender in session.scalars(select(Lender).where(Lender.slug.in_(named)))}
    lender, collector = registered.get(filing.lender), registered.get(filing.collector)
    if lender is not None:
        complaint.lender_pk, complaint.lender_text = lender.pk, lender.name_zh_hans
    if collector is not None:
        complaint.collector_pk, complaint.collector_text = collector.pk, collector.name_zh_hans
    complaint.lender_mentions = [
        LenderMention(lender_pk=one.pk, role="subject", said_by="borrower", surface=one.name_zh_hans, confidence=1.0)
        for one in dict.fromkeys([lender, collector])
        if one is not None
    ]
    complaint.lender_mentions += _found_lenders(session, read.narrative)


def _found_lenders(session: Session, reading: Reading) -> list[LenderMention]:
    found = records.lender_keys(session, [find.slug for find in reading.lenders])
    return [
        LenderMention(
            lender_pk=found[find.slug], role=find.role, said_by="classifier", start=find.start, end=find.end,
            surface=find.surface, confidence=find.confidence, reason=find.reason,
        )
        for find in reading.lenders
        if find.slug in found
    ]  # fmt: skip


def _attach_tactics(complaint: Complaint, read: ReadFiling) -> None:
    ticked = [
        TacticMention(
            tactic_code=code, assertion=_ticked_assertion(code), counted=True, said_by="borrower", confidence=1.0
        )
        for code in dict.fromkeys(read.filing.tactics)
    ]
    complaint.tactic_mentions = ticked + _found_tactics(read.narrative)


def _found_tactics(reading: Reading) -> list[TacticMention]:
    return [
        TacticMention(
            tactic_code=find.code, assertion=find.assertion, counted=find.assertion in COUNTED_ASSERTIONS,
            said_by="classifier", start=find.start, end=find.end, quote=find.quote,
            confidence=find.confidence, reason=find.reason,
        )
        for find in reading.tactics
    ]  # fmt: skip


def _ticked_assertion(code: str) -> str:
    return "collector_threat" if code in ANNOUNCED_TACTICS else "first_hand_claim"


def _attach_events(complaint: Complaint, read: ReadFiling) -> None:
    abouts = read.abouts or ("",) * len(read.filing.events)
    complaint.events = [
        ComplaintEvent(
            number=number, occurred_on=event.occurred_on, occurred_at=event.occurred_at, about=event.about,
            about_public=about, channel=event.channel, contacted=list(event.contacted),
        )
        for number, (event, about) in enumerate(zip(read.filing.events, abouts, strict=True), start=1)
    ]  # fmt: skip
