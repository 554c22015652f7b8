"""`doorstep export`: everything published, in one file."""

import os
from pathlib import Path

import click

from commands.opening import open_database
from domain.publishing.exporting import published_lines


@click.command()
@click.argument("what", type=click.Choice(["complaints", "articles"]))
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), required=True,
    help="The file to write; - for standard output.",
)  # fmt: skip
def export(what: str, form: str, out: Path) -> None:
    """Write everything published of WHAT. The file appears whole or not at all."""
    if str(out) == "-":
        for line in published_lines(open_database(), what, form):
            click.echo(line, nl=False)
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    lines = 0
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            for line in published_lines(open_database(), what, form):
                lines += file.write(line) > 0
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    heading = 1 if form == "csv" else 0
    click.echo(f"{max(lines - heading, 0)} {what} written to {out}")
