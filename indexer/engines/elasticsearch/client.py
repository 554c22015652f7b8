"""The connection to Elasticsearch, and its failures as the index's own."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from indexer.errors import InvalidQuery, SearchUnavailable

# A reader waits no longer for an engine that hangs: the page says so instead and shows what the store knows.
SEARCH_SECONDS = 10.0
# Writing a batch, or deleting an index, on a slow disk.
WRITE_SECONDS = 60.0


class Connection:
    """Gives the client of this process: made at its first use, and anew after a fork."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._client: Elasticsearch | None = None
        self._process = 0

    def client(self, seconds: float = SEARCH_SECONDS) -> Elasticsearch:
        """Return the client, waiting `seconds` at most for each answer."""
        with self._lock:
            if self._client is None or self._process != os.getpid():
                with guarded():
                    self._client = Elasticsearch(self._url, max_retries=1, retry_on_timeout=False)
                self._process = os.getpid()
            return self._client.options(request_timeout=seconds)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what the client raises into SearchUnavailable, and a query that matches too many words into InvalidQuery."""
    try:
        yield
    except NotFoundError as error:
        raise SearchUnavailable("missing", f"no such index: {_said(error)}") from error
    except ApiError as error:
        if "too_many_clauses" in str(error.body) or "maxClauseCount" in str(error.body):
            raise InvalidQuery("too_broad") from error
        raise SearchUnavailable("down", f"Elasticsearch refused: {_said(error)}") from error
    except (TransportError, OSError, ValueError) as error:
        raise SearchUnavailable("down", f"Elasticsearch can't be reached: {type(error).__name__}: {error}") from error


def _said(error: ApiError) -> str:
    # The body can carry the query, and the query what somebody searched for: only status and type go into the log.
    return f"{error.meta.status} {error.message}"
