"""A copy of a busy installation, and an empty one filled from it."""

import io
import json
import shutil
import tarfile
import threading
from functools import cache

import pytest
from click.testing import CliRunner

from commands import doorstep
from commands.opening import open_database, open_index, open_keys, open_store_as_it_is
from domain import sample
from domain.accounts import signing_in
from domain.accounts.keys import load_account_keys
from domain.filings.filing import file_complaint, keep_filing
from domain.models import Base
from domain.settings import settings
from domain.store import audit, records
from domain.store.audit_check import check
from domain.store.intake import complaints
from domain.store.staff import accounts
from indexer.request import SearchRequest
from tests.commands.test_commands import STORY, run
from tests.conftest import make_postgresql


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def kind(request):
    return request.param


@pytest.fixture
def machine(request, kind, tmp_path, monkeypatch):
    """Goes to a machine: `machine("old")` has a store, `machine("new")` has nothing."""
    addresses = {}

    def go(name, kind=kind, template="template0"):
        monkeypatch.setenv("DATA_DIR", str(tmp_path / name))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        if kind == "postgresql":
            addresses.setdefault(name, make_postgresql(request.getfixturevalue("postgresql_server"), template))
            monkeypatch.setenv("DATABASE_URL", addresses[name])
        settings.cache_clear()
        return open_store_as_it_is()

    return go


@pytest.fixture(scope="session")
def busy_once(request, tmp_path_factory, reader):
    """Fills an installation of each kind once, for all tests to copy: returns folder, DATABASE_URL and receipts."""

    @cache
    def fill(kind):
        folder = tmp_path_factory.mktemp("busy") / kind
        address = make_postgresql(request.getfixturevalue("postgresql_server")) if kind == "postgresql" else ""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("DATA_DIR", str(folder))
            environment.setenv("DATABASE_URL", address)
            settings.cache_clear()
            database = open_store_as_it_is()
            receipts = make_busy(database, reader)
            if address:
                end_other_connections(database)
            database.dispose()
        settings.cache_clear()
        return folder, address, receipts

    return fill


def end_other_connections(database):
    """No database is copied that another speaks to, as `doorstep init` may still do."""
    with database.engine.connect() as last:
        last.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def name_of(address):
    return address.partition("?")[0].rpartition("/")[2]


def make_busy(database, reader):
    """Load the sample, evidence, an account and complaints; return what its receipts are of."""
    run("init")
    sample.load(database, open_keys())
    accounts.invite(database, load_account_keys(settings()), signing_in.new_token(), "lin", "moderator", "test")
    settings().evidence_folder.mkdir(parents=True, exist_ok=True)
    (settings().evidence_folder / "0123abcd").write_bytes(bytes(range(256)) * 5000)
    filed = [file_complaint(database, reader, open_keys(), STORY) for _ in range(5)]
    complaints.publish(database, filed[0].id, "test")
    return {one.receipt: one.id for one in filed}


@pytest.fixture
def busy(machine, kind, busy_once, tmp_path):
    """An installation with the sample, evidence, an account and complaints; returns what its receipts are of."""
    folder, address, receipts = busy_once(kind)
    shutil.copytree(folder, tmp_path / "old")
    machine("old", template=name_of(address) or "template0")
    return receipts


def contents(database):
    with database.reading() as session:
        return {
            table.name: sorted(map(repr, session.execute(table.select()).all()))
            for table in Base.metadata.sorted_tables
            if table.name not in ("staff_session", "staff_sign_in_try", "audit_event", "audit_head")
        }


@pytest.mark.parametrize("kind_of_new", ["same", "other"])
def test_everything_comes_back_on_an_empty_machine(machine, busy, tmp_path, kind_of_new, request):
    old = open_database()
    waiting = keep_filing(old, open_keys(), STORY, "waits to be read")
    before, number = contents(old), audit.head(old)[0]
    made = run("backup", str(tmp_path / "copy"))
    assert made.exit_code == 0, made.output
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    here = "sqlite" if old.is_sqlite else "postgresql"
    new = machine("new", here if kind_of_new == "same" else {"sqlite": "postgresql", "postgresql": "sqlite"}[here])
    restored = run("restore", str(tmp_path / "copy"))
    assert restored.exit_code == 0, restored.output
    assert contents(new) == before
    for receipt, complaint_id in (busy | {waiting.receipt: waiting.id}).items():
        assert complaints.by_receipt(new, open_keys().receipt, receipt).id == complaint_id
    assert (settings().evidence_folder / "0123abcd").read_bytes() == bytes(range(256)) * 5000
    assert check(new).findings == []
    assert audit.head(new)[0] == number + 1
    assert run("index", "rebuild").exit_code == 0
    assert open_index().search(SearchRequest()).total == sum(1 for _ in records.iterate_public(new))
    assert run("index", "check").exit_code == 0


def test_a_new_complaint_is_numbered_on_after_restoring(machine, busy, tmp_path, reader):
    run("backup", str(tmp_path / "copy"))
    new = machine("new")
    run("restore", str(tmp_path / "copy"))
    filed = file_complaint(new, reader, open_keys(), STORY)
    assert complaints.by_receipt(new, open_keys().receipt, filed.receipt).id == filed.id
    run("sample", "remove")
    assert check(new).findings == []


