"""Keep complaints through the store beside bare sqlite3 writing the very same rows, every commit on the disk.

python -m benchmarks.store_insert [COUNT]

The store keeps COUNT complaints. Bare sqlite3 then gets each one's rows, as they stand in the store's file (the
complaint's, its tags', its keys', the outbox's and the audit log's), and writes them into a second file of the same
schema under the same settings (WAL, synchronous=FULL), one transaction a complaint. The two take turns in small
rounds, because a disk that others use is slow by the minute; the figure is the median over the rounds.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.index_corpus import sentences
from domain.filings.reading_filings import read_filing
from domain.lenders import load_registry
from domain.reading import Reader
from domain.safekeeping.sealing import Keys, load_keys
from domain.settings import PROJECT_ROOT, Settings
from domain.store import Database
from domain.store.intake import complaints
from domain.store.intake.complaints import Event, Filing, ReadFiling, Threat
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy

COUNT, ROUND = 600, 20
TARGET = 0.7
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
# What one filing writes, in the order in which its rows lean on one another; how a row is found from the complaint's.
TABLES = {
    "complaint": "pk = :pk", "lender_mention": "complaint_pk = :pk", "tactic_mention": "complaint_pk = :pk",
    "complaint_event": "complaint_pk = :pk", "queue_mark": "complaint_pk = :pk", "sketch_key": "complaint_pk = :pk",
    "complaint_threat": "complaint_pk = :pk",
    "threat_report": "threat_pk IN (SELECT pk FROM complaint_threat WHERE complaint_pk = :pk)",
    "outbox": "record_id = :id", "audit_event": "subject = :id",
}  # fmt: skip
Rows = list[tuple[str, list[tuple[Any, ...]]]]


def main(count: int = COUNT) -> None:
    """Print the store's inserts a second as a share of bare sqlite3's, for two shapes of complaint."""
    for name, make in (("a short complaint", short_filing), ("a complaint with an event and a threat", long_filing)):
        with tempfile.TemporaryDirectory(prefix="doorstep-bench-", dir=PROJECT_ROOT) as folder:
            ratio, ours, bare = compare(Path(folder), make, count)
        print(f"{name}: store {ours:.2f} ms, bare sqlite3 {bare:.2f} ms, ratio {ratio:.2f} (at least {TARGET})")


def compare(folder: Path, make: Callable[[random.Random], Filing], count: int) -> tuple[float, float, float]:
    """Return (bare time / store's time, the store's milliseconds, bare milliseconds), medians over the rounds."""
    settings = Settings(data_dir=folder, database_url="", elasticsearch_url="")
    database, keys = prepared(settings.database_address), load_keys(settings)
    prepared(f"sqlite:///{folder}/bare.sqlite3").dispose()
    reader, chance = Reader(registry.lender_entries(database)), random.Random(1)  # noqa: S311 (invented texts)
    ours, bare = [], []
    with closing(opened(folder / "bare.sqlite3")) as other, closing(opened(folder / "doorstep.sqlite3")) as kept:
        for start in range(0, count, ROUND):
            reads = [read_filing(reader, make(chance)) for _ in range(ROUND)]
            ids, took = keep(database, keys, reads, start)
            ours.append(took)
            bare.append(keep_bare(other, [rows_of(kept, each) for each in ids]))
        same = [counted(kept), counted(other)]
    database.dispose()
    if same[0] != same[1]:
        raise SystemExit(f"the two did not write the same: {same}")
    return (
        statistics.median(one / two for one, two in zip(bare[1:], ours[1:], strict=True)),
        statistics.median(ours) / ROUND * 1000, statistics.median(bare) / ROUND * 1000,
    )  # fmt: skip


def keep(database: Database, keys: Keys, reads: Sequence[ReadFiling], start: int) -> tuple[list[str], float]:
    """Keep complaints as the site does once they are read; return their ids and the seconds."""
    began = time.perf_counter()
    ids = [
        complaints.add_complaint(database, read, keys.receipt, f"bench:{start + at}").id
        for at, read in enumerate(reads)
    ]
    return ids, time.perf_counter() - began


def keep_bare(connection: sqlite3.Connection, filings: Sequence[Rows]) -> float:
    """Write the same rows with nothing but sqlite3; return the seconds."""
    began = time.perf_counter()
    for rows in filings:
        connection.execute("BEGIN IMMEDIATE")
        for insert, values in rows:
            connection.executemany(insert, values)
        number, last = rows[-1][1][-1][0], rows[-1][1][-1][-1]
        connection.execute("UPDATE audit_head SET number = ?, hash = ? WHERE pk = 1", (number, last))
        connection.execute("COMMIT")
    return time.perf_counter() - began


def rows_of(kept: sqlite3.Connection, complaint_id: str) -> Rows:
    """Return (INSERT statement, rows) for everything that the store wrote for a complaint."""
    [(pk,)] = kept.execute("SELECT pk FROM complaint WHERE id = ?", (complaint_id,))
    found: Rows = []
    for table, which in TABLES.items():
        rows = kept.execute(f"SELECT * FROM {table} WHERE {which}", {"pk": pk, "id": complaint_id}).fetchall()  # noqa: S608
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            found.append((f"INSERT INTO {table} VALUES ({marks})", rows))  # noqa: S608
    return found


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of each table."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608


def opened(path: Path) -> sqlite3.Connection:
    """Open a file as the store opens its own."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def prepared(address: str) -> Database:
    """Return a store with its schema, the invented lenders and the tactics."""
    database = Database(address)
    migrate(database)
    registry.load_lenders(database, load_registry(PROJECT_ROOT / "domain" / "sample" / "lenders.yaml"))
    registry.load_tactics(database, load_taxonomy())
    return database


def short_filing(chance: random.Random) -> Filing:
    """Return a complaint with what is required and no more."""
    return Filing("chenxing_cf", sentences(chance, 8), ("insult_abuse", "visit_threatened"), "publish")


def long_filing(chance: random.Random) -> Filing:
    """Return one with day, place, an event and a threat."""
    return Filing(
        "chenxing_cf", sentences(chance, 8), ("insult_abuse", "visit_threatened"), "publish",
        occurred_on=date(2026, 11, 2), region="440300", events=(Event(date(2026, 11, 2), "21:05", "", "call"),),
        threats=(Threat("visit_threatened", date(2026, 11, 3), "not_happened"),),
    )  # fmt: skip


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
