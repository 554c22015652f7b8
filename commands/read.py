"""`doorstep read`: what a text says."""

import click


@click.command()
def read() -> None:
    """Say what a text says."""
