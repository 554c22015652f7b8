"""Those who add at the same time share one commit: the disk is waited for once for all of them, which is what filing
mostly waits for. Nobody is answered before the commit; PostgreSQL does the same by itself."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.store.plain_inserts import PlainWriter

Work = Callable[[PlainWriter], None]
# At half a millisecond each, the last of them waits no longer than a slow disk takes for one commit.
MOST = 50


@dataclass
class _Waiting:
    work: Work
    is_done: bool = False
    error: Exception | None = None


class Together:
    """Commits of one process. Whoever has the turn does the work of all who wait by then, in the order they came."""

    def __init__(self, adding: Callable[[], AbstractContextManager[PlainWriter]]) -> None:
        self._adding = adding
        self._turn = threading.Lock()
        self._waiting: deque[_Waiting] = deque()

    def add(self, work: Work) -> None:
        """Do the work and return once it is committed; raise what it raised, or that nothing could be kept."""
        mine = _Waiting(work)
        self._waiting.append(mine)
        with self._turn:
            while not mine.is_done:
                self._commit()
        if mine.error is not None:
            raise mine.error

    def _commit(self) -> None:
        batch: list[_Waiting] = []
        try:
            with self._adding() as writer:
                # Only now: who came while another process was waited for goes along.
                batch = self._next_batch()
                for one in batch:
                    self._do(one, writer, alone=len(batch) == 1)
        except BaseException as error:
            batch = batch or self._next_batch()
            for one in batch:  # also who was told of a twin: nothing of the batch is there
                one.error = error if isinstance(error, Exception) else InterruptedError("stopped before the commit")
            if not isinstance(error, Exception):
                raise
        finally:
            for one in batch:
                one.is_done = True

    def _next_batch(self) -> list[_Waiting]:
        return [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]

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
