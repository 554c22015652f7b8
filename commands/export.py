"""`doorstep export`."""

import click


@click.command()
def export() -> None:
    """Export."""
