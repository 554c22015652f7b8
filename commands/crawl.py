"""`doorstep crawl`: gather from sources, or from one address."""

import json
import sys
from collections.abc import Mapping

import click

from commands.opening import open_reader
from commands.shown import show_item
from crawler.frontier.frontier import Frontier, FrontierUnavailable
from crawler.runs.due import due_sources
from crawler.runs.gathering import Gathering
from crawler.runs.run import CrawlSummary
from crawler.runs.run import crawl as gather
from crawler.sources import load_sources, source_for
from crawler.sources.invalid import InvalidSource, InvalidSourceFile
from domain.settings import settings
from domain.store import Database
from domain.store.gathering import sources
from domain.store.gathering.sources import SourceEntry, entry_of


@click.command()
@click.argument("names", nargs=-1, metavar="SOURCE…")
@click.option("--due", is_flag=True, help="Every source whose time has come.")
@click.option("--all", "all_of_them", is_flag=True, help="Every source that is not paused.")
@click.option("--url", help="An address that is in no source yet; needs --kind.")
@click.option("--kind", help="What the address is: page, feed, sitemap, listing, forum, json or cfpb.")
@click.option("--limit", type=click.IntRange(min=1), help="Take at most so many articles and posts of each source.")
@click.option("--dry-run", is_flag=True, help="Show what would be stored; store nothing.")
@click.option("--afresh", is_flag=True, help="Download and read unchanged pages again, too.")
@click.option("--json", "as_json", is_flag=True, help="End with one line of JSON, alone on standard output.")
def crawl(
    names: tuple[str, ...], due: bool, all_of_them: bool, url: str | None, kind: str | None, limit: int | None,
    dry_run: bool, afresh: bool, as_json: bool,
) -> None:  # fmt: skip
    """Gather public articles and posts. Exit status 0 when every run ended in order."""
    if sum((bool(names), due, all_of_them, url is not None)) != 1 or (url is None) != (kind is None):
        raise click.UsageError("Name sources, or give --due or --all, or --url with --kind.")

    def show(source: str, counts: Mapping[str, int]) -> None:
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        click.echo(f"{source}: {told}", err=as_json)

    # An article that a power cut takes is fetched again; those that several crawlers share are not, so they are kept.
    database = Database(settings().database_address, durable=bool(settings().frontier_url))
    if settings().frontier_url and database.is_sqlite and not dry_run:
        raise click.UsageError("FRONTIER_URL: several crawlers need a store on PostgreSQL (DATABASE_URL).")
    gathering = Gathering(
        database, open_reader(database), settings(), progress=show, limit=limit, afresh=afresh,
        shown=(lambda item: show_item(item, err=as_json)) if dry_run else None,
    )  # fmt: skip
    try:
        for entry in load_sources():
            sources.add_source(database, entry)
        chosen = (
            [source_for(url, kind or "")] if url is not None else _from_table(database, names, due, gathering.frontier)
        )
        summaries = gather(gathering, chosen)
    except (InvalidSource, InvalidSourceFile) as reason:
        raise click.UsageError(str(reason)) from reason
    except FrontierUnavailable as reason:
        raise click.ClickException(f"the frontier at FRONTIER_URL can't be reached: {reason}") from reason
    _print(summaries, as_json)
    sys.exit(0 if all(summary.in_order for summary in summaries) else 1)


def _from_table(database: Database, names: tuple[str, ...], due: bool, frontier: Frontier | None) -> list[SourceEntry]:
    known = {row.slug: row for row in sources.sources(database) if not row.options.get("sample")}
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(f"no source {', '.join(unknown)}; known are: {', '.join(known) or 'none'}")
    if due:
        return [entry_of(row) for row in due_sources(database, frontier)]
    wanted = [known[name] for name in dict.fromkeys(names)] if names else [r for r in known.values() if not r.paused]
    return [entry_of(row) for row in wanted]


def _print(summaries: list[CrawlSummary], as_json: bool) -> None:
    if as_json:
        ended = "finished" if all(summary.in_order for summary in summaries) else "failed"
        runs = [summary.as_json() for summary in summaries]
        click.echo(json.dumps({"outcome": ended, "runs": runs}, ensure_ascii=False))
        return
    for summary in summaries:
        odd = f" ({summary.warning})" if summary.warning else ""
        click.echo(f"\n{summary.source} ({summary.kind}, {summary.address}): {summary.outcome}{odd}")
        for name, count in summary.counts.items():
            inner = count.items() if isinstance(count, Mapping) else [("", count)]
            for part, number in inner:
                click.echo(f"{number:8} {name} {part}".rstrip())
