"""Where connections are made: the name is resolved, every address checked, and no other address connected to.

Twisted asks the resolver below for each connection, literals included, and connects only to what it hands on: an
answer that changes between check and connection (DNS rebinding) has no second chance to be asked for.
"""

import asyncio
import contextlib
import socket
from collections.abc import Collection
from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Request, Response
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.connections.addresses import DEFAULT_PORTS, origin_of, split
from crawler.connections.answers import LimitedFactory, refusal_within
from crawler.connections.certificates import ToldPolicy
from crawler.connections.guard import named_origin, refusal_of_address, refusal_of_connection, refusal_of_host_address
from crawler.middlewares.backoff import pause_seconds
from crawler.refusals import Refused

PARTIAL = 206


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names for a whole process; hands on either all addresses of a host, every one public, or none."""

    def __init__(self, resolver: Any, allowed_origins: Collection[str]) -> None:
        self._resolver = resolver
        self.allowed_origins = frozenset(allowed_origins)
        self._refusals: dict[tuple[str, int], str] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Make the resolver that Scrapy installs by its setting TWISTED_DNS_RESOLVER."""
        resolver = cls(reactor.nameResolver, crawler.settings.getlist("DOORSTEP_ALLOWED_ORIGINS"))
        resolver._reactor = reactor
        return resolver

    _reactor: Any = None

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def refusal(self, host: str, port: int) -> str | None:
        """Return why the last connection to host and port was refused, or None."""
        return self._refusals.get((host, port))

    def resolveHostName(
        self, resolutionReceiver: Any, hostName: str, portNumber: int = 0, *arguments: Any, **options: Any
    ) -> Any:
        """Resolve a host for a connection to `portNumber`; an address that may not be reached is not handed on."""
        receiver = _CheckedAddresses(resolutionReceiver, hostName, portNumber, self)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, *arguments, **options)

    def check(self, host: str, port: int, addresses: list[str]) -> str | None:
        """Decide on the addresses that a host has, and remember why they are refused."""
        reason = refusal_of_connection(host, port, self.allowed_origins)
        if reason is None and named_origin(host, port) not in self.allowed_origins:
            refusals = (refusal_of_host_address(address) or _refusal_of_own(address) for address in addresses)
            reason = next((refusal for refusal in refusals if refusal), None)
        self._refusals.pop((host, port), None)
        if reason is not None:
            self._refusals[host, port] = reason
        return reason


@implementer(IResolutionReceiver)
class _CheckedAddresses:
    """Collects what a name resolves to and passes it on only as a whole, and only when all of it may be reached."""

    def __init__(self, receiver: Any, host: str, port: int, resolver: GuardedResolver) -> None:
        self._receiver, self._host, self._port, self._resolver = receiver, host, port, resolver
        self._addresses: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        self._addresses.append(address)

    def resolutionComplete(self) -> None:
        if self._resolver.check(self._host, self._port, [address.host for address in self._addresses]) is None:
            for address in self._addresses:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP client behind the guard and the pace: the last place before a connection, for every request."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = LimitedFactory
        self._contextFactory: Any = ToldPolicy(self._contextFactory)
        self._pace, self._spider = crawler.spider.gathering.pace, crawler.spider
        self._allowed_origins = frozenset(crawler.settings.getlist("DOORSTEP_ALLOWED_ORIGINS"))

    async def download_request(self, request: Request) -> Response:
        """Download when it is the origin's turn. Raises Refused."""
        if reason := refusal_of_address(request.url, self._allowed_origins):
            raise Refused(reason)
        if request.meta.get("proxy"):
            raise Refused("proxy")  # behind a proxy nobody could say which address was reached
        origin = origin_of(request.url)
        async with self._pace.turn(origin):
            if request.meta.get("for_item") and self._spider.wants_no_more:
                raise Refused("over_limit")
            if request.meta.get("for_item") and self._spider.is_settled(request):
                raise Refused("settled")
            # Here, when it is its turn: sixteen that wait were let through together, were they counted before.
            if not await self._spider.may_ask(request.url):
                raise Refused("over_budget")
            self._spider.counts.add("requests")
            response = await self._download_unless_stopped(request)
            # Before the turn ends: a request that waits for it would be on its way before any middleware has
            # seen that the site is busy.
            if seconds := pause_seconds(request, response):
                self._pace.pause(origin, seconds)
        if response.status == PARTIAL:
            raise Refused("cut_off")  # a part that nobody asked for
        return response

    async def _download_unless_stopped(self, request: Request) -> Response:
        _installed_resolver()
        download = asyncio.ensure_future(super().download_request(request))
        try:
            with self._pace.cancelled_by_stop(download):
                return await download
        except asyncio.CancelledError as error:
            if self._pace.stopped:
                raise Refused("stopped") from error
            raise
        except CannotResolveHostError as error:
            if reason := refusal_of_resolved(request.url):
                raise Refused(reason) from error
            raise
        except DownloadFailedError as error:
            if refused := refusal_within(error):
                raise refused from error
            raise
        finally:
            if not download.done():
                download.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await download


def refusal_of_resolved(url: str) -> str | None:
    """Return why what the host of an address resolved to may not be connected to, as it was last, or None."""
    parts = split(url)
    return _installed_resolver().refusal(parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])


def _installed_resolver() -> GuardedResolver:
    from twisted.internet import reactor

    resolver = reactor.nameResolver
    if not isinstance(resolver, GuardedResolver):
        raise Refused("unguarded")  # nothing is fetched through a resolver that checks nothing
    return resolver


def _refusal_of_own(address: str) -> str | None:
    """Refuse a public address that is this machine's own: an address can be bound only where it is at home."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return None
    return "own_address"
