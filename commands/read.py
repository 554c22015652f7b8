"""`doorstep read`: what a text says, for a person, for a program, for the scorer."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import click

from commands.decoding import decoded
from commands.opening import open_reader_without_store
from commands.read_lines import ReadableFile, TextLines
from commands.reading_in_words import reading_in_words
from domain.fingerprints.script_families import families_of
from domain.fingerprints.scripts import script_shape
from domain.language import passages_of
from domain.lenders import NotARegistry
from domain.models import COUNTED_ASSERTIONS
from domain.reading import Reader
from domain.readings import Reading


@click.command()
@click.argument("file", type=ReadableFile("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="Print the whole reading as JSON.")
@click.option("--jsonl", is_flag=True, help='Read lines of {"id", "text"} and print one line of findings for each.')
@click.option(
    "--scripts", is_flag=True, help='Read lines of {"id", "text"}, messages of collectors, and print families.'
)
@click.option(
    "--kind", type=click.Choice(["complaint", "article"]), default="complaint", help="Who speaks in the text."
)
@click.option("--lenders", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True,
              help="A further registry file, in the form of domain/lenders.yaml.")  # fmt: skip
def read(file: BinaryIO, as_json: bool, jsonl: bool, scripts: bool, kind: str, lenders: tuple[Path, ...]) -> None:
    """Say what a text (FILE, or standard input) says: lenders, tactics, private data, each with its passage."""
    if as_json + jsonl + scripts > 1:
        raise click.UsageError("--json, --jsonl and --scripts exclude each other.")
    reader = _reader(lenders)
    lines = TextLines(file)
    if jsonl:
        for line in lines:
            _put(finding_line(line["id"], reader, line["text"], kind))
    elif scripts:
        for row in family_lines(reader, list(lines)):
            _put(row)
    else:
        text = decoded(file.read())
        reading = reader.read(text, kind=kind)
        named = {find.slug for find in reading.lenders}
        guesses = [guess for guess in reader.guess_lenders(text) if guess.slug not in named]
        if as_json:
            document = reading_document(reading, text) | {
                "guesses": [asdict(one) for one in reader.guess_lenders(text)]
            }
            click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        else:
            click.echo(reading_in_words(reading, text, guesses))
    if lines.broken:
        click.echo(f"{lines.broken} not read, the others were", err=True)
        raise SystemExit(1)


def finding_line(name: str, reader: Reader, text: str, kind: str) -> dict[str, Any]:
    """Return what was found in one text, in the form that the scorer reads; offsets of private data are in `text`."""
    reading = reader.read(text, kind=kind)
    return {
        "id": name,
        "lenders": sorted(reading.subjects),
        "tactics": [{"code": find.code, "assertion": find.assertion} for find in reading.tactics if reading.relevant],
        "counted": sorted({find.code for find in reading.tactics if find.assertion in COUNTED_ASSERTIONS})
        if reading.relevant
        else [],
        "pii": [{"start": mask.original_start, "end": mask.original_end, "type": mask.type} for mask in reading.masks],
        "relevant": reading.relevant,
        "threat_outcome": _outcome(reading),
        "threats": [
            {
                "code": threat.code,
                "start": threat.original_start,
                "end": threat.original_end,
                "outcome": threat.outcome or None,
                "told": [threat.told.original_start, threat.told.original_end] if threat.told else None,
            }
            for threat in reading.threats
        ],
    }


def family_lines(reader: Reader, lines: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return {"id", "family"} for messages of collectors ({"id", "text"}): those of one script have one family."""
    shapes = [script_shape(reader.read(line["text"], kind="complaint")) for line in lines]
    families = families_of(shapes)
    return [{"id": line["id"], "family": f"f{family}"} for line, family in zip(lines, families, strict=True)]


def reading_document(reading: Reading, text: str) -> dict[str, Any]:
    """Return the whole reading of `text` for a program: every find with offsets in the public text and in `text`."""
    document = asdict(reading) | {"subjects": sorted(reading.subjects), "threat_outcome": _outcome(reading)}
    for find, tactic in zip(document["tactics"], reading.tactics, strict=True):
        find["counted"] = reading.relevant and tactic.assertion in COUNTED_ASSERTIONS
    document["passages"] = [asdict(passage) for passage in passages_of(text)]
    return document


def _reader(lenders: tuple[Path, ...]) -> Reader:
    try:
        return open_reader_without_store(lenders)
    except NotARegistry as error:
        raise click.UsageError(f"--lenders: not a registry of lenders: {error}") from error


def _outcome(reading: Reading) -> dict[str, str] | None:
    threat = reading.threat_outcome
    return {"threat": threat.code, "outcome": threat.outcome} if threat else None


def _put(row: dict[str, Any]) -> None:
    """Print one line; a lone surrogate of an id, which no encoding takes, goes out as it came in: as \\udfff."""
    click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace"))
