"""`doorstep staff`: moderation from the command line."""

import getpass

import click

from commands.opening import open_database
from domain.store import complaints


@click.group()
def staff() -> None:
    """Moderate from the command line."""


@staff.command()
@click.argument("ids", nargs=-1, metavar="ID…")
@click.option("--all-received", is_flag=True, help="Publish every complaint that waits and may be published.")
def publish(ids: tuple[str, ...], all_received: bool) -> None:
    """Publish complaints: readers see them as soon as the worker has carried them to the index."""
    if bool(ids) == all_received:
        raise click.UsageError("Name complaints, or give --all-received.")
    database = open_database()
    refused = 0
    for complaint_id in ids or complaints.received_ids(database):
        try:
            complaints.publish(database, complaint_id, f"command line: {getpass.getuser()}")
            click.echo(f"{complaint_id} published")
        except complaints.UnknownComplaint:
            refused += 1
            click.echo(f"{complaint_id} is not the id of a complaint", err=True)
        except complaints.WrongState as reason:
            refused += 1
            click.echo(f"not published: {reason}", err=True)
    if refused:
        raise SystemExit(1)
