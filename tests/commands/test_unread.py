"""What was filed over the site a moment ago, with no worker running: every command finds it read."""

import pytest
from click.testing import CliRunner

from commands import doorstep
from domain.store.intake import unread
from webapp import create_app

CANARY = "13800138000"
BODY = {
    "lender": "chenxing_cf", "narrative": f"催收员说明天上门，结果没有人来。我的电话是{CANARY}。",
    "tactics": ["insult_abuse"], "consent": "publish", "scripts": [f"限你今天还，联系{CANARY}"],
    "product": f"现金贷{CANARY}",
}  # fmt: skip


@pytest.fixture
def client(database, settings):
    app = create_app(settings)
    yield app.test_client()
    app.extensions["doorstep"].database.dispose()


@pytest.fixture
def filed(client, database):
    answer = client.post("/api/v1/complaints", json=BODY, headers={"Idempotency-Key": "one"})
    assert answer.status_code == 201
    assert unread.count(database) == 1
    return answer.json


def run(*arguments):
    result = CliRunner().invoke(doorstep, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "arguments",
    [("queue",), ("queue", "--tactic", "insult_abuse"), ("publish", "--all-received"), ("publish", "{id}"),
     ("hold", "{id}", "--reason", "unclear")],
)  # fmt: skip
def test_moderating_goes_on_where_filing_ended(filed, database, arguments):
    assert filed["id"] in run("staff", *(argument.format(**filed) for argument in arguments))
    assert unread.count(database) == 0


def test_nothing_private_goes_out_on_any_way(filed, client, settings, tmp_path):
    run("staff", "publish", "--all-received")
    run("index", "sync")
    shown = [client.get("/api/v1/search?search_term=上门").get_data(as_text=True)]
    for form in ("jsonl", "csv"):
        run("export", "complaints", "--format", form, "--out", str(tmp_path / form))
        shown.append((tmp_path / form).read_text("utf-8-sig"))
    shown += [client.get(f"{path}/{filed['id']}").get_data(as_text=True) for path in ("/records", "/api/v1/records")]
    for text in shown:
        assert filed["id"] in text
        assert CANARY not in text
    index = [path.read_bytes() for path in (settings.data_dir / "index").rglob("*") if path.is_file()]
    assert index
    assert not any(CANARY.encode() in held for held in index)
