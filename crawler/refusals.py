"""Why something was not taken, under readable names: the same names in counters, summaries and logs."""

from collections.abc import Mapping

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError


class Refused(IgnoreRequest):
    """A request or page that is not taken; `reason` is the readable name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REASONS: Mapping[type[BaseException], str] = {
    DownloadTimeoutError: "timeout",
    DownloadCancelledError: "too_large",
    ResponseDataLossError: "cut_off",
    CannotResolveHostError: "name_not_found",
    DownloadConnectionRefusedError: "connection_refused",
    DownloadFailedError: "connection_failed",
    NotSupported: "scheme",
}


def reason_of(error: BaseException) -> str:
    """Return the readable name of what went wrong with a request."""
    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, HttpError):
        status = error.response.status
        # To no page: file:, gopher:, data:. A 304 says that nothing has changed since nobody knows when.
        return "redirect" if 300 <= status < 400 and status != 304 else f"http_{status}"
    if isinstance(error, IgnoreRequest):
        return _reason_of_ignored(str(error))
    return next((name for kind, name in REASONS.items() if isinstance(error, kind)), "connection_failed")


def _reason_of_ignored(message: str) -> str:
    # Scrapy's own middlewares say it in words only.
    if "max redirections" in message:
        return "too_many_redirects"
    return "too_large" if "exceeded" in message else "ignored"
