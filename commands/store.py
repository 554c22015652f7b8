"""`doorstep init`: the store made, migrated and given its registries."""

import click

from commands.opening import open_keys, open_store_as_it_is
from domain.lenders import load_registry
from domain.store import samples
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy


@click.command()
@click.option("--sample-if-new", is_flag=True, help="Also load the sample, if nothing was ever kept here before.")
def init(sample_if_new: bool) -> None:
    """Create and migrate the store and load lenders and tactics. Harmless when repeated."""
    database = open_store_as_it_is()
    migrate(database)
    new = registry.load_lenders(database, load_registry())
    registry.load_tactics(database, load_taxonomy())
    click.echo(f"The store is ready: {new} new lenders, {len(registry.tactics(database))} tactics.")
    keys = open_keys()
    if sample_if_new and samples.is_untouched(database):
        from domain import sample  # with it comes the reader, which no later start needs

        count = sample.load(database, keys)
        click.echo(f"Loaded a sample of {count} invented records; `doorstep sample remove` takes it away.")
