"""How well text, title and day are found on public sets of real pages, beside the libraries that do the same.

`python -m benchmarks.real_pages FOLDER… [--worst N]`: clones of the repositories that `benchmarks/real_page_sets.py`
names. Nothing is fetched.
Texts by the measure of scrapinghub's set (runs of four words, or of four characters where a text is Chinese) and by
pairs of characters; pieces that a text holds and lacks by trafilatura's own measure.
"""

import argparse
import logging
import multiprocessing
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import trafilatura
from htmldate import find_date
from readability import Document

from benchmarks.extraction import by_readability, f1
from benchmarks.real_page_sets import RealPage, read_set
from crawler.extraction.encoding import decode
from crawler.extraction.page import Page, read_page
from crawler.refusals import Refused

TODAY = date(2026, 11, 25)
RUN = 4
# Each Han character is a word of its own: between spaces a Chinese sentence would be one word.
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
OURS = "ours"

Way = Callable[[RealPage], str]


def our_page(page: RealPage) -> Page | None:
    """Return a page as the crawler reads it; None where it refuses it."""
    try:
        return read_page(page.body, "", [], page.url, "Doorstep", TODAY, False)
    except Refused:
        return None


def _ours(page: RealPage) -> str:
    read = our_page(page)
    return "\n".join(read.lines) if read else ""


def _trafilatura(page: RealPage, **options: Any) -> str:
    return trafilatura.extract(page.body, include_comments=False, **options) or ""


def _readability(page: RealPage) -> str:
    try:
        return by_readability(page.body)
    except Exception:  # it has no error of its own for pages that it can't read
        return ""


WAYS: dict[str, Way] = {
    OURS: _ours,
    "trafilatura": _trafilatura,
    "trafilatura, precision": lambda page: _trafilatura(page, favor_precision=True),
    "trafilatura, recall": lambda page: _trafilatura(page, favor_recall=True),
    "readability-lxml": _readability,
}


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text; a shorter text is one run."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))) if words else Counter()


def by_runs(found: str, wanted: str) -> tuple[float, float]:
    """Return precision and recall of a text over runs of four words."""
    one, other = runs(found), runs(wanted)
    both, found_runs, wanted_runs = (sum(runs.values()) for runs in (one & other, one, other))
    if not found_runs and not wanted_runs:
        return 1.0, 1.0
    return both / found_runs if found_runs else 0.0, both / wanted_runs if wanted_runs else 0.0


def pieces(page: RealPage, found: str) -> tuple[int, int, int]:
    """Return how many pieces of the text were found, how many of the rest of the page, and how many are missing."""
    plain = " ".join(found.split())
    held = sum(" ".join(piece.split()) in plain for piece in page.holds)
    return held, sum(" ".join(piece.split()) in plain for piece in page.lacks), len(page.holds) - held


def texts_of(page: RealPage) -> list[str]:
    """Return the text of a page in each way."""
    logging.disable(logging.CRITICAL)
    return [way(page) for way in WAYS.values()]


def harmonic(precision: float, recall: float) -> float:
    """Return F1."""
    return 2 * precision * recall / ((precision + recall) or 1)


def print_texts(name: str, pages: Sequence[RealPage], texts: Sequence[list[str]], worst: int) -> bool:
    """Print the figures of whole texts; return whether ours is at least the best of the others."""
    print(f"{name}: {len(pages)} pages with their text; runs of four words, and pairs of characters")
    figures = {}
    for number, way in enumerate(WAYS):
        shares = [by_runs(text[number], page.text or "") for page, text in zip(pages, texts, strict=True)]
        precision, recall = mean(share[0] for share in shares), mean(share[1] for share in shares)
        pairs = mean(f1(text[number], page.text or "") for page, text in zip(pages, texts, strict=True))
        figures[way] = harmonic(precision, recall)
        print(f"  {way:24}F1 {figures[way]:.3f}  precision {precision:.3f}  recall {recall:.3f}  pairs {pairs:.3f}")
    lost = []
    for page, text in zip(pages, texts, strict=True):
        own, *others = [harmonic(*by_runs(found, page.text or "")) for found in text]
        lost.append((own - max(others), page.name))
    _print_worst(lost, worst)
    return figures[OURS] >= max(figure for way, figure in figures.items() if way != OURS)


