"""How well the main text is found, beside trafilatura and readability-lxml alone, on our own pages and the small web's.

F1 over pairs of neighbouring characters, spaces left out, mean of all pages. Needs ../shared/web.
`python -m benchmarks.extraction [SEED…]`; the seeds are those of the small web, and never the ones it was tuned on.
"""

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from statistics import mean

import trafilatura
from lxml import html
from readability import Document

from benchmarks.extraction_pages import pages
from crawler.extraction.encoding import decode
from crawler.extraction.page import read_page
from crawler.extraction.trees import lines_of
from domain.settings import PROJECT_ROOT

WEB = PROJECT_ROOT.parent / "shared" / "web"
TODAY = date(2026, 11, 25)
SITES = ("farm", "news", "en")
OWN_PAGES = 240

Extract = Callable[[bytes], str]


def ours(body: bytes) -> str:
    """Return the main text as the crawler takes it, with whatever the page is not an article for left in."""
    return "\n".join(read_page(body, "text/html", [], "http://news.example/a.html", "Doorstep", TODAY, False).lines)


def by_trafilatura(body: bytes) -> str:
    """Return what trafilatura takes, comments left out."""
    return trafilatura.extract(decode(body), include_comments=False) or ""


def by_readability(body: bytes) -> str:
    """Return the text of what readability-lxml takes."""
    summary = Document(decode(body)).summary(html_partial=True)
    return "\n".join(lines_of(html.document_fromstring(summary))) if summary.strip() else ""


WAYS: dict[str, Extract] = {"ours": ours, "trafilatura": by_trafilatura, "readability-lxml": by_readability}


def f1(found: str, wanted: str) -> float:
    """Return the harmonic mean of precision and recall over pairs of characters."""
    one, other = _pairs(found), _pairs(wanted)
    both = sum((one & other).values())
    return 2 * both / (sum(one.values()) + sum(other.values()) or 1)


def _pairs(text: str) -> Counter[str]:
    plain = "".join(text.split())
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def small_web(seed: int) -> list[tuple[bytes, str]]:
    """Return the articles of the small web: the page and its main text; those on several pages are left out."""
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "web.py", "serve", "--ports-from", "0", "--seed", str(seed), "--latency", "0"],
        cwd=WEB, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        control = json.loads(next(iter(server.stdout or ())))["control"]
        records = [json.loads(line) for line in opener.open(f"{control}/__urls__").read().decode().splitlines()]
        split = {record.get("part_of") for record in records}
        wanted = [
            record for record in records
            if record["expect"] == "article" and record["site"] in SITES and record["url"] not in split
        ]  # fmt: skip
        return [(opener.open(record["url"]).read(), record["text"]) for record in wanted]
    finally:
        server.terminate()


def measure(name: str, known: Iterable[tuple[bytes, str]]) -> bool:
    """Print the F1 of each way on a set; return whether ours is at least the better of the others."""
    known = list(known)
    figures = {way: mean(f1(extract(body), wanted) for body, wanted in known) for way, extract in WAYS.items()}
    told = ", ".join(f"{way} {figure:.3f}" for way, figure in figures.items())
    print(f"extraction: {name} ({len(known)} pages): {told} (wanted: ours at least the better of the others)")
    return figures["ours"] >= max(figures["trafilatura"], figures["readability-lxml"])


def main(seeds: list[int]) -> int:
    """Measure on every set; return 1 where another way is better."""
    own = [(page.html.encode(), "\n".join(page.lines)) for page in pages(OWN_PAGES, seeds[0])]
    held = [measure("pages of our own", own)]
    held += [measure(f"the small web, seed {seed}", small_web(seed)) for seed in seeds]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main([int(seed) for seed in sys.argv[1:]] or [4711, 90210]))