def test_every_receipt_given_before_a_copy_under_load_opens(machine, busy, tmp_path, reader):
    old, keys, given, stop = open_database(), open_keys(), [], threading.Event()

    def borrow():
        while not stop.is_set():
            given.append(file_complaint(old, reader, keys, STORY))

    borrowers = [threading.Thread(target=borrow) for _ in range(4)]
    for borrower in borrowers:
        borrower.start()
    while len(given) < 12:
        stop.wait(0.01)
    before = list(given)
    made = run("backup", str(tmp_path / "copy"))
    after = len(given)
    stop.set()
    for borrower in borrowers:
        borrower.join()
    assert made.exit_code == 0, made.output
    assert after > len(before)  # they went on filing meanwhile
    new = machine("new")
    assert run("restore", str(tmp_path / "copy")).exit_code == 0
    for filed in before:
        assert complaints.by_receipt(new, open_keys().receipt, filed.receipt).id == filed.id
    assert check(new).findings == []


def test_a_sealed_copy_opens_with_its_passphrase_only(machine, busy, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_PASSPHRASE", "四个 不相干 words")
    settings.cache_clear()
    run("backup", str(tmp_path / "copy"))
    kept = (tmp_path / "copy").read_bytes()
    assert b"complaint" not in kept
    assert open_keys().receipt not in kept
    new = machine("new")
    assert run("restore", str(tmp_path / "copy")).exit_code == 0
    assert len(contents(new)["complaint"]) > 0
    monkeypatch.setenv("BACKUP_PASSPHRASE", "another")
    machine("third", "sqlite")
    wrong = run("restore", str(tmp_path / "copy"))
    assert wrong.exit_code == 1
    assert "does not open" in wrong.output
    monkeypatch.delenv("BACKUP_PASSPHRASE")
    settings.cache_clear()
    assert "is sealed" in run("restore", str(tmp_path / "copy")).output


def test_a_copy_without_keys_holds_none(machine, busy, tmp_path):
    key = open_keys().receipt
    run("backup", "--without-keys", str(tmp_path / "copy"))
    assert key not in (tmp_path / "copy").read_bytes()
    machine("new")
    assert run("restore", str(tmp_path / "copy")).exit_code == 0
    assert open_keys().receipt != key


def test_archived_pages_go_along_when_asked_for(machine, busy, tmp_path):
    settings().archive_folder.mkdir(parents=True, exist_ok=True)
    (settings().archive_folder / "page.warc.gz").write_bytes(b"a page")
    run("backup", str(tmp_path / "small"))
    run("backup", "--with-archive", str(tmp_path / "copy"))
    assert b"page.warc.gz" not in (tmp_path / "small").read_bytes()
    machine("new")
    assert run("restore", str(tmp_path / "copy")).exit_code == 0
    assert (settings().archive_folder / "page.warc.gz").read_bytes() == b"a page"


def test_a_store_in_which_people_have_worked_is_not_written_over(machine, busy, tmp_path):
    run("backup", str(tmp_path / "copy"))
    before = contents(open_database())
    refused = run("restore", str(tmp_path / "copy"))
    assert refused.exit_code == 1
    assert "nothing was restored" in refused.output
    assert contents(open_database()) == before


def test_keys_that_lie_there_already_are_kept_beside(machine, busy, tmp_path):
    run("backup", str(tmp_path / "copy"))
    machine("new")
    run("init")
    mine = open_keys().receipt
    assert run("restore", str(tmp_path / "copy")).exit_code == 0
    assert open_keys().receipt != mine
    assert (settings().keys_folder / "receipt.key.aside").read_bytes() == mine


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "text", "no end"])
def test_a_damaged_copy_restores_nothing(machine, busy, tmp_path, damage):
    run("backup", str(tmp_path / "copy"))
    kept = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(
        {
            "cut": lambda: kept[: len(kept) // 2],
            "changed": lambda: kept.replace(bytes(range(256)), bytes(256), 1),
            "empty": lambda: b"",
            "text": lambda: b"not a backup at all" * 1000,
            "no end": lambda: without_end(kept),
        }[damage]()
    )
    new = machine("new")
    refused = run("restore", str(tmp_path / "copy"))
    assert refused.exit_code == 1
    assert "nothing was restored" in refused.output
    assert run("init").exit_code == 0
    assert contents(new)["complaint"] == []


def test_a_copy_that_would_write_outside_its_folders_is_refused(machine, busy, tmp_path):
    run("backup", str(tmp_path / "copy"))
    body = io.BytesIO()
    with tarfile.open(tmp_path / "copy") as old, tarfile.open(fileobj=body, mode="w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "end.json":
                end = json.loads(content)
                end["sha256"]["evidence/../../escaped"] = end["sha256"].pop("evidence/0123abcd")
                content = json.dumps(end).encode()
            if member.name == "evidence/0123abcd":
                member.name = "evidence/../../escaped"
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    (tmp_path / "copy").write_bytes(body.getvalue())
    machine("new")
    assert run("restore", str(tmp_path / "copy")).exit_code == 1
    assert not (settings().data_dir.parent / "escaped").exists()


def test_a_failed_copy_leaves_the_older_one(machine, busy, tmp_path):
    run("backup", str(tmp_path / "copy"))
    older = (tmp_path / "copy").read_bytes()
    with open_database().engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE earlier_text")
    # SQLite's missing table is told in one line, PostgreSQL's breaks off: either way nothing was copied.
    ended = CliRunner().invoke(doorstep, ["backup", str(tmp_path / "copy")])
    assert ended.exit_code == 1
    assert (tmp_path / "copy").read_bytes() == older
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".copy")] == []


def without_end(kept: bytes) -> bytes:
    body = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(kept)) as old, tarfile.open(fileobj=body, mode="w") as new:
        for member in old:
            if member.name != "end.json":
                new.addfile(member, old.extractfile(member))
    return body.getvalue()
