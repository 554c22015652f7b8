"""`doorstep index`: the search index brought up to date, rebuilt, compared with the store."""

import json
from dataclasses import asdict

import click

from commands.opening import open_database, open_index
from domain.store import outbox
from indexer.check import check as compare
from indexer.rebuild import rebuild as rebuild_index
from indexer.sync import sync as sync_index


@click.group()
def index() -> None:
    """Bring the index up to date, rebuild it, or compare it with the store."""


@index.command()
@click.option("--retry-set-aside", is_flag=True, help="Also try again what was set aside as poisonous.")
def sync(retry_set_aside: bool) -> None:
    """Carry every waiting change to the index."""
    database = open_database()
    if retry_set_aside:
        click.echo(f"{outbox.retry_set_aside(database)} rows that were set aside are tried again")
    click.echo(json.dumps(asdict(sync_index(database, open_index()))))


@index.command()
def rebuild() -> None:
    """Fill a new index from the store, check its count and swap it in; search goes on meanwhile."""
    click.echo(json.dumps(asdict(rebuild_index(open_database(), open_index()))))


@index.command()
def check() -> None:
    """Compare ids, versions and contents with the store; print the differences as JSON, exit 1 when there are any."""
    differences = compare(open_database(), open_index())
    click.echo(json.dumps(asdict(differences), ensure_ascii=False, indent=1))
    if any(asdict(differences).values()):
        raise SystemExit(1)
