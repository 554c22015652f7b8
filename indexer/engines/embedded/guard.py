"""tantivy's failures as SearchUnavailable."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.errors import InvalidQuery, SearchUnavailable


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what tantivy raises into SearchUnavailable: a Rust panic too, which no `except Exception` catches.

    A prefix inside a phrase that too many words have is InvalidQuery.
    """
    try:
        yield
    except (InvalidQuery, SearchUnavailable):
        raise
    except (OSError, ValueError, RuntimeError) as error:
        if "max expansions" in str(error):  # 借a* where 20,000 words begin with a
            raise InvalidQuery("too_broad") from error
        raise SearchUnavailable("down", f"tantivy: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SearchUnavailable("down", f"tantivy panicked: {error}") from error
