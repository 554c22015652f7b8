"""Decisions on the command line."""

import pytest
from click.testing import CliRunner

from commands import doorstep
from domain.evidence.vault import Prepared, open_vault
from domain.filings.filing import file_complaint
from domain.safekeeping.sealing import load_keys
from domain.store import audit, records
from domain.store.intake import receipts
from domain.store.intake.complaints import Filing


@pytest.fixture
def filed(database, reader, settings):
    filing = Filing("chenxing_cf", "说要打断我的腿。", ("violence_threat",), "publish")
    return file_complaint(database, reader, load_keys(settings), filing)


def run(*arguments):
    return CliRunner().invoke(doorstep, ["staff", *arguments])


def test_the_queue_is_listed_and_decided_on(database, filed):
    listed = run("queue").output
    assert filed.id in listed
    assert "gravity 5" in listed
    assert "violence_threat" in listed
    for arguments, status in (
        (["hold", filed.id, "--reason", "unclear"], "held"),
        (["reopen", filed.id, "--reason", "mistake"], "in_review"),
        (["ask", filed.id, "请问是哪一天？"], "held"),
        (["reject", filed.id, "说的不是催收。", "--reason", "not_collection"], "rejected"),
    ):
        assert run(*arguments).exit_code == 0, arguments
        assert records.get(database, filed.id).status == status
    assert run("queue").output == ""
    assert filed.id in run("queue", "--state", "rejected").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["hold", "{id}", "--reason", "other"], "why"), (["reopen", "{id}", "--reason", "mistake"], "received"),
     (["reject", "{id}", " "], "why"), (["hold", "cnothing", "--reason", "unclear"], "not the id")],
)  # fmt: skip
def test_what_can_not_be_decided_is_said(database, filed, arguments, said):
    result = run(*[argument.format(id=filed.id) for argument in arguments])
    assert result.exit_code != 0
    assert said in result.output
    assert records.get(database, filed.id).status == "received"


@pytest.mark.parametrize(
    ("more", "action", "content"),
    [([], "evidence.seen", b"copy"), (["--originals"], "evidence.original_seen", b"original")],
)
def test_each_file_that_is_written_out_is_noted(database, filed, settings, tmp_path, more, action, content):
    prepared = Prepared("png", 8, "0" * 64, "o1", "png", 4, "c1")
    settings.evidence_folder.mkdir(parents=True, exist_ok=True)
    open_vault(settings)._sealed(prepared, b"original", b"copy")
    receipts.add_files(database, load_keys(settings).receipt, filed.receipt, [prepared])
    assert run("evidence", filed.id).exit_code == 0
    assert action not in [event.action for event in audit.events_of(database, filed.id)]
    assert run("evidence", filed.id, "--out", str(tmp_path / "out"), *more).exit_code == 0
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [content]
    assert audit.events_of(database, filed.id)[-1].action == action
