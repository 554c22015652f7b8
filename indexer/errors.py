"""What can go wrong between a search and its answer. Turned into pages and HTTP in one place, which is not here."""


class SearchUnavailable(Exception):
    """The index can't answer or be written now; the store is not touched by that. The message is for the log.

    `reason` is one of `missing` (no index yet), `format` (made by another version: rebuild needed), `busy` (another
    process is writing), `refused` (a rebuild, see RebuildRefused) and `down` (the engine doesn't answer).
    """

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason


class InvalidQuery(Exception):
    """The request asks for what no search can give.

    `code` is one of `too_long` (the search term), `too_complex`, `too_broad` (a prefix that thousands of words have),
    `too_deep` (paging by `frm`), `cursor`, `sort`, `field`, `filter`, `facet`, `lens` and `size`; `value` is what was
    asked for.
    """

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code = code
        self.value = value


class RebuildRefused(SearchUnavailable):
    """A new index did not hold what the store holds, so it was thrown away and the old one kept."""

    def __init__(self, message: str) -> None:
        super().__init__("refused", message)
