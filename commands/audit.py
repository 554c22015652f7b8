"""`doorstep audit`: the log of who did what."""

import json
from dataclasses import asdict

import click

from commands.opening import open_store_as_it_is
from domain.safekeeping.anchors import read_anchors, write_anchor
from domain.settings import settings
from domain.store import audit as log
from domain.store.audit_check import check
from domain.store.database import now


@click.group()
def audit() -> None:
    """Check the log of who did what."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Name every event that was altered, taken out or put in; exit 1 when there is any."""
    database, folder = open_store_as_it_is(), settings().keys_folder
    verdict = check(database, read_anchors(folder))
    if as_json:
        click.echo(json.dumps(asdict(verdict), ensure_ascii=False, indent=1))
    else:
        for finding in verdict.findings:
            click.echo(finding.text)
    if verdict.findings:
        raise SystemExit(1)
    write_anchor(folder, *log.head(database), now())
    if not as_json:
        click.echo(f"The log is whole: {verdict.events} events, {verdict.anchors} anchors.")
