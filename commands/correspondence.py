"""`doorstep staff ask, letters, evidence, release`: letters to borrowers and the files that they added."""

from pathlib import Path

import click

from commands.acting import actor
from commands.deciding import decide_or_refuse
from commands.opening import open_database, open_keys
from domain.evidence.kinds import KINDS
from domain.evidence.vault import open_vault
from domain.filings import returning
from domain.settings import settings
from domain.store import audit
from domain.store.intake import evidence as evidence_store
from domain.store.intake import messages
from domain.store.intake.complaints import UnknownComplaint
from domain.store.moderating import releasing


@click.command()
@click.argument("complaint_id", metavar="ID")
@click.argument("text")
def ask(complaint_id: str, text: str) -> None:
    """Ask the borrower of a complaint, who reads it with the receipt; what waits is held until the answer."""
    if not text.strip():
        raise click.UsageError("The letter is empty.")
    decide_or_refuse(complaint_id, "asked", "", text)


@click.command()
@click.argument("complaint_id", metavar="ID", required=False)
def letters(complaint_id: str | None) -> None:
    """Show the letters about a complaint; without ID, which complaints wait for an answer of yours."""
    database = open_database()
    if complaint_id is None:
        for waiting in messages.waiting_for_an_answer(database):
            click.echo(waiting)
        return
    for letter in returning.opened(open_keys(), messages.letters_of(database, complaint_id)):
        click.echo(f"{letter.written_at:%Y-%m-%d %H:%M} {letter.written_by}: {letter.text}")


@click.command()
@click.argument("complaint_id", metavar="ID")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write the stripped copies into this folder."
)
@click.option(
    "--originals", is_flag=True, help="Write the originals instead: open them on a machine without a network."
)
def evidence(complaint_id: str, out: Path | None, originals: bool) -> None:
    """List the files of a complaint, or write them out to look at them."""
    vault, database = open_vault(settings()), open_database()
    for file in evidence_store.files_of(database, complaint_id):
        state = "released" if file.released_at else "not released"
        click.echo(f"{file.number} {file.kind} {file.size} bytes sha256 {file.sha256} {state}")
        if out is not None:
            # Noted before anything is written out: no look at a file goes unnoted.
            seen = "evidence.original_seen" if originals else "evidence.seen"
            audit.note_alone(database, actor(), seen, complaint_id, file=file.number)
            out.mkdir(parents=True, exist_ok=True)
            name, kind = (file.original, file.kind) if originals else (file.copy, file.copy_kind)
            with (out / f"{complaint_id}-{file.number}.{KINDS[kind].ending}").open("wb") as target:
                target.writelines(vault.read(name))


@click.command()
@click.argument("complaint_id", metavar="ID")
@click.argument("number", type=int)
@click.option("--take-back", is_flag=True, help="Show it to readers no more.")
def release(complaint_id: str, number: int, take_back: bool) -> None:
    """Let readers see the stripped copy of a file, once you have looked at it."""
    step = releasing.take_back if take_back else releasing.release
    try:
        step(open_database(), complaint_id, number, None, actor())
    except (UnknownComplaint, evidence_store.UnknownFile):
        raise click.ClickException(f"{complaint_id} has no file {number}") from None
    click.echo(f"{complaint_id} {number} {'taken back' if take_back else 'released'}")


COMMANDS = (ask, letters, evidence, release)
