"""`doorstep crawl`: gather from sources, or from one address."""

import json
import sys
from dataclasses import asdict

import click

from commands.opening import open_database, open_reader
from crawler.run import crawl as gather
from crawler.sources import UnknownKind, load_sources, source_for_address
from domain.settings import settings
from domain.store import Database, sources
from domain.store.sources import SourceEntry, UnknownSource


@click.command()
@click.argument("names", nargs=-1, metavar="SOURCE…")
@click.option("--due", is_flag=True, help="Every source that is not paused.")
@click.option("--url", help="An address that is in no source yet; needs --kind.")
@click.option("--kind", help="What the address is: page, feed, sitemap, listing, forum, json or cfpb.")
@click.option(
    "--json", "as_json", is_flag=True, help="End with one line of JSON, and print nothing else on standard output."
)
def crawl(names: tuple[str, ...], due: bool, url: str | None, kind: str | None, as_json: bool) -> None:
    """Gather public articles and posts. Exit status 0 when every run ended in order."""
    database = open_database()
    for entry in load_sources():
        sources.add_source(database, entry)
    chosen = _chosen(database, names, due, url, kind)

    def show(line: str) -> None:
        click.echo(line, err=as_json)

    summaries = gather(database, open_reader(database), settings(), chosen, progress=show)
    for summary in summaries:
        if not as_json:
            click.echo(f"{summary.source}: {summary.outcome}")
            for name, count in sorted(summary.counts.items()):
                click.echo(f"  {count:6} {name}")
    if as_json:
        click.echo(json.dumps({"runs": [asdict(summary) for summary in summaries]}, ensure_ascii=False))
    sys.exit(0 if all(summary.outcome == "finished" for summary in summaries) else 1)


def _chosen(
    database: Database, names: tuple[str, ...], due: bool, url: str | None, kind: str | None
) -> list[SourceEntry]:
    if sum((bool(names), due, url is not None)) != 1:
        raise click.UsageError("Name sources, or give --due, or --url with --kind.")
    if url is not None:
        if kind is None:
            raise click.UsageError("--url needs --kind.")
        entry = _source_for_address(url, kind)
        sources.save_source(database, entry)
        return [entry]
    try:
        wanted = [sources.source(database, name) for name in names] if names else sources.sources(database)
    except UnknownSource as unknown:
        known = ", ".join(source.slug for source in sources.sources(database)) or "none"
        raise click.UsageError(f"there is no source {unknown}; known are: {known}") from unknown
    return [
        SourceEntry(row.slug, row.name, row.kind, row.address, row.language, row.options)
        for row in wanted
        if not row.paused and not row.options.get("sample")
    ]


def _source_for_address(url: str, kind: str) -> SourceEntry:
    try:
        return source_for_address(url, kind)
    except UnknownKind as unknown:
        raise click.UsageError(str(unknown)) from unknown
