"""The audit log: chained, append-only, and found out whatever is done to its rows."""

import json
import threading

import pytest
from sqlalchemy import text

from domain.safekeeping.anchors import read_anchors, write_anchor
from domain.store import audit
from domain.store.audit_check import check
from domain.store.database import now


@pytest.fixture
def log(every_database):
    """A log of twelve events."""
    for number in range(1, 13):
        with every_database.writing() as session:
            audit.note(session, "test", "deed", f"record {number}", number=number, text="晨星", parts=[1, None, True])
    return every_database


def run(database, *statements):
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def findings(database, anchors=()):
    return [(finding.kind, finding.first, finding.last) for finding in check(database, anchors).findings]


def test_an_untouched_log_is_whole(log):
    verdict = check(log)
    assert (verdict.events, verdict.findings) == (12, [])


@pytest.mark.parametrize("number", [1, 6, 12])
@pytest.mark.parametrize(
    "change",
    [
        "actor = 'somebody else'",
        "action = 'another deed'",
        "subject = 'another record'",
        """details = '{"number": 7}'""",
    ],
)
def test_an_event_that_was_changed_is_named(log, number, change):
    run(log, f"UPDATE audit_event SET {change} WHERE pk = {number}")  # noqa: S608
    found = findings(log)
    assert ("altered", number, number) in found
    assert all(number - 1 <= first and last <= number + 1 for _, first, last in found)


def test_details_that_stand_otherwise_and_read_the_same_are_found(log):
    """Of two equal names only the last is read: what stands under the first would be hidden in plain sight."""
    with log.querying() as connection:
        [stands] = connection.execute(text("SELECT CAST(details AS TEXT) FROM audit_event WHERE pk = 6")).one()
    changed = '{"number": 99, ' + stands[1:]
    assert json.loads(changed) == json.loads(stands)
    run(log, f"UPDATE audit_event SET details = '{changed}' WHERE pk = 6".replace(":", "\\:"))  # noqa: S608
    assert findings(log) == [("altered", 6, 6)]


@pytest.mark.parametrize(("first", "last"), [(1, 1), (5, 5), (4, 8), (12, 12), (9, 12)])
def test_events_that_were_taken_out_are_named(log, first, last):
    run(log, f"DELETE FROM audit_event WHERE pk BETWEEN {first} AND {last}")  # noqa: S608
    assert findings(log) == [("missing", first, last)]


def test_all_events_taken_out_are_named(log):
    run(log, "DELETE FROM audit_event")
    assert findings(log) == [("missing", 1, 12)]


COLUMNS = "at, actor, action, subject, details, previous_hash, hash"
COPY = f"INSERT INTO audit_event (pk, {COLUMNS}) SELECT {{}}, {COLUMNS} FROM audit_event WHERE pk = {{}}"  # noqa: S608


@pytest.mark.parametrize("number", [-3, 0, 13, 99])
def test_an_event_that_was_put_in_is_named(log, number):
    run(log, COPY.format(number, 3))
    assert ("put_in", number, number) in findings(log)


def test_an_event_put_in_between_with_the_others_moved_up_is_found(log):
    for number in range(12, 5, -1):
        run(log, f"UPDATE audit_event SET pk = pk + 1 WHERE pk = {number}")  # noqa: S608
    run(log, COPY.format(6, 3), "UPDATE audit_head SET number = 13")
    found = findings(log)
    assert ("altered", 6, 6) in found
    assert {("altered", number, number) for number in range(7, 14)} <= set(found)


def test_an_event_replaced_together_with_its_hash_is_found_by_the_next(log):
    rehash(log, 6, actor="somebody else")
    assert findings(log) == [("unlinked", 6, 7)]


def test_the_last_event_replaced_together_with_its_hash_is_found_by_the_head(log):
    rehash(log, 12, actor="somebody else")
    assert findings(log) == [("unlinked", 12, 12)]


