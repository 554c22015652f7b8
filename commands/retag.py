"""`doorstep retag`: read everything again with the present reader."""

import json
from dataclasses import asdict

import click

from commands.opening import open_database, open_reader
from domain.retagging import retag as read_again
from domain.settings import settings
from domain.store.retagging.retag import Counts


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one line of JSON.")
def retag(as_json: bool) -> None:
    """Read every complaint and article again; write and re-index only what changed.

    For after a new version or new names of lenders. What people said, and what moderators edited or took away, stays.
    An interrupted run goes on where it was.
    """
    database = open_database()

    def show(kind: str, counts: Counts) -> None:
        click.echo(f"{counts.read} {kind} read, {counts.changed} changed", err=True)

    progress = settings().data_dir / "retag.json"
    totals = read_again(database, open_reader(database), progress, show)
    if as_json:
        click.echo(json.dumps({kind: asdict(counts) for kind, counts in totals.items()}))
        return
    for kind, counts in totals.items():
        told = [f"{number} {name.replace('_', ' ')}" for name, number in asdict(counts).items() if number]
        click.echo(f"{kind}: {', '.join(told) or 'none'}")
