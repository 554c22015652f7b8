"""What the robots.txt of each origin says: read once for all sources of a run, and kept for as long as it lasts."""

import asyncio
import codecs
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property

from protego import Protego

from crawler.refusals import Refused
from crawler.settings import BOT_NAME

# What RFC 9309 asks a crawler to read at least; the rest of a larger file is not looked at.
READ_AT_MOST_BYTES = 500 * 1024
# Of `User-agent: Doorstep/1.0 (+https://…)` the name counts (RFC 9309, section 2.2.1), which the parser takes with all
# that follows.
BEHIND_THE_NAME = re.compile(r"^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)[/ \t][^\r\n#]*", re.IGNORECASE | re.MULTILINE)
# Of `Crawl-delay: 10s` the parser makes no delay: who writes it means ten seconds.
DELAY = re.compile(
    r"^([ \t]*crawl-delay[ \t]*:[ \t]*)(\d{1,9})(?:[.,](\d{1,9}))?"
    r"[ \t]*([a-z秒分小毫][^\s#;,.\d]*)?[;,.]?[ \t]*(?=#|\r?$)",
    re.IGNORECASE | re.MULTILINE,
)
# By how a unit begins, the longest first; any other is a second.
UNITS = (("ms", 0.001), ("milli", 0.001), ("毫", 0.001), ("m", 60.0), ("分", 60.0), ("h", 3600.0), ("小", 3600.0))
# A site that asks for more between two pages is left alone: a run would stand at it for ever, and others wait for its
# end.
LONGEST_DELAY_SECONDS = 300.0
# For no longer may a file be kept (RFC 9309, section 2.4); one that could not be read is asked for again sooner.
KEPT_SECONDS, KEPT_UNREACHABLE_SECONDS = 24 * 3600, 3600


@dataclass(frozen=True)
class Rules:
    """What one origin's robots.txt says to us; without `file`, `reason` says why nothing may be fetched."""

    file: Protego | None
    reason: str = "robots_unreachable"

    def refusal(self, url: str) -> str | None:
        """Return why an address may not be fetched, or None."""
        if self.file is None:
            return self.reason
        if not self.file.can_fetch(url, BOT_NAME):
            return "robots"
        return "robots_delay" if self.delay > LONGEST_DELAY_SECONDS else None

    @cached_property
    def delay(self) -> float:
        """Seconds between requests, from Crawl-delay and Request-rate, the slower one."""
        if self.file is None:
            return 0.0
        rate = self.file.request_rate(BOT_NAME)
        spaced = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self.file.crawl_delay(BOT_NAME) or 0), float(spaced))


def rules_from(status: int, body: bytes) -> Rules:
    """Return what a robots.txt with this status and body means (RFC 9309, section 2.3.1)."""
    if status >= 500 or status == 429:
        return Rules(None)
    if status >= 400:
        return Rules(Protego.parse(""))
    if status != 200:
        return Rules(None)
    if len(body) > READ_AT_MOST_BYTES:
        body = body[: body.rfind(b"\n", 0, READ_AT_MOST_BYTES) + 1]
    text = BEHIND_THE_NAME.sub(r"\1", _text_of(body))
    return Rules(Protego.parse(DELAY.sub(_in_seconds, text)))


def _text_of(body: bytes) -> str:
    """Return the text of a file; what is no UTF-8, as in a path in GBK, as a path of an address has those bytes.

    Left out, it would make `Disallow: /` of `Disallow: /搜索`.
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="ignore")
    lines = []
    for line in body.removeprefix(codecs.BOM_UTF8).splitlines():
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append("".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in line))
    return "\n".join(lines)


def _in_seconds(line: re.Match[str]) -> str:
    """Return a line that asks for a delay as the parser takes it."""
    field, whole, fraction, unit = line.groups()
    times = next((seconds for name, seconds in UNITS if (unit or "s").lower().startswith(name)), 1.0)
    return f"{field}{float(f'{whole}.{fraction or 0}') * times:g}"


@dataclass(frozen=True)
class _Asked:
    """When an origin's robots.txt was asked for, and what comes of it."""

    at: float
    rules: asyncio.Future[Rules]

    def lasts(self, present: float) -> bool:
        """Tell whether the rules may still be gone by."""
        if not self.rules.done():
            return True
        if self.rules.cancelled() or self.rules.exception() is not None:
            return False
        lasting = KEPT_UNREACHABLE_SECONDS if self.rules.result().file is None else KEPT_SECONDS
        return present - self.at < lasting


class KeptRules:
    """The rules of every origin that a process has met, for all sources of its run."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[str, _Asked] = {}

    async def of(self, origin: str, fetch: Callable[[str], Awaitable[Rules]]) -> Rules:
        """Return the rules of an origin, by `fetch` where nobody has asked for them or they are too old.

        Raises what `fetch` raises as Refused: that is the caller's own affair (its budget, its end), and others, who
        may have waited for the same answer, ask for themselves.
        """
        while True:
            asked, present, own = self._asked.get(origin), self._clock(), False
            if asked is None or not asked.lasts(present):
                own = True
                asked = self._asked[origin] = _Asked(present, asyncio.ensure_future(fetch(origin)))
            try:
                # Whoever waits no longer must not end the waiting of the others.
                return await asyncio.shield(asked.rules)
            except Refused:
                if self._asked.get(origin) is asked:
                    del self._asked[origin]
                if own:
                    raise
