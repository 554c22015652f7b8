"""`doorstep retention`: what was kept long enough."""

import json
from dataclasses import asdict

import click

from commands.acting import actor
from commands.opening import open_database
from domain.evidence.vault import open_vault
from domain.moderation import retention as keeping
from domain.settings import settings


@click.group()
def retention() -> None:
    """See or erase what the settings say has been kept long enough."""


@retention.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def preview(as_json: bool) -> None:
    """Show what would be erased now."""
    policy = keeping.policy_of(settings())
    due = keeping.preview(open_database(), policy)
    if as_json:
        click.echo(json.dumps(asdict(due), default=str, indent=1))
        return
    if not policy.is_on:
        click.echo("Nothing is ever erased: RETENTION_ORIGINALS_DAYS and RETENTION_EVIDENCE_DAYS are 0.")
    for what, rows in (("original", due.originals), ("evidence", due.evidence), ("dispute", due.disputes)):
        for one in rows:
            click.echo(
                f"{what} {one.id} {one.status} since {one.decided_at:%Y-%m-%d}"
                + f" {one.files} files" * bool(one.files)
            )
    click.echo(
        f"{len(due.originals)} originals, evidence of {len(due.evidence)} complaints, {len(due.disputes)} disputes"
    )


@retention.command()
def run() -> None:
    """Erase it. This can't be undone."""
    erased = keeping.run(open_database(), open_vault(settings()), keeping.policy_of(settings()), actor())
    click.echo(
        f"Erased {erased.originals} originals, the evidence of {erased.evidence} complaints "
        f"and the words of {erased.disputes} disputes."
    )
