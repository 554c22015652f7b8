"""Guessing slowed: after some wrong tries a name must wait, longer each time, never longer than five minutes."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from domain.models import SignInTry
from domain.store.database import Database, now

# Two slips of the finger cost nothing. Then 1, 2, 4, … s: a day of guessing gives some 300 tries at one account.
FREE_TRIES = 2
LONGEST_WAIT = timedelta(minutes=5)
# Somebody who comes back the next morning starts afresh; a guesser who waits this long gains nothing by it.
FORGOTTEN_AFTER = timedelta(hours=1)


class Slowed(Exception):
    """This name was tried wrongly too often; it may be tried again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def wait_after(failures: int) -> timedelta:
    """Return how long a name waits after so many wrong tries in a row."""
    doublings = failures - FREE_TRIES - 1
    return min(LONGEST_WAIT, timedelta(seconds=2.0 ** min(doublings, 30))) if doublings >= 0 else timedelta(0)


def begin(database: Database, name_hash: str) -> int:
    """Count a try as a failure before it is looked at, so that many at once are no way around; return how many.

    Raises Slowed, and then counts nothing: refusals don't make the wait longer.
    """
    for _ in range(2):
        try:
            return _begin(database, name_hash)
        except IntegrityError:
            continue  # the first try under this name, made twice at the same time: now there is a row
    raise Slowed(1)


def succeeded(database: Database, name_hash: str) -> None:
    """Forget the failures: the person got in."""
    with database.writing() as session:
        session.execute(delete(SignInTry).where(SignInTry.name_hash == name_hash))


def take_back(database: Database, name_hash: str) -> None:
    """Uncount a try that was never looked at."""
    with database.writing() as session:
        row = session.scalar(select(SignInTry).where(SignInTry.name_hash == name_hash).with_for_update())
        if row is not None and row.failures:
            row.failures -= 1
            row.next_at = now() + wait_after(row.failures) if row.failures > FREE_TRIES else now()


def _begin(database: Database, name_hash: str) -> int:
    with database.writing() as session:
        session.execute(delete(SignInTry).where(SignInTry.last_at < now() - FORGOTTEN_AFTER))
        row = session.scalar(select(SignInTry).where(SignInTry.name_hash == name_hash).with_for_update())
        instant = now()  # only now: another try may have held the row until here
        if row is None:
            row = SignInTry(name_hash=name_hash, failures=0, next_at=instant)
            session.add(row)
        elif row.next_at > instant:
            raise Slowed(max(1, round((row.next_at - instant).total_seconds() + 0.5)))
        row.failures += 1
        row.last_at, row.next_at = instant, instant + wait_after(row.failures)
        return row.failures
