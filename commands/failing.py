"""What can go wrong under every command, in words for whoever types it."""

from domain.store import StoreUnavailable
from indexer.errors import SearchUnavailable

HELP_WITH_THE_INDEX = {
    "missing": "`doorstep index rebuild` makes one",
    "format": "another version made it; `doorstep index rebuild` makes it anew",
    "busy": "another process writes it (the worker does); try again in a moment",
}


def in_words(error: Exception) -> str | None:
    """Return what went wrong with the store or the index and what helps; None for any other error."""
    if isinstance(error, StoreUnavailable):
        return f"the store can't be used: {error}. For a new installation or version, run `doorstep init` first."
    if isinstance(error, SearchUnavailable):
        help_with_it = HELP_WITH_THE_INDEX.get(error.reason)
        return f"the index can't be used: {error}" + (f" ({help_with_it})" if help_with_it else "")
    return None
