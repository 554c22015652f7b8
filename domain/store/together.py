"""Those who add at the same time share one commit: the disk is waited for once for all of them, which is what filing
mostly waits for. Nobody is answered before the commit; PostgreSQL does the same by itself."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.store.kept_connection import KeptConnection
from domain.store.plain_inserts import PlainWriter

Work = Callable[[PlainWriter], None]
# At half a millisecond each, the last of them waits no longer than a slow disk takes for one commit.
MOST = 50


@dataclass
class _Waiting:
    work: Work
    is_taken: bool = False
    is_done: bool = False
    error: Exception | None = None
    # Each is woken by itself: who is done must not wait for the turn of those who come after.
    woken: SimpleQueue[None] = field(default_factory=SimpleQueue)


class Together:
    """Commits of one process. Whoever has the turn does the work of all who wait by then, in the order they came."""

    def __init__(self, kept: KeptConnection, reach_disk: Callable[[], None]) -> None:
        """`reach_disk` brings to the disk what was committed and is not there yet."""
        self._kept, self._reach_disk = kept, reach_disk
        self._turn = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        # Those for whom the disk is being waited for.
        self._on_their_way: set[int] = set()

    def add(self, work: Work) -> None:
        """Do the work and return once it is on the disk; raise what it raised, or that nothing could be kept."""
        if not self._is_added_alone(work):
            self._add_with_others(work)

    def _is_added_alone(self, work: Work) -> bool:
        """Do the work where nobody else has any, with a commit that waits for the disk; return whether it was so."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            if self._waiting or self._on_their_way or not self._kept.may_reach_disk:
                return False
            self._kept.add(work, to_disk=True)
            return True
        finally:
            self.end_turn()

    def _add_with_others(self, work: Work) -> None:
        mine = _Waiting(work)
        self._waiting.append(mine)
        while not mine.is_done:
            if not mine.is_taken and self._turn.acquire(blocking=False):
                self._lead(mine)
            else:
                mine.woken.get()
        if mine.error is not None:
            raise mine.error

    def _lead(self, mine: _Waiting) -> None:
        """Commit for all who wait, let the next one commit, and tell those of this commit once the disk has it."""
        batch: list[_Waiting] = []
        try:
            try:
                if not mine.is_taken:
                    self._commit(batch)
                    self._on_their_way.add(id(batch))
            finally:
                self.end_turn()
            if batch:
                self._reach_disk()
        except BaseException as error:
            for one in batch:  # also who was told of a twin: nothing of the batch is there for certain
                one.error = error if isinstance(error, Exception) else InterruptedError("stopped before the commit")
            if not isinstance(error, Exception):
                raise
        finally:
            self._on_their_way.discard(id(batch))
            for one in batch:
                one.is_done = True
                one.woken.put(None)

    def end_turn(self) -> None:
        """Give the turn back and wake whoever is next in the line."""
        self._turn.release()
        # Only now: who found the turn taken until here stands in the line.
        with suppress(IndexError):
            self._waiting[0].woken.put(None)

    def _commit(self, batch: list[_Waiting]) -> None:
        """Do the work of all who wait in one transaction, and name them in `batch`, whatever becomes of it."""

        def work_of_all(writer: PlainWriter) -> None:
            # Only now: who came while another process was waited for goes along.
            self._take(batch)
            for one in batch:
                self._do(one, writer, alone=len(batch) == 1)

        try:
            self._kept.add(work_of_all, to_disk=False)
        finally:
            if not batch:
                self._take(batch)

    def _take(self, batch: list[_Waiting]) -> None:
        for _ in range(min(MOST, len(self._waiting))):
            one = self._waiting.popleft()
            one.is_taken = True
            batch.append(one)

    def _do(self, one: _Waiting, writer: PlainWriter, *, alone: bool) -> None:
        """Do one's work so that what is refused of it leaves nothing, and the others' stays."""
        if alone:
            one.work(writer)
            return
        writer.command("SAVEPOINT one")
        try:
            one.work(writer)
        except IntegrityError as error:
            one.error = error
        except DBAPIError:
            raise  # a full disk may have ended the transaction: then nothing of the batch is kept
        except Exception as error:
            one.error = error
        if one.error is not None:
            writer.command("ROLLBACK TO SAVEPOINT one")
        writer.command("RELEASE SAVEPOINT one")
