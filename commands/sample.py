"""`doorstep sample`: invented records on invented lenders, to look at before there are real ones."""

import click

from commands.opening import open_database, open_keys
from domain import sample as invented


@click.group()
def sample() -> None:
    """Load or remove the sample."""


@sample.command()
def load() -> None:
    """Load the sample: complaints and articles on lenders that do not exist, marked as sample on every page."""
    count = invented.load(open_database(), open_keys())
    click.echo(f"Loaded {count} sample records." if count else "The sample is there already.")


@sample.command()
def remove() -> None:
    """Remove every sample record and the invented lenders; the index follows within seconds while the worker runs."""
    click.echo(f"Removed {invented.remove(open_database())} sample records.")
