"""The registry of sources as a file, and sources made on the spot from an address."""

import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from crawler.addresses import DEFAULT_PORTS, MalformedAddress, normalise, split
from crawler.kinds import SPIDERS
from domain.store.sources import SourceEntry

SOURCES_FILE = Path(__file__).with_name("sources.yaml")
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
FIELDS = frozenset({"slug", "name", "kind", "address", "language", "options"})
LANGUAGES = ("zh", "en")


class InvalidSource(ValueError):
    """A source that can't be read; the message says what is wrong, for the person who wrote it."""


def load_sources(path: Path = SOURCES_FILE) -> list[SourceEntry]:
    """Read a file of sources: a YAML list of mappings under `sources`. Raises InvalidSource."""
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidSource(f"{path.name} can't be read: {error}") from error
    rows = data.get("sources") if isinstance(data, Mapping) else data
    if not isinstance(rows or [], list):
        raise InvalidSource(f"{path.name}: `sources` must be a list")
    entries = [entry_from(row) for row in rows or []]
    _refuse_repeated([entry.slug for entry in entries])
    return entries


def entry_from(row: Any) -> SourceEntry:
    """Return the source that a mapping describes. Raises InvalidSource."""
    if not isinstance(row, Mapping):
        raise InvalidSource(f"a source must be a mapping, not {row!r}")
    if unknown := set(row) - FIELDS:
        raise InvalidSource(f"unknown field {', '.join(sorted(map(str, unknown)))} in source {row.get('slug')}")
    values = {name: str(row.get(name) or "") for name in ("slug", "name", "kind", "address")}
    entry = SourceEntry(**values, language=str(row.get("language") or "zh"), options=dict(row.get("options") or {}))
    check(entry)
    return entry


def check(entry: SourceEntry) -> None:
    """Raise InvalidSource for a source that no spider could read."""
    if not SLUG.fullmatch(entry.slug):
        raise InvalidSource(f"{entry.slug!r} is no slug: lower-case letters, digits, _ and - only")
    spider = SPIDERS.get(entry.kind)
    if spider is None:
        raise InvalidSource(f"no source of kind {entry.kind!r}: the kinds are {', '.join(SPIDERS)}")
    try:
        parts = split(entry.address)
    except MalformedAddress as error:
        raise InvalidSource(f"{entry.address!r} is no address") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise InvalidSource(f"{entry.address!r} is no http or https address")
    _refuse_unknown_options(entry, spider.option_names | spider.common_option_names)


def source_for(url: str, kind: str, taken: Collection[str] = ()) -> SourceEntry:
    """Return a source for an address given on the command line; the same address always gets the same slug.

    `taken` are slugs in use for something else. Raises InvalidSource.
    """
    try:
        url = normalise(url)
    except MalformedAddress as error:
        raise InvalidSource(f"{url!r} is no address") from error
    host = urlsplit(url).netloc.rpartition("@")[2]
    readable = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:50] or "source"
    digest = hashlib.sha256(f"{kind} {url}".encode()).hexdigest()
    slug = next(name for end in (8, 16, 64) if (name := f"{readable}-{kind}-{digest[:end]}"[:80]) not in taken)
    entry = SourceEntry(slug=slug, name=host[:200], kind=kind, address=url)
    check(entry)
    return entry


def _refuse_repeated(slugs: list[str]) -> None:
    if repeated := {slug for slug in slugs if slugs.count(slug) > 1}:
        raise InvalidSource(f"two sources are called {', '.join(sorted(repeated))}")


def _refuse_unknown_options(entry: SourceEntry, known: Collection[str]) -> None:
    if unknown := set(entry.options) - set(known):
        raise InvalidSource(
            f"source {entry.slug}: kind {entry.kind} has no option {', '.join(sorted(unknown))}; "
            f"it has {', '.join(sorted(known))}"
        )
