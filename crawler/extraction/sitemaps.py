"""Sitemaps and sitemap indexes: the addresses that a site lists itself."""

import codecs
from dataclasses import dataclass

from crawler.extraction.feeds import FEED_NAMES, entries_of
from crawler.extraction.xml import GZIP_MAGIC, gunzip_as_far, local_name, parse_xml

# What the protocol allows in one file.
MOST_ENTRIES = 50_000
NAMES = FEED_NAMES | {"urlset", "sitemapindex", "url", "sitemap"}


@dataclass(frozen=True)
class Sitemap:
    """The addresses of one file: further `sitemaps` of an index, or `pages`; other XML or a web page is none."""

    sitemaps: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    is_one: bool = True


def read_sitemap(body: bytes, content_type: str = "") -> Sitemap:
    """Read a sitemap, a sitemap index, a list of addresses as plain text, or a feed, which may stand for one.

    Of a file that broke off the address in which it did is left out.

    Raises Refused.
    """
    plain, is_whole = gunzip_as_far(body) if body.startswith(GZIP_MAGIC) else (body, True)
    if plain[:200].removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"http://", b"https://")):
        lines = plain.decode("utf-8-sig", "replace").split()
        return Sitemap(pages=tuple(lines if is_whole else lines[:-1])[:MOST_ENTRIES])
    root = parse_xml(plain, content_type)
    found: dict[str, list[str]] = {"sitemap": [], "url": []}
    for entry in root.iter():
        kind = local_name(entry)
        if kind in found and len(found[kind]) < MOST_ENTRIES:
            location = next((child.text for child in entry if local_name(child) == "loc" and child.text), None)
            if location:
                found[kind].append(location.strip())
    if not any(found.values()):
        if not NAMES & {local_name(element) for element in root.iter()}:
            return Sitemap(is_one=False)
        found["url"] = [entry.url for entry in entries_of(root)]
    return Sitemap(tuple(dict.fromkeys(found["sitemap"])), tuple(dict.fromkeys(found["url"])))


def sitemaps_of_robots(text: str) -> list[str]:
    """Return the addresses that a robots.txt names after `Sitemap:`."""
    named = (line.partition(":") for line in text.splitlines())
    values = (value.partition(" #")[0].strip() for name, _, value in named if name.strip().lower() == "sitemap")
    return list(dict.fromkeys(value for value in values if value))
