"""When it is asked what became of a threat."""

from datetime import timedelta

import pytest

from domain.filings import returning
from domain.settings import SITE_TIME_ZONE
from domain.store.database import now
from domain.store.intake import receipts


@pytest.mark.parametrize(
    ("days", "outcome", "asked"),
    [
        (0, "not_yet", False), (6, "not_yet", False), (7, "not_yet", True), (29, "unknown", True),
        (30, "unknown", True),
        (400, "unknown", True), (30, "happened", False), (90, "not_happened", False),
    ],
)  # fmt: skip
def test_it_is_asked_after_seven_thirty_and_ninety_days(database, reader, keys, days, outcome, asked):
    received = now() - timedelta(days=days)
    threat = receipts.AnnouncedThreat("t1", "visit", "visit_threatened", None, [receipts.Report(outcome, received)])
    assert returning.is_due(threat, received, now().astimezone(SITE_TIME_ZONE).date()) == asked


def test_what_was_answered_is_asked_again_only_at_the_next_of_the_three_days():
    received = now() - timedelta(days=40)
    threat = receipts.AnnouncedThreat("t1", "visit", "visit_threatened", None, [receipts.Report("not_yet", received)])
    threat.reports.append(receipts.Report("unknown", received + timedelta(days=31)))
    assert not returning.is_due(threat, received, (received + timedelta(days=89)).date())
    assert returning.is_due(threat, received, (received + timedelta(days=91)).date())


def test_the_days_are_counted_from_the_announced_day():
    received = now()
    day = (received + timedelta(days=20)).date()
    threat = receipts.AnnouncedThreat(
        "t1", "lawsuit", "false_legal_threat", day, [receipts.Report("not_yet", received)]
    )
    assert not returning.is_due(threat, received, day + timedelta(days=6))
    assert returning.is_due(threat, received, day + timedelta(days=7))
