"""Decisions on the command line."""

import pytest
from click.testing import CliRunner

from commands import doorstep
from domain.filing import file_complaint, load_keys
from domain.store import records
from domain.store.complaints import Filing


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
