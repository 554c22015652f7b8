"""`doorstep staff queue, hold, reject, reopen`: what waits, and decisions as on the page."""

import click

from commands.acting import actor
from commands.opening import open_database, open_keys
from domain.moderation import moderating
from domain.moderation.moderating import REASONS, ReasonMissing
from domain.store.database import now
from domain.store.intake import messages
from domain.store.intake.complaints import UnknownComplaint, WrongState
from domain.store.moderating import queue as queue_store
from domain.store.moderating.queue import QueueFilter
from domain.store.moderating.queue_marks import STATES


@click.command()
@click.option("--state", type=click.Choice(list(STATES)), default="waiting", show_default=True)
@click.option("--lender", default="", help="The slug of a lender.")
@click.option("--tactic", default="", help="The code of a tactic.")
@click.option("--limit", type=click.IntRange(1, 1000), default=25, show_default=True)
def queue(state: str, lender: str, tactic: str, limit: int) -> None:
    """List what waits, oldest and gravest first: id, gravity, days, lender, tactics."""
    asked = QueueFilter(state=state, lender=lender, tactic=tactic)
    for row in queue_store.queue_page(open_database(), asked, size=limit).rows:
        codes = ",".join(dict.fromkeys(code for code, _, counted in row.tactics if counted))
        days = (now() - row.received_at).days
        click.echo(f"{row.id} gravity {row.gravity} {days} days {row.lender or row.lender_text or '-'} {codes or '-'}")


@click.command()
@click.argument("complaint_id", metavar="ID")
@click.option("--reason", type=click.Choice(REASONS["held"]), required=True)
@click.option("--note", default="", help="For moderators; needed with the reason other.")
def hold(complaint_id: str, reason: str, note: str) -> None:
    """Hold a complaint back; a published one is shown no more."""
    decide_or_refuse(complaint_id, "held", reason, note)


@click.command()
@click.argument("complaint_id", metavar="ID")
@click.argument("text")
@click.option("--reason", type=click.Choice(REASONS["rejected"]), default="other", show_default=True)
def reject(complaint_id: str, text: str, reason: str) -> None:
    """Do not publish a complaint; the borrower reads TEXT with the receipt."""
    decide_or_refuse(complaint_id, "rejected", reason, text)


@click.command()
@click.argument("complaint_id", metavar="ID")
@click.option("--reason", type=click.Choice(REASONS["reopened"]), required=True)
@click.option("--note", default="", help="For moderators; needed with the reason other.")
def reopen(complaint_id: str, reason: str, note: str) -> None:
    """Let a decided complaint wait again."""
    decide_or_refuse(complaint_id, "reopened", reason, note)


def decide_or_refuse(complaint_id: str, decision: str, reason: str, words: str) -> None:
    """Decide on a complaint as it is now, or say why that can't be."""
    try:
        moderating.decide(open_database(), open_keys(), complaint_id, None, decision, reason, words, actor())
    except UnknownComplaint:
        raise click.ClickException(f"{complaint_id} is not the id of a complaint, or it was withdrawn") from None
    except WrongState as refusal:
        raise click.ClickException(f"not {decision}: {refusal}") from None
    except ReasonMissing:
        raise click.UsageError("Say why in words.") from None
    except messages.TooManyLetters:
        raise click.ClickException(f"{complaint_id} has {messages.MOST_LETTERS} letters already") from None
    click.echo(f"{complaint_id} {decision}")


COMMANDS = (queue, hold, reject, reopen)
