"""tantivy's failures as SearchUnavailable."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.errors import InvalidQuery, SearchUnavailable


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what tantivy raises into SearchUnavailable: a Rust panic too, which no `except Exception` catches."""
    try:
        yield
    except (InvalidQuery, SearchUnavailable):
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise SearchUnavailable("down", f"tantivy: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SearchUnavailable("down", f"tantivy panicked: {error}") from error
