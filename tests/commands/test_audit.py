"""`doorstep audit verify`, and the anchors that the worker keeps."""

import json
import threading

from sqlalchemy import text

from commands.chores import chores
from commands.opening import open_database, open_index
from domain.safekeeping.anchors import read_anchors
from domain.settings import settings
from domain.store import audit
from indexer.worker import run_worker
from tests.commands.test_commands import run


def test_a_whole_log_is_said_to_be_whole(tmp_path) -> None:
    run("init")
    run("sample", "load")
    result = run("audit", "verify")
    assert result.exit_code == 0
    assert "The log is whole" in result.output
    assert read_anchors(settings().keys_folder)[-1].number == audit.head(open_database())[0]


def test_a_changed_row_is_named_and_exits_1(tmp_path) -> None:
    run("init")
    run("sample", "load")
    with open_database().engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET subject = 'x' WHERE pk = 3"))
        connection.execute(text("DELETE FROM audit_event WHERE pk = 7"))
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert "event 3 was altered" in result.output
    assert "event 7 is missing" in result.output
    found = json.loads(run("audit", "verify", "--json").output)
    assert [finding["kind"] for finding in found["findings"]] == ["altered", "missing"]


def test_the_worker_anchors_the_log_so_that_a_cut_is_found(tmp_path) -> None:
    run("init")
    run("sample", "load")
    database, stop = open_database(), threading.Event()
    worker = threading.Thread(target=run_worker, args=(database, open_index(), stop, chores(database, settings())))
    worker.start()
    number = audit.head(database)[0]
    for _ in range(200):
        if any(anchor.number == number for anchor in read_anchors(settings().keys_folder)):
            break
        stop.wait(0.05)
    stop.set()
    worker.join()
    with database.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM audit_event WHERE pk > {number - 2}"))  # noqa: S608
        connection.execute(
            text(f"UPDATE audit_head SET number = {number - 2}, "  # noqa: S608
                 f"hash = (SELECT hash FROM audit_event WHERE pk = {number - 2})")
        )  # fmt: skip
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert f"now it ends with {number - 2}" in result.output
