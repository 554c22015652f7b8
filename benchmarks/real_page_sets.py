"""Public sets of real pages with what people say of them, in the layouts in which their repositories lie.

None is fetched by us: clone one and give its folder. Known are scrapinghub/article-extraction-benchmark,
adbar/trafilatura, mozilla/readability, postlight/parser, immortal-autumn/Chinese-Web-Content-Extraction-Dataset, and
each half (`dev`, `test`) of Murrough-Foley/web-content-extraction-benchmark, its articles.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import html

from crawler.extraction.dates import day_of
from crawler.extraction.trees import lines_of

UNKNOWN_ADDRESS = "http://news.example/a.html"
# assert.equal(title, `…`) in the tests of postlight/parser, one file for each site
ASSERTED = r"assert\.equal\(\s*{name},\s*(?P<quote>['`\"])(?P<value>.*?)(?<!\\)(?P=quote)\s*\)"
FIXTURE = re.compile(r"fixtures/(?P<file>[^'`\"]+\.html)")
ADDRESS = re.compile(r"url\s*=\s*(?P<quote>['`\"])(?P<value>.*?)(?P=quote)", re.DOTALL)


@dataclass(frozen=True)
class RealPage:
    """A page and what is known of it: its whole text, or pieces that its text holds and pieces that it doesn't."""

    name: str
    url: str
    body: bytes
    text: str | None = None
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    title: str | None = None
    day: date | None = None


def read_set(folder: Path) -> list[RealPage]:
    """Return the pages of a set; raises ValueError where the folder is in none of the layouts."""
    for mark, pages in LAYOUTS.items():
        if (folder / mark).exists():
            return list(pages(folder))
    raise ValueError(f"{folder} holds none of {', '.join(LAYOUTS)}")


def _scrapinghub(folder: Path) -> Iterator[RealPage]:
    for name, known in json.loads((folder / "ground-truth.json").read_text()).items():
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield RealPage(name, known.get("url") or UNKNOWN_ADDRESS, body, text=known["articleBody"])


def _trafilatura(folder: Path) -> Iterator[RealPage]:
    tests = folder / "tests"
    for url, known in json.loads((tests / "evaldata.json").read_text()).items():
        file = next(path for part in ("cache", "eval") if (path := tests / part / known["file"]).is_file())
        yield RealPage(known["file"], url, file.read_bytes(), holds=tuple(known["with"]), lacks=tuple(known["without"]))


def _mozilla(folder: Path) -> Iterator[RealPage]:
    for page in sorted((folder / "test" / "test-pages").iterdir()):
        wanted = html.document_fromstring((page / "expected.html").read_text() or "<p></p>")
        known = json.loads((page / "expected-metadata.json").read_text())
        yield RealPage(
            page.name, UNKNOWN_ADDRESS, (page / "source.html").read_bytes(),
            text="\n".join(lines_of(wanted)), title=known.get("title"),
            day=day_of(known["publishedTime"]) if known.get("publishedTime") else None,
        )  # fmt: skip


def _postlight(folder: Path) -> Iterator[RealPage]:
    for test in sorted((folder / "src" / "extractors" / "custom").glob("*/index.test.js")):
        script = test.read_text()
        fixture, address = FIXTURE.search(script), ADDRESS.search(script)
        if fixture is None or not (folder / "fixtures" / fixture["file"]).is_file():
            continue
        title, day = _asserted(script, "title"), _asserted(script, "date_published")
        yield RealPage(
            test.parent.name, address["value"] if address else UNKNOWN_ADDRESS,
            (folder / "fixtures" / fixture["file"]).read_bytes(), title=title, day=day_of(day) if day else None,
        )  # fmt: skip


def _asserted(script: str, name: str) -> str | None:
    found = re.search(ASSERTED.format(name=name), script, re.DOTALL)
    return found["value"].replace("\\", "") if found else None


def _chinese(folder: Path) -> Iterator[RealPage]:
    for file in sorted((folder / "original").glob("*.html")):
        text, day = folder / "cleaned" / f"{file.stem}.txt", folder / "date" / f"{file.stem}.txt"
        if text.is_file():
            said = day.read_text().strip() if day.is_file() else ""
            yield RealPage(
                file.stem, UNKNOWN_ADDRESS, file.read_bytes(), text=text.read_text(),
                day=day_of(said[:10]) if said[:2] in ("19", "20") else None,
            )  # fmt: skip


def _many_kinds(folder: Path) -> Iterator[RealPage]:
    for file in sorted((folder / "ground-truth").glob("*.json")):
        told = json.loads(file.read_text())
        known = told.get("ground_truth") or {}
        if told.get("_internal", {}).get("page_type", {}).get("primary") == "article" and known.get("main_content"):
            body = gzip.decompress((folder / "html" / f"{file.stem}.html.gz").read_bytes())
            yield RealPage(file.stem, told.get("url") or UNKNOWN_ADDRESS, body, text=known["main_content"])


LAYOUTS = {
    "ground-truth.json": _scrapinghub,
    "tests/evaldata.json": _trafilatura,
    "test/test-pages": _mozilla,
    "src/extractors/custom": _postlight,
    "original": _chinese,
    "ground-truth": _many_kinds,
}
