"""What a spider hands to the pipelines."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.reading import Reading


@dataclass(frozen=True)
class GatheredArticle:
    """An article as it was found, before it is read. The texts stay out of logs: they may hold private data."""

    source: str
    url: str
    canonical_url: str
    title: str | None = field(repr=False)
    text: str = field(repr=False)
    published_on: date | None
    fetched_at: datetime
    site_name: str = ""
    reading: Reading | None = field(default=None, repr=False)

    def read(self, title: str | None, reading: Reading) -> "GatheredArticle":
        """Return the article with its repaired and masked title and the reading of its text."""
        return replace(self, title=title, reading=reading)
