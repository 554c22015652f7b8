"""What a spider hands to the pipelines."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from crawler.lines import Packed
from domain.readings import Reading


@dataclass(frozen=True)
class Capture:
    """One answer of a site as it came: what the archive keeps and what is sent along with the next request."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    body_hash: str
    fetched_at: datetime
    ip_address: str = ""
    # The site said that the page is as it was, and the body is the one that was remembered.
    remembered: bool = False

    def header(self, name: str) -> str:
        """Return the first header of this name, or nothing."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")


@dataclass(frozen=True)
class GatheredArticle:
    """An article or post as it was found, before it is read. The texts stay out of logs: they may hold private data.

    `beside` are names that the source gives beside the text (the institution of a complaint, the title of the
    thread); `details` what it says beside it; `relevant` is set where more than the text decides (the whole thread).
    """

    source: str
    url: str
    canonical_url: str
    title: str | None = field(repr=False)
    text: str = field(repr=False)
    published_on: date | None
    fetched_at: datetime
    site_name: str = ""
    form: str = "article"
    author: str = ""
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)
    beside: tuple[str, ...] = field(default=(), repr=False)
    relevant: bool | None = None
    on_page: str | None = None
    captures: tuple[Capture, ...] = field(default=(), repr=False)
    origins: Mapping[str, str] = field(default_factory=dict)
    # Packed in the process that fetches, which only hands it on.
    reading: Reading | Packed | None = field(default=None, repr=False)
    named_beside: Mapping[str, str] = field(default_factory=dict)

    def read(
        self, title: str | None, reading: Reading | Packed, named_beside: Mapping[str, str], details: Mapping[str, Any]
    ) -> "GatheredArticle":
        """Return the article as it is stored: its reading in the place of its text, its title repaired and masked."""
        return replace(self, title=title, text="", reading=reading, named_beside=named_beside, details=details)