def test_a_log_rewritten_from_one_event_on_is_found_by_the_anchors(log, tmp_path):
    write_anchor(tmp_path, *audit.head(log), now())
    for number in range(6, 13):
        rehash(log, number, actor="somebody else")
    run(log, "UPDATE audit_head SET hash = (SELECT hash FROM audit_event WHERE pk = 12)")
    assert findings(log) == []
    assert findings(log, read_anchors(tmp_path)) == [("anchor", 1, 12)]


def test_a_log_cut_off_with_its_head_is_found_by_the_anchors(log, tmp_path):
    write_anchor(tmp_path, *audit.head(log), now())
    run(log, "DELETE FROM audit_event WHERE pk > 9", "UPDATE audit_head SET number = 9")
    run(log, "UPDATE audit_head SET hash = (SELECT hash FROM audit_event WHERE pk = 9)")
    assert findings(log) == []
    assert findings(log, read_anchors(tmp_path)) == [("missing", 10, 12)]
    write_anchor(tmp_path, *audit.head(log), now())
    assert findings(log, read_anchors(tmp_path)) == [("missing", 10, 12)]  # the anchor does not go back with it


def test_the_head_taken_away_is_found_and_filing_goes_on(log):
    run(log, "DELETE FROM audit_head")
    assert findings(log) == [("put_in", number, number) for number in range(1, 13)]
    with log.writing() as session:
        audit.note(session, "test", "deed", "record 13")
    assert audit.head(log)[0] == 13
    assert findings(log) == []


def test_an_anchor_that_is_not_signed_by_our_key_is_found(log, tmp_path):
    write_anchor(tmp_path, *audit.head(log), now())
    file = tmp_path / "audit.anchors"
    row = json.loads(file.read_text())
    file.write_text(json.dumps(row | {"number": 5}) + "\n")
    assert [finding.kind for finding in check(log, read_anchors(tmp_path)).findings] == ["anchor"]
    file.write_text("not json\n")
    assert [finding.kind for finding in check(log, read_anchors(tmp_path)).findings] == ["anchor"]


def test_of_each_day_the_newest_anchor_is_kept(log, tmp_path):
    from datetime import timedelta

    yesterday = now() - timedelta(days=1)
    for number, instant in ((3, yesterday), (7, yesterday), (9, now()), (12, now())):
        write_anchor(tmp_path, number, "0" * 64, instant)
    assert [anchor.number for anchor in read_anchors(tmp_path)] == [7, 12]


def test_writers_at_the_same_time_make_one_chain(every_database):
    def write(name):
        for number in range(10):
            with every_database.writing() as session:
                audit.note(session, name, "deed", f"{name} {number}")
                audit.note(session, name, "second deed", f"{name} {number}")

    threads = [threading.Thread(target=write, args=(f"writer {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = check(every_database)
    assert (verdict.events, verdict.findings) == (120, [])


def test_what_is_rolled_back_leaves_no_event_and_no_gap(every_database):
    def fail():
        with every_database.writing() as session:
            audit.note(session, "test", "deed", "record")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with every_database.writing() as session:
        audit.note(session, "test", "deed", "record")
    assert audit.head(every_database)[0] == 1
    assert findings(every_database) == []


def test_events_of_before_the_chain_are_chained_by_the_migration(tmp_path):
    from alembic import command

    from domain.store import Database
    from domain.store.migrations import _config, migrate

    database = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    with database.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for number in (2, 3, 7):
            connection.execute(
                text("INSERT INTO audit_event VALUES (:pk, '2026-11-01 10:00:00.5', 'a', 'b', 'c', :details)"),
                {"pk": number, "details": json.dumps({"word": "晨星"})},
            )
    migrate(database)
    verdict = check(database)
    assert (verdict.events, verdict.findings) == (3, [])
    database.dispose()


def rehash(database, number, **changes):
    """Change an event and give it the hash that then fits, linked to whatever stands before it."""
    from domain.models import AuditEvent

    with database.writing() as session:
        event, before = session.get_one(AuditEvent, number), session.get(AuditEvent, number - 1)
        for name, value in changes.items():
            setattr(event, name, value)
        event.previous_hash = before.hash if before else audit.GENESIS
        event.hash = audit.event_hash(event)
