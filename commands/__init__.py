"""The command `doorstep`: one module a group of commands, each a thin face of a function elsewhere."""

import click

from commands import crawl, export, index, processes, read, routes, sample, staff, store


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="doorstep")
def doorstep() -> None:
    """Doorstep (催收观察): how lenders collect debts, as borrowers tell it and as it is written about."""


for command in (
    store.init, processes.serve, processes.web, processes.worker, crawl.crawl, read.read, index.index,
    export.export, staff.staff, sample.sample, routes.routes,
):  # fmt: skip
    doorstep.add_command(command)
