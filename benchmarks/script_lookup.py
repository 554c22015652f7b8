"""How long a message's family is looked up among few and among many messages, and whether it is found.

    python -m benchmarks.script_lookup [SIZE…]     # 10000 1000000 takes ten minutes and 3 GB of disk

Every message here has a wording of its own, which is the hardest case: in the store a family keeps 50 wordings at most.
The pieces of a message are drawn as those of collectors' messages are: half of them from a few hundred that stand in
nearly every message. What is looked up is a message of which a third is worded otherwise.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import insert

from benchmarks.timing import median_milliseconds
from domain.fingerprints import Pieces, packed
from domain.fingerprints.script_families import script_keys
from domain.models import ScriptFamily, ScriptShape
from domain.store import Database
from domain.store.database import now
from domain.store.intake import families
from domain.store.migrations import migrate

SIZES = (10_000, 100_000)
PIECES = 45
COMMON, RARE = 600, 60_000
BATCH = 20_000
LOOKUPS = 200
SEED = 4


def message(chance: random.Random) -> Pieces:
    """Return the shape of a message: common pieces (请于, 还款) with falling frequency, and some of its own."""
    common = {int(COMMON * chance.random() ** 2) for _ in range(PIECES // 2)}
    own = {COMMON + chance.randrange(RARE) for _ in range(PIECES - len(common))}
    pieces = sorted(common | own)
    chance.shuffle(pieces)
    return tuple(piece * 2_654_435_761 % 2**32 for piece in pieces)


def reworded(shape: Pieces, chance: random.Random) -> Pieces:
    """Return the shape with a third of its pieces changed: half of the pieces of both are shared."""
    kept = set(chance.sample(shape, round(len(shape) * 2 / 3)))
    return tuple(piece if piece in kept else chance.randrange(2**32) for piece in shape)


def fill(database: Database, shapes: Sequence[Pieces], first: int) -> None:
    """Put shapes into the tables as families of one message each, numbered from `first`; their keys wait aside."""
    numbered = list(enumerate(shapes, first))
    keys = [(key, number) for number, shape in numbered for key in script_keys(shape)]
    with database.writing() as session:
        session.execute(insert(ScriptFamily), [{"pk": n, "id": f"s{n}", "created_at": now()} for n, _ in numbered])
        session.execute(
            insert(ScriptShape), [{"pk": n, "family_pk": n, "pieces": packed(shape)} for n, shape in numbered]
        )
        session.connection().connection.cursor().executemany("INSERT INTO waiting VALUES (?, ?)", keys)


def sort_keys(database: Database) -> None:
    """Put the keys that wait into their table in order: one by one they would take an hour."""
    with database.writing() as session:
        run = session.connection().exec_driver_sql
        run("DROP INDEX ix_script_key_shape_pk")
        run("INSERT OR IGNORE INTO script_key (key, shape_pk) SELECT key, shape_pk FROM waiting ORDER BY key, shape_pk")
        run("DROP TABLE waiting")
        run("CREATE INDEX ix_script_key_shape_pk ON script_key (shape_pk)")
        run("ANALYZE")


def batches(size: int, chance: random.Random) -> Iterator[list[Pieces]]:
    """Yield `size` messages in batches."""
    for start in range(0, size, BATCH):
        yield [message(chance) for _ in range(min(BATCH, size - start))]


def measure(folder: Path, size: int) -> tuple[float, float]:
    """Return the median milliseconds of a lookup among `size` messages, and the share of families found."""
    database = Database(f"sqlite:///{folder / f'{size}.sqlite3'}")
    migrate(database)
    with database.writing() as session:
        session.connection().exec_driver_sql("CREATE TABLE waiting (key INTEGER, shape_pk INTEGER)")
    chance = random.Random(SEED)  # noqa: S311 (invented messages)
    asked: list[tuple[int, Pieces]] = []
    count = 1
    began = time.perf_counter()
    for shapes in batches(size, chance):
        fill(database, shapes, count)
        asked += [(count + at, reworded(shapes[at], chance)) for at in chance.sample(range(len(shapes)), 20)]
        count += len(shapes)
    sort_keys(database)
    print(f"{size:>9,} messages filled in {time.perf_counter() - began:.0f} s")
    asked = chance.sample(asked, min(LOOKUPS, len(asked)))
    found = sum(families.find(database, shape) == f"s{number}" for number, shape in asked)
    upcoming = iter(asked * 2)
    milliseconds = median_milliseconds(lambda: families.find(database, next(upcoming)[1]), repeats=len(asked))
    database.dispose()
    return milliseconds, found / len(asked)


def main() -> None:
    """Print the time of a lookup at each size, and the ratio of the last to the first."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            milliseconds, found = measure(Path(folder), size)
            times.append(milliseconds)
            print(f"{size:>9,} messages: {milliseconds:6.2f} ms a lookup, {found:.1%} of the families found")
    print(f"ratio of {sizes[-1]:,} to {sizes[0]:,}: {times[-1] / times[0]:.1f}")


if __name__ == "__main__":
    main()
