"""`doorstep staff`: moderation and accounts from the command line."""

from collections.abc import Callable

import click

from commands import correspondence, deciding
from commands.acting import actor
from commands.opening import open_account_keys, open_database
from domain.accounts import codes, passwords
from domain.accounts.signing_in import new_token
from domain.models import STAFF_ROLES
from domain.settings import settings
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.staff import accounts
from domain.store.staff.accounts import RefusedAccount, UnknownAccount

REFUSALS = {
    "name": "a name has 2 to 40 letters or digits, with dots, hyphens or underscores between them",
    "taken": "there is an account of this name",
    "role": f"the role must be one of {', '.join(STAFF_ROLES)}",
    "lender": "a representative needs --lender with a slug of the registry, and nobody else has one",
    "last_admin": "this is the last admin; make somebody else admin first",
}
SITE = click.option("--site", help="The site's own address, https://…, for the invitation.")


@click.group()
def staff() -> None:
    """Moderate, and keep the accounts of those who work here."""


for command in (*correspondence.COMMANDS, *deciding.COMMANDS):
    staff.add_command(command)


@staff.command()
@click.argument("ids", nargs=-1, metavar="ID…")
@click.option("--all-received", is_flag=True, help="Publish every complaint that waits and may be published.")
def publish(ids: tuple[str, ...], all_received: bool) -> None:
    """Publish complaints: readers see them as soon as the worker has carried them to the index."""
    if bool(ids) == all_received:
        raise click.UsageError("Name complaints, or give --all-received.")
    database = open_database()
    refused = 0
    for complaint_id in ids or complaints.received_ids(database):
        try:
            complaints.publish(database, complaint_id, actor())
            click.echo(f"{complaint_id} published")
        except complaints.UnknownComplaint:
            refused += 1
            click.echo(f"{complaint_id} is not the id of a complaint", err=True)
        except complaints.WrongState as reason:
            refused += 1
            click.echo(f"not published: {reason}", err=True)
    if refused:
        raise SystemExit(1)


@staff.command()
@click.argument("name")
@click.option("--role", type=click.Choice(STAFF_ROLES), required=True)
@click.option("--lender", default="", help="The slug of a representative's lender.")
@click.option("--password", "ask", is_flag=True, help="Set password and app here, in place of an invitation.")
@SITE
def add(name: str, role: str, lender: str, ask: bool, site: str | None) -> None:
    """Add an account, and print the one-time address by which its owner sets password and second factor."""
    token = new_token()
    _or_refuse(lambda: accounts.invite(open_database(), open_account_keys(), token, name, role, actor(), lender))
    if ask:
        _join_here(token)
    else:
        _print_invitation(token, site)


@staff.command("list")
def list_accounts() -> None:
    """List the accounts with their roles and states."""
    for account in accounts.accounts(open_database()):
        state = "deactivated" if account.deactivated_at else "active" if account.password_hash else "invited"
        click.echo(
            f"{account.name:20} {account.role:15} {state:12} {account.lender.slug if account.lender else ''}".rstrip()
        )


@staff.command()
@click.argument("name")
def deactivate(name: str) -> None:
    """Let an account in no more; its sessions end at once."""
    _or_refuse(lambda: accounts.deactivate(open_database(), name, actor()))
    click.echo(f"{name} is deactivated")


@staff.command()
@click.argument("name")
def reactivate(name: str) -> None:
    """Let a deactivated account in again."""
    _or_refuse(lambda: accounts.reactivate(open_database(), name, actor()))
    click.echo(f"{name} is active")


@staff.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(STAFF_ROLES))
@click.option("--lender", default="", help="The slug of a representative's lender.")
def change_role(name: str, role: str, lender: str) -> None:
    """Change what somebody may do; their sessions end at once."""
    _or_refuse(lambda: accounts.set_role(open_database(), name, role, actor(), lender))
    click.echo(f"{name} is {role}")


@staff.command("reset-totp")
@click.argument("name")
@SITE
def reset_totp(name: str, site: str | None) -> None:
    """Take away an account's password, app, codes and keys, and print the address by which they are set anew."""
    token = new_token()
    _or_refuse(lambda: accounts.reset(open_database(), open_account_keys(), token, name, actor()))
    _print_invitation(token, site)


def _or_refuse(do: Callable[[], None]) -> None:
    try:
        do()
    except RefusedAccount as refusal:
        raise click.ClickException(REFUSALS[refusal.code]) from refusal
    except UnknownAccount as refusal:
        raise click.ClickException(f"there is no account {refusal}") from refusal


def _print_invitation(token: str, site: str | None) -> None:
    site = (site or f"http://{settings().host}:{settings().port}").rstrip("/")
    click.echo(f"{site}/staff/join/{token}")
    click.echo("The address works once, for three days. Whoever has it takes the account.", err=True)


def _join_here(token: str) -> None:
    database, keys = open_database(), open_account_keys()
    who = accounts.invitation(database, keys, token)
    if who is None:
        raise click.ClickException("the invitation is gone")
    password = click.prompt("Password (12 characters at least)", hide_input=True, confirmation_prompt=True)
    while refusal := passwords.refusal_of(password, who.name):
        click.echo(f"This password is not taken: {refusal.replace('_', ' ')}.", err=True)
        password = click.prompt("Password (12 characters at least)", hide_input=True, confirmation_prompt=True)
    click.echo(f"Key for the authenticator app: {who.secret}\n{codes.enrolment_address(who.secret, who.name)}")
    while (step := codes.step_of(who.secret, click.prompt("The six digits that the app shows now"), now())) is None:
        click.echo("This is not the code of now.", err=True)
    made = accounts.accept(database, keys, token, passwords.hash_password(password), step)
    click.echo("Recovery codes, each good once; write them down:\n" + "\n".join(made or ()))
