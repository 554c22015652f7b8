"""What is told of a threat later, by whoever has the receipt of its complaint."""

import pytest

from domain.models import (
    ThreatReport,
)
from domain.store import Database, outbox, records
from domain.store.intake import complaints
from tests.domain.store.intake.filed import FILING, KEY, count, read, whole


def test_each_report_of_a_threat_is_kept_with_its_time(every_database: Database) -> None:
    filed, kept = whole(every_database)
    threat_id = kept.threats[0].id
    complaints.report_outcome(every_database, KEY, filed.receipt, threat_id, "not_happened")
    found = records.get(every_database, filed.id)
    assert found.threats[0].outcome == "not_happened"
    assert [report.outcome for report in found.threats[0].reports] == ["not_yet", "not_happened"]
    assert found.threats[0].reports[0].reported_at <= found.threats[0].reports[1].reported_at
    assert found.version == kept.version + 1
    assert len(outbox.waiting(every_database, 10)) == 2


def test_nobody_reports_on_a_threat_of_another_complaint(every_database: Database) -> None:
    _, kept = whole(every_database)
    other = complaints.add_complaint(every_database, read(FILING), KEY)
    for receipt, threat_id in ((other.receipt, kept.threats[0].id), ("0000", kept.threats[0].id)):
        with pytest.raises(complaints.UnknownComplaint):
            complaints.report_outcome(every_database, KEY, receipt, threat_id, "happened")
    with pytest.raises(ValueError, match="maybe"):
        complaints.report_outcome(every_database, KEY, other.receipt, kept.threats[0].id, "maybe")
    assert count(every_database, ThreatReport) == 2
