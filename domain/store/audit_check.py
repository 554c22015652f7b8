"""Whether the audit log is as it was written: every row that was changed, taken out or put in is named."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Text, cast, func, select

from domain.models import AuditEvent
from domain.safekeeping.anchors import Anchor
from domain.store import audit
from domain.store.database import Database

BATCH = 2000


@dataclass(frozen=True)
class Finding:
    """What is wrong with the events `first` to `last`: `altered`, `missing`, `unlinked`, `put_in`, `anchor`."""

    kind: str
    first: int
    last: int
    text: str


@dataclass
class Verdict:
    """What a check found; `events` were read, `anchors` compared with them."""

    events: int = 0
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)

    def say(self, kind: str, first: int, last: int, text: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(kind, first, last, text))


def check(database: Database, anchors: Sequence[Anchor] = ()) -> Verdict:
    """Read the whole log, and compare each event with its own hash, its predecessor, the head and the anchors.

    Events that are added meanwhile are left for the next time.
    """
    verdict, previous, expected = Verdict(anchors=len(anchors)), audit.GENESIS, 1
    number, head = audit.head(database)
    hashes: dict[int, str] = {}
    wanted = {anchor.number for anchor in anchors} | {number}
    for event, details in _events(database, number):
        verdict.events += 1
        if event.pk < 1:
            verdict.say("put_in", event.pk, event.pk, f"event {event.pk} was put in before the first")
            continue
        if event.pk > expected:
            _say_missing(verdict, expected, event.pk - 1)
        elif event.previous_hash != previous:
            _say_unlinked(verdict, event.pk)
        # As it stands, and not only as it reads: of a name that stands twice in it, only the last is read.
        if audit.event_hash(event) != event.hash or details != json.dumps(event.details):
            verdict.say("altered", event.pk, event.pk, f"event {event.pk} was altered: it does not fit its hash")
        if event.pk in wanted:
            hashes[event.pk] = event.hash
        previous, expected = event.hash, event.pk + 1
    if expected <= number:
        _say_missing(verdict, expected, number, "cut off at the end")
    elif number and hashes[number] != head:
        verdict.say("unlinked", number, number, f"event {number} is not the one that the log ended with")
    _look_beyond_the_end(database, verdict)
    _compare_anchors(verdict, anchors, hashes, expected - 1)
    return verdict


def _events(database: Database, number: int) -> Iterator[tuple[AuditEvent, str]]:
    """Yield the events up to a number, each with its details as they stand in the store."""
    last: int | None = None
    while True:
        query = (
            select(AuditEvent, cast(AuditEvent.details, Text).label("as_it_stands"))
            .where(AuditEvent.pk <= number)
            .order_by(AuditEvent.pk)
            .limit(BATCH)
        )
        with database.reading() as session:
            rows = session.execute(query if last is None else query.where(AuditEvent.pk > last)).all()
        if not rows:
            return
        yield from ((event, stands) for event, stands in rows)
        last = rows[-1][0].pk


def _look_beyond_the_end(database: Database, verdict: Verdict) -> None:
    with database.reading() as session:
        last = session.scalar(select(func.max(AuditEvent.pk))) or 0
    # Asked for only afterwards: a row and the head that counts it are committed together.
    number, _ = audit.head(database)
    if last > number:
        with database.reading() as session:
            beyond = session.scalars(select(AuditEvent.pk).where(AuditEvent.pk > number).limit(100)).all()
        for one in sorted(beyond):
            verdict.say("put_in", one, one, f"event {one} was put in after the end, which is {number}")


def _say_missing(verdict: Verdict, first: int, last: int, how: str = "taken out") -> None:
    named = f"event {first} is" if first == last else f"events {first} to {last} are"
    verdict.say("missing", first, last, f"{named} missing: {how}")


def _say_unlinked(verdict: Verdict, number: int) -> None:
    text = f"event {number} does not follow on event {number - 1}: one of the two was replaced or put in"
    verdict.say("unlinked", max(number - 1, 1), number, text)


def _compare_anchors(verdict: Verdict, anchors: Sequence[Anchor], hashes: dict[int, str], last: int) -> None:
    good = 0
    for anchor in anchors:
        if anchor.signature is None:
            verdict.say("anchor", anchor.number, anchor.number, "a line of the anchors is not signed by our key")
        elif anchor.number > last:
            text = f"on {anchor.at[:10]} the log reached event {anchor.number}, now it ends with {last}"
            verdict.say("missing", last + 1, anchor.number, text)
        elif hashes.get(anchor.number) != anchor.hash:
            text = f"among events {good + 1} to {anchor.number} some were rewritten since {anchor.at[:10]}"
            verdict.say("anchor", good + 1, anchor.number, text)
        else:
            good = anchor.number
