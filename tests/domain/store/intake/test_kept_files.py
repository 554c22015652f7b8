"""The files of a complaint: how many, who sees them, and what is left of those that nothing points at."""

import os
import time

import pytest

from domain.evidence.refusals import Refused
from domain.filings import returning
from domain.filings.sweeping import sweep_evidence
from domain.store.intake import complaints, evidence, receipts
from domain.store.intake.complaints import UnknownComplaint
from domain.store.moderating import releasing
from tests import evidence_files as files
from tests.domain.store.intake.filed import WRONG, prepared


def test_ten_files_and_no_more_and_the_same_file_once(every_database, keys, filed):
    assert receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(n) for n in range(9)]) == []
    again = receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(3), prepared(9), prepared(9)])
    assert again == [prepared(3), prepared(9)]
    with pytest.raises(Refused, match="too_many_files"):
        receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(10)])
    assert [file.number for file in evidence.files_of(every_database, filed.id)] == list(range(1, 11))


def test_a_file_is_seen_by_readers_only_when_released_of_a_published_text(every_database, keys, filed):
    receipts.add_files(every_database, keys.receipt, filed.receipt, [prepared(1), prepared(2)])
    complaints.publish(every_database, filed.id, "anna")
    assert evidence.released_files(every_database, filed.id) == []
    releasing.release(every_database, filed.id, 2, None, "anna")
    found = evidence.released_file(every_database, filed.id, 2)
    assert found is not None
    assert evidence.released_file(every_database, filed.id, 1) is None
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "figures")
    assert evidence.released_files(every_database, filed.id) == []
    complaints.change_consent(every_database, keys.receipt, filed.receipt, "publish")
    assert evidence.released_files(every_database, filed.id) == []
    complaints.publish(every_database, filed.id, "anna")
    releasing.take_back(every_database, filed.id, 2, None, "anna")
    assert evidence.released_files(every_database, filed.id) == []
    with pytest.raises(evidence.UnknownFile):
        releasing.release(every_database, filed.id, 7, None, "anna")


def test_a_file_that_can_not_be_noted_does_not_stay(every_database, keys, vault, filed, settings):
    with pytest.raises(UnknownComplaint):
        returning.add_files(every_database, keys, vault, WRONG, [vault.prepare(files.png())])
    assert list(settings.evidence_folder.iterdir()) == []
    assert returning.add_files(every_database, keys, vault, filed.receipt, [vault.prepare(files.png())]) == 1
    assert returning.add_files(every_database, keys, vault, filed.receipt, [vault.prepare(files.png())]) == 0
    assert len(list(settings.evidence_folder.iterdir())) == 2


def test_files_that_no_row_knows_are_swept_after_an_hour(every_database, keys, vault, filed, settings):
    kept, orphan, fresh = (vault.prepare(content) for content in (files.png(), files.jpeg(), files.wav()))
    returning.add_files(every_database, keys, vault, filed.receipt, [kept])
    for one in (kept, orphan):
        for name in (one.original, one.copy):
            os.utime(settings.evidence_folder / name, (time.time() - 7200,) * 2)
    assert sweep_evidence(every_database, settings.evidence_folder) == 2
    left = {path.name for path in settings.evidence_folder.iterdir()}
    assert left == {kept.original, kept.copy, fresh.original, fresh.copy}
    assert sweep_evidence(every_database, settings.data_dir / "nothing") == 0
