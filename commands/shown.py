"""What a trial shows of an article or post: what would be stored, and why."""

from typing import Any

import click

from crawler.items import GatheredArticle
from domain.readings import Reading

LINES_SHOWN = 12
SHOWN_CHARACTERS = 600


def show_item(item: GatheredArticle, err: bool = False) -> None:
    """Print one item that was read but not stored; private data is masked as it would be in the store."""
    reading = item.reading
    if not isinstance(reading, Reading):
        return
    subject = "is about collection" if reading.relevant else "is not about collection: kept out of search"
    lines = [
        "", f"{item.form}  {item.canonical_url}",
        f"  title      {item.title or '(none: the first words stand in for it)'}{_from(item, 'title')}",
        f"  published  {item.published_on or '(the page names no day)'}{_from(item, 'date')}",
        f"  source     {item.source}; site {item.site_name or '(names itself nowhere)'}",
        f"  language   {reading.language}",
        f"  subject    {subject}",
        *([f"  writer     {item.author}"] if item.author else []),
        *(f"  beside     {name}: {value}" for name, value in item.details.items()),
        *(f"  lender     {find.slug} ({find.role}) “{find.surface}”: {find.reason}" for find in reading.lenders),
        *(f"  lender     {slug}: {reason}" for slug, reason in item.named_beside.items()),
        *(f"  tactic     {find.code} ({find.assertion}) “{find.quote}”: {find.reason}" for find in reading.tactics),
        *(f"  masked     {mask.type}: {mask.reason}" for mask in reading.masks),
        *(f"  lost word  perhaps “{gap.guess}”" for gap in reading.gaps),
        f"  pages      {len(item.captures)}, {sum(len(capture.body) for capture in item.captures)} bytes",
        f"  text       {len(reading.public_text)} characters:",
    ]  # fmt: skip
    text = reading.public_text.splitlines()
    lines += [f"    {line}" for line in text[:LINES_SHOWN]]
    lines += [f"    … and {len(text) - LINES_SHOWN} more lines"] if len(text) > LINES_SHOWN else []
    for line in lines:
        click.echo(line, err=err)


def item_as_json(item: GatheredArticle) -> dict[str, Any]:
    """Return what the staff's page shows of an item; private data is masked."""
    reading = item.reading
    if not isinstance(reading, Reading):
        return {}
    return {
        "address": item.canonical_url, "title": item.title or "", "form": item.form, "author": item.author,
        "published_on": item.published_on.isoformat() if item.published_on else "", "relevant": reading.relevant,
        "lenders": sorted({find.slug for find in reading.lenders} | set(item.named_beside)),
        "tactics": sorted({find.code for find in reading.tactics}),
        "masked": sorted({mask.type for mask in reading.masks}), "origins": dict(item.origins),
        "characters": len(reading.public_text), "text": reading.public_text[:SHOWN_CHARACTERS],
    }  # fmt: skip


def _from(item: GatheredArticle, what: str) -> str:
    origin = item.origins.get(what)
    return f"  (from {origin})" if origin else ""
