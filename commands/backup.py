"""`doorstep backup` and `doorstep restore`: the whole installation in one file, and back."""

from pathlib import Path

import click

from commands.opening import open_store_as_it_is
from domain.backup.making import Report, make_backup
from domain.backup.restoring import BadBackup, NeedsPassphrase, WrongPassphrase, restore_backup
from domain.settings import settings
from domain.store.snapshots import NotEmpty

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="In place of BACKUP_PASSPHRASE.",
)


@click.command()
@FILE
@click.option("--without-keys", is_flag=True, help="Leave the key files out; keep a copy of them elsewhere.")
@click.option("--with-archive", is_flag=True, help="Take the archived pages of the crawler along; they may be large.")
@PASSPHRASE_FILE
def backup(file: Path, without_keys: bool, with_archive: bool, passphrase_file: Path | None) -> None:
    """Write a copy of the store, the evidence and the keys to FILE, while everything goes on."""
    passphrase = _passphrase(passphrase_file)
    report = make_backup(open_store_as_it_is(), settings(), file, passphrase, not without_keys, with_archive)
    click.echo(f"{file}: {_told(report)}")
    if not passphrase and not without_keys:
        click.echo("The file is not sealed and holds the keys: whoever has it reads everything.", err=True)


@click.command()
@FILE
@PASSPHRASE_FILE
def restore(file: Path, passphrase_file: Path | None) -> None:
    """Fill an empty installation from the copy in FILE; then run `doorstep index rebuild`."""
    try:
        report = restore_backup(open_store_as_it_is(), settings(), file, _passphrase(passphrase_file))
    except FileNotFoundError as reason:
        raise click.ClickException(f"there is no file {file}") from reason
    except NeedsPassphrase as reason:
        raise click.ClickException("the file is sealed: set BACKUP_PASSPHRASE or give --passphrase-file") from reason
    except WrongPassphrase as reason:
        raise click.ClickException("this passphrase does not open the file, or the file is damaged") from reason
    except BadBackup as reason:
        raise click.ClickException(f"nothing was restored: {reason}") from reason
    except NotEmpty as reason:
        raise click.ClickException(f"nothing was restored: the store has rows in {reason}") from reason
    click.echo(f"Restored {_told(report)}. Now run: doorstep index rebuild")


def _passphrase(file: Path | None) -> str:
    return file.read_text("utf-8").strip() if file else settings().backup_passphrase


def _told(report: Report) -> str:
    files = ", ".join(f"{count} files of {name}" for name, count in report.files.items())
    return f"{sum(report.rows.values())} rows ({report.rows.get('complaint', 0)} complaints), {files or 'no files'}"
