"""`doorstep read`: what a text says, for a person, for a program, for the scorer."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import click

from commands.opening import open_reader_without_store
from domain.models import COUNTED_ASSERTIONS
from domain.reading import Reader, Reading
from domain.script_families import families_of
from domain.scripts import script_shape


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="surrogateescape"), default="-")
@click.option("--json", "as_json", is_flag=True, help="Print the whole reading as JSON.")
@click.option("--jsonl", is_flag=True, help='Read lines of {"id", "text"} and print one line of findings for each.')
@click.option(
    "--scripts", is_flag=True, help='Read lines of {"id", "text"}, messages of collectors, and print families.'
)
@click.option(
    "--kind", type=click.Choice(["complaint", "article"]), default="complaint", help="Who speaks in the text."
)
@click.option("--lenders", type=click.Path(exists=True, path_type=Path), multiple=True, help="A further registry file.")
def read(file: TextIO, as_json: bool, jsonl: bool, scripts: bool, kind: str, lenders: tuple[Path, ...]) -> None:
    """Say what a text (FILE, or standard input) says: lenders, tactics, private data, each with its passage."""
    reader = open_reader_without_store(lenders)
    if jsonl:
        for line in _lines(file):
            click.echo(json.dumps(finding_line(line["id"], reader, line["text"], kind), ensure_ascii=False))
        return
    if scripts:
        for row in family_lines(reader, list(_lines(file))):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    reading = reader.read(file.read(), kind=kind)
    if as_json:
        click.echo(json.dumps(asdict(reading), ensure_ascii=False, indent=1))
    else:
        _print(reading)


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
    }


def family_lines(reader: Reader, lines: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return {"id", "family"} for messages of collectors ({"id", "text"}): those of one script have one family."""
    shapes = [script_shape(reader.read(line["text"], kind="complaint")) for line in lines]
    families = families_of(shapes)
    return [{"id": line["id"], "family": f"f{family}"} for line, family in zip(lines, families, strict=True)]


def _outcome(reading: Reading) -> dict[str, str] | None:
    return dict(zip(("threat", "outcome"), reading.threat_outcome, strict=True)) if reading.threat_outcome else None


def _lines(file: TextIO) -> Iterable[dict[str, str]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield {"id": row["id"], "text": row["text"]}
        except (ValueError, KeyError, TypeError) as error:
            print(f'line {number} is not {{"id", "text"}}: {error}', file=sys.stderr)
            raise SystemExit(2) from error


def _print(reading: Reading) -> None:
    click.echo(f"{reading.public_text}\n")
    click.echo(f"language: {reading.language}; about collection: {'yes' if reading.relevant else 'no'}")
    for lender in reading.lenders:
        click.echo(f"lender  {lender.slug} ({lender.role}) “{lender.surface}” at {lender.start}: {lender.reason}")
    for tactic in reading.tactics:
        click.echo(f"tactic  {tactic.code} ({tactic.assertion}) “{tactic.quote}” at {tactic.start}: {tactic.reason}")
    for mask in reading.masks:
        click.echo(f"masked  {mask.type} at {mask.original_start} of the original: {mask.reason}")
    for gap in reading.gaps:
        click.echo(f"gap     at {gap.position}, perhaps “{gap.guess}”")