def print_pieces(name: str, pages: Sequence[RealPage], texts: Sequence[list[str]], worst: int) -> bool:
    """Print the figures of pieces of texts; return whether ours is at least the best of the others."""
    print(f"{name}: {len(pages)} pages with pieces that their text holds and lacks")
    figures = {}
    for number, way in enumerate(WAYS):
        counted = [pieces(page, text[number]) for page, text in zip(pages, texts, strict=True)]
        found, wrong, missing = (sum(numbers) for numbers in zip(*counted, strict=True))
        precision, recall = found / ((found + wrong) or 1), found / ((found + missing) or 1)
        figures[way] = harmonic(precision, recall)
        print(f"  {way:24}F1 {figures[way]:.3f}  precision {precision:.3f}  recall {recall:.3f}")
    lost = []
    for page, text in zip(pages, texts, strict=True):
        points = [held - wrong for held, wrong, _missing in (pieces(page, found) for found in text)]
        lost.append((float(points[0] - max(points[1:])), page.name))
    _print_worst(lost, worst)
    return figures[OURS] >= max(figure for way, figure in figures.items() if way != OURS)


def _print_worst(lost: Iterable[tuple[float, str]], worst: int) -> None:
    for points, name in sorted(lost)[:worst]:
        print(f"    {points:+.3f} beside the best of the others: {name}")


def marks_of(page: RealPage) -> dict[str, tuple[str, ...] | tuple[date | None, ...]]:
    """Return title and day of a page: ours, trafilatura's, and readability's and htmldate's."""
    logging.disable(logging.CRITICAL)
    read, told = our_page(page), trafilatura.extract_metadata(page.body, default_url=page.url)
    text = decode(page.body)
    try:
        theirs = Document(text).short_title()
    except Exception:  # as above
        theirs = ""
    try:
        found = find_date(text, url=page.url, original_date=True)
    except Exception:  # nor has htmldate
        found = None
    days = [told.date if told else None, found]
    return {
        "titles": ((read.title if read else "") or "", (told.title if told else "") or "", theirs),
        "days": (read.published_on if read else None, *(date.fromisoformat(day) if day else None for day in days)),
    }


def print_marks(name: str, pages: Sequence[RealPage], marks: Sequence[dict[str, tuple[Any, ...]]], worst: int) -> None:
    """Print how many titles and days are right, letter for letter but for spaces, of those that the set tells."""
    for what, others in (("titles", ("readability-lxml",)), ("days", ("htmldate",))):
        known = []
        for page, found in zip(pages, marks, strict=True):
            if wanted := page.title if what == "titles" else page.day:
                known.append((page.name, _plain(wanted), [_plain(value) for value in found[what]]))
        if not known:
            continue
        told = ", ".join(
            f"{way} {sum(found[number] == wanted for _, wanted, found in known)}"
            for number, way in enumerate((OURS, "trafilatura", *others))
        )
        print(f"{name}: {len(known)} pages with their {what}; right: {told}")
        wrong = [line for line in known if line[2][0] != line[1]]
        for page_name, wanted, found in wrong[:worst]:
            print(f"    {page_name}: wanted {wanted!r}, found {found}")


def _plain(value: str | date | None) -> str:
    return "".join(str(value or "").replace("’", "'").split())


def main(arguments: Sequence[str]) -> int:
    """Measure every set that was named; return 1 where another way finds the text better."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="name so many pages at which ours is behind")
    wanted = parser.parse_args(arguments)
    held = []
    with multiprocessing.Pool(2) as pool:
        for folder in wanted.folders:
            name, pages = folder.resolve().name, read_set(folder)
            whole, parts = [p for p in pages if p.text is not None], [p for p in pages if p.holds]
            if whole:
                held.append(print_texts(name, whole, pool.map(texts_of, whole, chunksize=4), wanted.worst))
            if parts:
                held.append(print_pieces(name, parts, pool.map(texts_of, parts, chunksize=4), wanted.worst))
            told = [page for page in pages if page.title or page.day]
            if told:
                print_marks(name, told, pool.map(marks_of, told, chunksize=4), wanted.worst)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
