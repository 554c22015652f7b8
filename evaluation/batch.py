"""Measure what is masked in texts whose private data is marked as in training/private_data.txt.

python -m evaluation.batch FILE [--missed]
"""

import re
from collections import Counter
from pathlib import Path

import click

from domain.lenders import load_registry
from domain.reading import Reader
from domain.settings import PROJECT_ROOT

KINDS = {
    "n": "names", "a": "addresses", "w": "works", "p": "telephones", "q": "accounts and mail", "i": "identity papers",
    "c": "cards", "t": "plates", "o": "contracts", "u": "links",
}  # fmt: skip
PERSONS_AND_PLACES = "naw"
SAMPLE_LENDERS = PROJECT_ROOT / "domain" / "sample" / "lenders.yaml"
MARK = re.compile(r"\{(\w):([^}]*)\}")
Span = tuple[str, int, int]


def unmarked(line: str) -> tuple[str, list[Span]]:
    """Return a text without its marks and the marked places as (letter, start, end); `\\n` stands for a new line."""
    line = line.replace("\\n", "\n")
    text, done, spans = "", 0, []
    for match in MARK.finditer(line):
        text += line[done : match.start()]
        spans.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        done = match.end()
    return text + line[done:], spans


def texts_of(path: Path) -> list[tuple[str, list[Span]]]:
    """Return the texts of a file, those that hold nothing private with them."""
    lines = path.read_text("utf-8").splitlines()
    return [unmarked(line) for line in lines if line and line[0] != "#" and line != "---"]


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--missed", is_flag=True, help="Print what was missed and what was masked for nothing too.")
def measure(path: Path, missed: bool) -> None:
    """Print what share of the private data of a file of marked texts is masked: of characters, and whole."""
    reader = Reader([*load_registry(), *load_registry(SAMPLE_LENDERS)])
    there, hit, places, whole = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    around = wrong = 0
    for text, spans in texts_of(path):
        masks = reader.mask(text).masks
        masked = {offset for mask in masks for offset in range(mask.original_start, mask.original_end)}
        private = {offset for _, start, end in spans for offset in range(start, end)}
        for kind, start, end in spans:
            found = masked.intersection(range(start, end))
            there[kind] += end - start
            hit[kind] += len(found)
            places[kind] += 1
            whole[kind] += len(found) == end - start
            if missed and len(found) < end - start:
                left = "".join(text[offset] if offset not in found else "_" for offset in range(start, end))
                print(f"missed: {kind} {text[start:end]!r} → {left!r} in {text!r}")
        around += len(text) - len(private)
        wrong += len(masked - private)
        for mask in masks if missed else ():
            if more := masked.intersection(range(mask.original_start, mask.original_end)) - private:
                place = text[mask.original_start : mask.original_end]
                print(f"for nothing: {len(more)} of {mask.type} {place!r} ({mask.reason}) in {text!r}")
    for kind, name in KINDS.items():
        if places[kind]:
            print(f"{name}: {hit[kind] / there[kind]:.3f} of characters, whole {whole[kind]} of {places[kind]}")
    persons = sum(there[kind] for kind in PERSONS_AND_PLACES)
    if persons:
        print(f"names, addresses, works: {sum(hit[kind] for kind in PERSONS_AND_PLACES) / persons:.3f}")
    print(f"masked for nothing: {wrong / around:.4f}")


if __name__ == "__main__":
    measure()
