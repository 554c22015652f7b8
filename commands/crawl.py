"""`doorstep crawl`."""

import click


@click.command()
def crawl() -> None:
    """Gather."""
