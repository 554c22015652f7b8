"""The registry of sources as a file, and sources made on the spot from an address."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from crawler.connections.addresses import DEFAULT_PORTS, MAX_LENGTH, MalformedAddress, normalise, split
from crawler.connections.guard import refusal_of_address
from crawler.sources.invalid import ForbiddenAddress, InvalidSource, InvalidSourceFile
from crawler.sources.options import KIND_OPTIONS, check_options, check_whole
from domain.store.gathering.sources import SourceEntry

SOURCES_FILE = Path(__file__).with_name("sources.yaml")
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
LANGUAGES = ("zh", "en")
MOST_OF_NAME = 200
SCHEDULES = {"by hand": 0.0, "hourly": 1.0, "daily": 24.0, "weekly": 168.0}
# A quarter of an hour to three months; a run a minute would be an attack.
SHORTEST_HOURS, LONGEST_HOURS = 0.25, 24 * 92
SLOWEST_PACE_SECONDS = 3600.0
MOST_DAILY_PAGES = 1_000_000
TEXTS = ("slug", "name", "kind", "address", "licence", "contact")
FIELDS = frozenset({*TEXTS, "language", "schedule", "pace", "daily_pages", "options"})


def load_sources(path: Path = SOURCES_FILE, allowed_origins: Collection[str] = ()) -> list[SourceEntry]:
    """Read a file of sources: a YAML list of mappings under `sources`. Raises InvalidSourceFile, which names the line.

    `allowed_origins` are `host:port` pairs that may be reached although they are not public.
    """
    try:
        text = path.read_text("utf-8")
        data = yaml.safe_load(text) or {}
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise InvalidSourceFile(f"{path.name} can't be read: {error}") from error
    if isinstance(data, Mapping) and data and "sources" not in data:
        raise InvalidSourceFile(f"{path.name}: it has no `sources`")  # source: would be read as none, in silence
    rows = data.get("sources") if isinstance(data, Mapping) else data
    if not isinstance(rows or [], list):
        raise InvalidSourceFile(f"{path.name}: `sources` must be a list")
    entries: dict[str, SourceEntry] = {}
    for row, line in zip_longest(rows or [], _lines_of_sources(text)[: len(rows or [])], fillvalue=1):
        try:
            entry = entry_from(row)
            check_reachable(entry, allowed_origins)
        except InvalidSource as reason:
            raise InvalidSourceFile(f"{path.name}, line {line}: {reason}") from reason
        if entry.slug in entries:
            raise InvalidSourceFile(f"{path.name}, line {line}: two sources are called {entry.slug}")
        entries[entry.slug] = entry
    return list(entries.values())


def sources_as_yaml(entries: Iterable[SourceEntry]) -> str:
    """Return sources as a file that `load_sources` reads back as they are."""
    rows = [as_mapping(entry) for entry in entries]
    return str(yaml.safe_dump({"sources": rows}, allow_unicode=True, sort_keys=False, width=120))


def as_mapping(entry: SourceEntry) -> dict[str, Any]:
    """Return a source as the file and the form have it; what is empty is left out."""
    words = {hours: word for word, hours in SCHEDULES.items()}
    row: dict[str, Any] = {
        "slug": entry.slug, "name": entry.name, "kind": entry.kind, "address": entry.address,
        "language": entry.language, "schedule": words.get(entry.every_hours, entry.every_hours),
        "pace": entry.pace_seconds, "daily_pages": entry.daily_pages, "licence": entry.licence,
        "contact": entry.contact, "options": entry.options,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value not in (None, "", {})}


def entry_from(row: Any) -> SourceEntry:
    """Return the source that a mapping describes. Raises InvalidSource."""
    if not isinstance(row, Mapping):
        raise InvalidSource("no_mapping", given=repr(row)[:100] if _is_plain(row) else f"a {type(row).__name__}")
    for field in FIELDS - {"options"}:
        # Lists that refer to each other would be written out as gigabytes.
        if not _is_plain(row.get(field)):
            raise InvalidSource(
                "field_no_text", field, slug=str(row.get("slug"))[:80] if _is_plain(row.get("slug")) else ""
            )
    if unknown := set(row) - FIELDS:
        raise InvalidSource("unknown_field", slug=row.get("slug"), fields=", ".join(sorted(map(str, unknown))))
    slug, name, kind, address, licence, contact = (str(row.get(field) or "").strip() for field in TEXTS)
    options = row.get("options") or {}
    if not isinstance(options, Mapping):
        raise InvalidSource("options_no_mapping", "options", slug=slug)
    pace = row.get("pace")
    entry = SourceEntry(
        slug=slug, name=name or slug, kind=kind, address=address, language=str(row.get("language") or "zh"),
        options=_with_days_as_text(options), every_hours=_hours(slug, row.get("schedule", "daily")),
        pace_seconds=None if pace in (None, "") else _number(slug, "pace", pace, 0, SLOWEST_PACE_SECONDS),
        daily_pages=_whole(slug, "daily_pages", row.get("daily_pages", 5000), 1, MOST_DAILY_PAGES),
        licence=licence, contact=contact[:300],
    )  # fmt: skip
    check(entry)
    check_whole(slug, entry.options)
    return entry


def check(entry: SourceEntry) -> None:
    """Raise InvalidSource for a source that no spider could read."""
    if not SLUG.fullmatch(entry.slug):
        raise InvalidSource("no_slug", "slug", slug=entry.slug)
    if len(entry.name) > MOST_OF_NAME:
        raise InvalidSource("long_name", "name", slug=entry.slug, most=MOST_OF_NAME)
    if entry.language not in LANGUAGES:
        raise InvalidSource("unknown_language", "language", slug=entry.slug, given=entry.language, known=LANGUAGES)
    if entry.kind not in KIND_OPTIONS:
        raise InvalidSource("unknown_kind", "kind", given=entry.kind, known=KIND_OPTIONS)
    _check_address(entry.address)
    check_options(entry.slug, entry.kind, entry.options)


def check_reachable(entry: SourceEntry, allowed_origins: Collection[str]) -> None:
    """Raise ForbiddenAddress for a source that the crawler would refuse to ask, as far as its spelling says."""
    further = [("options", f"https://{host}/") for host in entry.options.get("hosts", ())]
    for field, address in (("address", entry.address), *further):
        reason = refusal_of_address(address, allowed_origins)
        if reason and not _is_nobodys(address):
            raise ForbiddenAddress(entry.slug, field, address, reason)


def _is_nobodys(address: str) -> bool:
    """Tell whether an address has a name that never means any machine (RFC 6761), near or far."""
    return (urlsplit(address).hostname or "").endswith(".invalid")


def source_for(url: str, kind: str, taken: Collection[str] = ()) -> SourceEntry:
    """Return a source for an address given on the command line; the same address always gets the same slug.

    `taken` are slugs in use for something else. It is read only when asked for. Raises InvalidSource.
    """
    try:
        url = normalise(url)
    except MalformedAddress as error:
        raise InvalidSource("no_address", "address", given=url) from error
    host = urlsplit(url).netloc.rpartition("@")[2]
    readable = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:50] or "source"
    digest = hashlib.sha256(f"{kind} {url}".encode()).hexdigest()
    slug = next(name for end in (8, 16, 64) if (name := f"{readable}-{kind}-{digest[:end]}"[:80]) not in taken)
    entry = SourceEntry(slug=slug, name=host[:MOST_OF_NAME], kind=kind, address=url, every_hours=0.0)
    check(entry)
    return entry


def _check_address(address: str) -> None:
    try:
        parts = split(address)
    except MalformedAddress as error:
        raise InvalidSource("no_address", "address", given=address) from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise InvalidSource("no_web_address", "address", given=address)
    if len(address) > MAX_LENGTH:
        raise InvalidSource("long_address", "address", most=MAX_LENGTH, given=len(address))


def _with_days_as_text(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with days, which YAML makes of `since: 2026-01-31`, as they were written."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in options.items()}


def _is_plain(value: Any) -> bool:
    """Tell whether a value of YAML is one by itself, and no list or mapping."""
    return value is None or isinstance(value, str | int | float | date)


def _hours(slug: str, schedule: Any) -> float:
    if str(schedule).strip().lower() in SCHEDULES:
        return SCHEDULES[str(schedule).strip().lower()]
    hours = _number(slug, "schedule", schedule, 0, LONGEST_HOURS)
    if 0 < hours < SHORTEST_HOURS:
        raise InvalidSource("too_often", "schedule", slug=slug, least=SHORTEST_HOURS)
    return hours


def _number(slug: str, field: str, value: Any, least: float, most: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(value, bool) or not least <= number <= most:
        reason = "no_schedule" if field == "schedule" else "no_number"
        raise InvalidSource(reason, field, slug=slug, least=f"{least:g}", most=f"{most:.10g}", known=SCHEDULES)
    return number


def _whole(slug: str, field: str, value: Any, least: int, most: int) -> int:
    number = _number(slug, field, value, least, most)
    if not number.is_integer():
        raise InvalidSource("no_whole_number", field, slug=slug, least=least, most=most)
    return int(number)


def _lines_of_sources(text: str) -> list[int]:
    """Return the line in which each source of a file begins, the first line being 1."""
    node = yaml.compose(text, yaml.SafeLoader)
    if isinstance(node, yaml.MappingNode):
        node = next((value for key, value in reversed(node.value) if key.value == "sources"), None)
    return [row.start_mark.line + 1 for row in node.value] if isinstance(node, yaml.SequenceNode) else []
