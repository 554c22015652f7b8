"""`doorstep source`: the registry of sources, and what one page would give."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from commands.opening import open_database, open_reader
from commands.shown import item_as_json, show_item
from crawler.items import GatheredArticle
from crawler.keeping.archive import CopyMissing, read_copy
from crawler.refusal_words import refusal_words
from crawler.runs.gathering import Gathering
from crawler.runs.run import crawl
from crawler.sources import check_reachable, entry_from, load_sources, source_for, sources_as_yaml
from crawler.sources.invalid import InvalidSource, InvalidSourceFile
from domain.settings import settings
from domain.store.gathering import article_history, source_health, sources
from domain.store.gathering.sources import SourceEntry, entry_of


@click.group()
def source() -> None:
    """List, add, import, export and try sources."""


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> None:
    """List the sources with how their last run went."""
    rows = []
    for found in source_health.health(open_database()):
        row = found.source
        rows.append(
            {
                "slug": row.slug,
                "name": row.name,
                "kind": row.kind,
                "address": row.address,
                "paused": row.paused,
                "every_hours": row.every_hours,
                "running": found.is_running,
                "last_run": found.last.started_at.isoformat() if found.last else None,
                "outcome": found.last.outcome if found.last else None,
                "found": found.found,
                "new": found.new,
                "changed": found.changed,
                "gone": found.gone,
                "refused": dict(found.refused),
                "shares": dict(found.shares),
                "warning": found.warning,
            }  # fmt: skip
        )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for line in rows:
        told = line["outcome"] or ("paused" if line["paused"] else "never run")
        odd = f"  ! {line['warning']}" if line["warning"] else ""
        click.echo(f"{line['slug']:30} {line['kind']:8} {told:12} found {line['found']}, new {line['new']}{odd}")


@source.command()
@click.argument("slug")
@click.argument("kind")
@click.argument("address")
@click.option("--name", default="", help="As readers see it beside an article.")
@click.option("--language", default="zh", help="zh or en.")
@click.option("--schedule", default="daily", help="hourly, daily, weekly, “by hand” or a number of hours.")
@click.option("--pace", type=float, help="Seconds between requests; robots.txt may ask for more.")
@click.option("--daily-pages", type=int, default=5000, help="Requests to the site in 24 hours.")
@click.option("--licence", default="", help="A note on the terms under which it may be quoted.")
@click.option("--contact", default="", help="Whom to write to at the site.")
@click.option("--options", default="{}", help="Options of the kind, as JSON.")
def add(slug: str, kind: str, address: str, options: str, **given: object) -> None:
    """Add a source, or change the one with this slug."""
    try:
        fields = {"slug": slug, "kind": kind, "address": address, "options": json.loads(options), **given}
        entry = entry_from(fields)
        check_reachable(entry, settings().allowed_origins)
    except (InvalidSource, ValueError) as reason:
        raise click.UsageError(str(reason)) from reason
    sources.save_source(open_database(), entry)
    click.echo(f"{entry.slug}: {entry.kind} at {entry.address}")


@source.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Take sources from a YAML file: those that are there already are changed, none is removed."""
    database = open_database()
    try:
        entries = load_sources(file, settings().allowed_origins)
    except InvalidSourceFile as reason:
        raise click.UsageError(str(reason)) from reason
    for entry in entries:
        sources.save_source(database, entry)
    click.echo(f"{len(entries)} sources")


@source.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True, atomic=True), default="-")
def export_(file: TextIO) -> None:
    """Write the sources to a YAML file that `import` reads; what no crawler may ask is left out, and said."""
    kept: list[SourceEntry] = []
    for row in sources.sources(open_database()):
        if row.options.get("sample"):
            continue
        entry = entry_of(row)
        try:
            check_reachable(entry, settings().allowed_origins)
        except InvalidSource as reason:  # `crawl --url` once kept it; `import` would refuse the whole file
            click.echo(f"left out: {reason}", err=True)
        else:
            kept.append(entry)
    file.write(sources_as_yaml(kept))


@source.command("try")
@click.argument("url")
@click.option("--kind", default="page", help="What the address is; the first items of a list are shown.")
@click.option("--limit", type=click.IntRange(min=1), default=3, help="Show at most so many items.")
def try_(url: str, kind: str, limit: int) -> None:
    """Show for one page what would be stored and why; nothing is stored."""
    shown: list[GatheredArticle] = []

    def show(item: GatheredArticle) -> None:
        shown.append(item)
        show_item(item)

    database = open_database()
    gathering = Gathering(database, open_reader(database), settings(), limit=limit, shown=show)
    try:
        [summary] = crawl(gathering, [source_for(url, kind)])
    except InvalidSource as reason:
        raise click.UsageError(str(reason)) from reason
    refused = summary.counts.get("refused", {})
    if not shown:
        click.echo(f"Nothing would be stored: {summary.outcome}.")
        if not refused and summary.outcome == "finished":
            click.echo(f"nothing    no article, post or link that leads on was found there as kind {kind}")
    if isinstance(refused, Mapping):
        for reason_name, count in refused.items():
            click.echo(f"refused    {reason_name} ({count}): {refusal_words(reason_name)}")
    if kind == "page" and isinstance(refused, Mapping) and {"not_an_article", "not_a_page"} & set(refused):
        click.echo("perhaps    it is something else: try --kind listing, forum, feed, sitemap or json")
    sys.exit(0 if shown else 1)


@source.command()
@click.option("--limit", type=click.IntRange(min=1), default=3, help="Show at most so many items.")
def trial(limit: int) -> None:
    """Try the source that standard input describes as JSON, and print JSON: what the staff's page shows."""
    shown: list[GatheredArticle] = []
    database = open_database()
    gathering = Gathering(database, open_reader(database), settings(), limit=limit, shown=shown.append)
    try:
        [summary] = crawl(gathering, [SourceEntry(**json.load(sys.stdin))])
    except (InvalidSource, TypeError, ValueError) as reason:
        raise click.UsageError(str(reason)) from reason
    items = [item_as_json(item) for item in shown]
    told = {"outcome": summary.outcome, "items": items, "refused": summary.counts.get("refused", {})}
    click.echo(json.dumps(told, ensure_ascii=False))


@source.command()
@click.argument("article_id", metavar="ID")
@click.option("--version", type=int, help="Of which version; the latest by default.")
@click.option("--out", type=click.File("wb"), default="-", help="Where the page goes; standard output by default.")
def copy(article_id: str, version: int | None, out: BinaryIO) -> None:
    """Write an archived page as it was fetched, checked against its digest. It may hold private data."""
    versions = article_history.versions_of(open_database(), article_id)
    chosen = [row for row in versions if row.copies and version in (None, row.version)]
    if not chosen:
        raise click.ClickException(f"no archived page of {article_id}")
    try:
        for kept in chosen[-1].copies:
            out.write(read_copy(settings().archive_folder, kept))
    except CopyMissing as reason:
        raise click.ClickException(f"the archived page is missing or not what was kept: {reason}") from reason
