"""`doorstep crawl`: gather from sources, or from one address."""

import json
import sys
from collections.abc import Mapping

import click

from commands.opening import open_database, open_reader
from crawler.run import CrawlSummary
from crawler.run import crawl as gather
from crawler.sources import InvalidSource, load_sources, source_for
from domain.settings import settings
from domain.store import Database, sources
from domain.store.sources import SourceEntry


@click.command()
@click.argument("names", nargs=-1, metavar="SOURCE…")
@click.option("--due", is_flag=True, help="Every source that is not paused.")
@click.option("--url", help="An address that is in no source yet; needs --kind.")
@click.option("--kind", help="What the address is: page, feed, sitemap, listing, …")
@click.option("--json", "as_json", is_flag=True, help="End with one line of JSON, alone on standard output.")
def crawl(names: tuple[str, ...], due: bool, url: str | None, kind: str | None, as_json: bool) -> None:
    """Gather public articles and posts. Exit status 0 when every run ended in order."""
    if sum((bool(names), due, url is not None)) != 1 or (url is None) != (kind is None):
        raise click.UsageError("Name sources, or give --due, or --url with --kind.")

    def show(source: str, counts: Mapping[str, int]) -> None:
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        click.echo(f"{source}: {told}", err=as_json)

    database = open_database()
    try:
        for entry in load_sources():
            sources.add_source(database, entry)
        chosen = [source_for(url, kind or "")] if url is not None else _from_table(database, names)
        summaries = gather(database, open_reader(database), settings(), chosen, progress=show)
    except InvalidSource as reason:
        raise click.UsageError(str(reason)) from reason
    _print(summaries, as_json)
    sys.exit(0 if all(summary.in_order for summary in summaries) else 1)


def _from_table(database: Database, names: tuple[str, ...]) -> list[SourceEntry]:
    known = {row.slug: row for row in sources.sources(database) if not row.options.get("sample")}
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(f"no source {', '.join(unknown)}; known are: {', '.join(known) or 'none'}")
    wanted = [known[name] for name in names] if names else [row for row in known.values() if not row.paused]
    return [SourceEntry(row.slug, row.name, row.kind, row.address, row.language, row.options) for row in wanted]


def _print(summaries: list[CrawlSummary], as_json: bool) -> None:
    if as_json:
        ended = "finished" if all(summary.in_order for summary in summaries) else "failed"
        runs = [summary.as_json() for summary in summaries]
        click.echo(json.dumps({"outcome": ended, "runs": runs}, ensure_ascii=False))
        return
    for summary in summaries:
        click.echo(f"\n{summary.source} ({summary.kind}, {summary.address}): {summary.outcome}")
        for name, count in summary.counts.items():
            inner = count.items() if isinstance(count, Mapping) else [("", count)]
            for part, number in inner:
                click.echo(f"{number:8} {name} {part}".rstrip())
