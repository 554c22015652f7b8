"""Answers of sites, as the archive and the memory of visited pages keep them."""

import hashlib
from datetime import UTC, datetime

from scrapy.http import Response

from crawler.items import Capture

# Of what the site sent: the body was unpacked on its way here, and its length and packing hold no more.
CHANGED_BY_UNPACKING = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"}
)


def fetched_now() -> datetime:
    """The instant noted as the time of fetching."""
    return datetime.now(UTC)


def capture_of(response: Response) -> Capture:
    """Return what is kept of an answer."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.decode("latin-1").lower() not in CHANGED_BY_UNPACKING
    )
    return Capture(
        address=response.url, status=response.status, headers=headers, body=response.body,
        body_hash=hashlib.sha256(response.body).hexdigest(), fetched_at=fetched_now(),
        ip_address=str(response.ip_address or ""), remembered="remembered" in response.flags,
    )  # fmt: skip
