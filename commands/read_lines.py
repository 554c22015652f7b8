"""What `doorstep read` is given: a file, or lines of {"id", "text"} of which some may be broken."""

import json
import os
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

import click

from commands.decoding import decoded


class ReadableFile(click.File):
    """A file, or standard input where that is open: a program may start others without one."""

    def convert(
        self, value: str | os.PathLike[str] | IO[Any], param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[Any]:
        """Open the file."""
        try:
            return super().convert(value, param, ctx)
        except RuntimeError:
            self.fail("standard input is closed", param, ctx)


class TextLines:
    """The rows {"id", "text"} of a file in any encoding, as they come; `broken` counts the lines that are none.

    Each of those is named on standard error, and the others are read: whoever gives a thousand texts wants 999 of them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.broken = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        seen: dict[str | int, int] = {}
        for number, line in enumerate(_decoded_lines(self._file), 1):
            if not line.strip():
                continue
            try:
                row = _row(line)
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                self.broken += 1
                reason = f"{error} is missing" if isinstance(error, KeyError) else error
                click.echo(f'line {number} is not {{"id": …, "text": …}}: {reason}', err=True)
                continue
            first = seen.setdefault(row["id"], number)
            if first != number:
                click.echo(f"line {number} has the id of line {first}; both are read", err=True)
            yield row


def _row(line: str) -> dict[str, Any]:
    row = json.loads(line)
    name, text = row["id"], row["text"]
    if isinstance(name, bool) or not isinstance(name, str | int) or not isinstance(text, str):
        raise TypeError("id is a string or a whole number, text a string")
    return {"id": name, "text": text}


def _decoded_lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines as text. One in UTF-16 or UTF-32 is read to its end first: there a line's end is two bytes."""
    for number, line in enumerate(file):
        if number == 0 and b"\0" in line:
            yield from decoded(line + file.read()).split("\n")
        else:
            yield decoded(line).removeprefix("\ufeff")
