"""The command `doorstep`: one module a group of commands, each a thin face of a function elsewhere."""

import gc
from importlib import import_module
from typing import Any

import click

# {command: the module that holds it}
MODULES = {
    "audit": "audit", "backup": "backup", "crawl": "crawl", "export": "export", "index": "index", "init": "store",
    "read": "read", "restore": "backup", "retag": "retag", "retention": "retention", "routes": "routes",
    "sample": "sample", "serve": "processes", "source": "source", "staff": "staff", "web": "processes",
    "worker": "processes",
}  # fmt: skip


class Commands(click.Group):
    """Imports the module of a command when it is called: the site's and the crawler's parts take seconds to load."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None."""
        if cmd_name not in MODULES:
            return None
        # Nothing of what is loaded is garbage: to look for some took a sixth of the time.
        gc.disable()
        command: click.Command = getattr(import_module(f"commands.{MODULES[cmd_name]}"), cmd_name)
        gc.freeze()
        gc.enable()
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A store or an index that can't be used is told in one line."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            from commands.failing import in_words  # here, as `doorstep --help` needs none of it

            words = in_words(error)
            if words is None:
                raise
            raise click.ClickException(words) from error


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="doorstep")
def doorstep() -> None:
    """Doorstep (催收观察): how lenders collect debts, as borrowers tell it and as it is written about."""
