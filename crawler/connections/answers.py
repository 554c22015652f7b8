"""The client of HTTP, with an end to what a site may send before a page begins."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import ResponseFailed
from twisted.web.iweb import IResponse

from crawler.refusals import Refused

# As much as Chromium takes. Without an end headers that never stop filled 1.1 GB in three seconds.
LARGEST_HEAD_BYTES = 256 * 1024


class LimitedProtocol(_LenientHTTP11ClientProtocol):
    """Gives an answer up whose status line and headers take more than they may."""

    _head_bytes = 0

    def request(self, request: Any) -> "Deferred[IResponse]":
        """Send a request over this connection."""
        self._head_bytes = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:
        """Take what the site sends."""
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head_bytes += len(bytes)
            if self._head_bytes > LARGEST_HEAD_BYTES:
                self._giveUp(Failure(Refused("too_large")))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]


class LimitedFactory(_LenientHTTP11ClientFactory):
    """Makes such connections for Twisted's pool."""

    def buildProtocol(self, addr: Any) -> LimitedProtocol:
        """Return the protocol of a new connection."""
        return LimitedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def refusal_within(error: BaseException) -> Refused | None:
    """Return the refusal for which a connection was given up, from the error that Scrapy made of it."""
    cause = error.__cause__
    reasons = cause.reasons if isinstance(cause, ResponseFailed) else ()
    return next((failure.value for failure in reasons if isinstance(failure.value, Refused)), None)
