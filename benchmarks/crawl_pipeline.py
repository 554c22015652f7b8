"""What gathering costs beside bare Scrapy, beside the extraction library, and in memory over many pages.

The pipeline's speed is told without extraction, as the issue asks: once with pages that were taken apart before the
clock started (`extracted`: bytes to title, day and main text, the library's part and ours; what ours adds is the figure
of 1.15), and once with their texts read too (`read`: lenders, tactics, masks). All else counts: the start and the end
of the run, robots, guard, pace, memory of pages, the processes beside and the way to them, archive, store. The site's
server takes its share of the same two cores in both. Each ratio is the median of three laps, in each of which bare
Scrapy runs beside what is held against it.
Needs ../shared/web. `python -m benchmarks.crawl_pipeline [PAGES]`; 20,000 pages are what the figure on memory asks for.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.utils.misc import load_object

from crawler.extraction.page import Page, read_page
from crawler.items import GatheredArticle
from crawler.keeping.captures import fetched_now
from crawler.parsing import Parsers
from crawler.pipelines.reading import Read, read_article, read_in_worker, told_of
from crawler.runs.gathering import Gathering
from crawler.runs.run import crawl
from crawler.sources import source_for
from domain.lenders import load_registry
from domain.reading import Reader
from domain.settings import PROJECT_ROOT, Settings
from domain.store import Database
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy
from domain.warming import warm

WEB = PROJECT_ROOT.parent / "shared" / "web"
TODAY = date(2026, 11, 25)
LAPS = 3


def page_addresses(site: str, pages: int) -> list[str]:
    return [f"{site}/b/{number}.html" for number in range(pages)]


def bare(site: str, pages: int) -> dict[str, float]:
    """Fetch every page with Scrapy alone, one connection, nothing read."""

    class Bare(scrapy.Spider):
        name = "bare"
        start_urls = page_addresses(site, pages)

        def parse(self, response: Any) -> None:
            return

    process = CrawlerProcess({"LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "ROBOTSTXT_OBEY": False,
                              "TELNETCONSOLE_ENABLED": False})  # fmt: skip
    process.crawl(Bare)
    began, worked = time.perf_counter(), time.process_time()
    process.start()
    return {"seconds": time.perf_counter() - began, "processor_seconds": time.process_time() - worked}


class Extracted(Parsers):
    """Pages that were taken apart before the clock started, and with `read` their texts too; all else as it is."""

    def __init__(self, site: str, pages: int, reader: Reader, read: bool) -> None:
        super().__init__(beside=reader)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.pages: dict[str, Page] = {}
        self.read: dict[str, Read] = {}
        for url in page_addresses(site, pages):
            with opener.open(url) as response:
                body = response.read()
            page = self.pages[url] = read_page(body, "text/html; charset=utf-8", [], url, "Doorstep", TODAY, False)
            if read:
                self.read[page.url] = told_of(read_article(reader, _article(page)), time.thread_time())

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if function is read_page and arguments[3] in self.pages:
            return self.pages[arguments[3]]
        if function is read_in_worker and (known := self.read.get(arguments[0].url)):
            return known
        return await super().run(function, *arguments)


def _article(page: Page) -> GatheredArticle:
    return GatheredArticle(
        source="bulk", url=page.url, canonical_url=page.url, title=page.title, text="\n".join(page.lines),
        published_on=page.published_on, fetched_at=fetched_now(), site_name=page.site_name, captures=(),
        origins=page.origins,
    )  # fmt: skip


def whole(site: str, pages: int, extracted: bool = False, read: bool = False) -> dict[str, float]:
    """Gather every page into a new store; what was `extracted` and `read` before is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), crawler_allowed_origins=site.removeprefix("http://"))
        database = Database(settings.database_address, durable=False)  # as `doorstep crawl` has it
        migrate(database)
        registry.load_lenders(database, load_registry())
        registry.load_tactics(database, load_taxonomy())
        gathering = Gathering(database, Reader(registry.lender_entries(database)), settings)
        # Bare Scrapy has loaded what it needs before its clock starts; each of these takes a second, once in a process.
        load_object("scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler")
        warm(gathering.reader, glossed=False, kind="article")
        if extracted:
            gathering.parsers = Extracted(site, pages, gathering.reader, read)
        source = source_for(f"{site}/sitemap.xml", "sitemap")
        source.options["max_pages"] = pages
        object.__setattr__(source, "daily_pages", pages + 1000)
        memory: list[int] = []
        gathering.progress = lambda _source, counts: memory.append(_resident_mb()) if counts.get("items", 0) else None
        began, worked = time.perf_counter(), time.process_time()
        [summary] = crawl(gathering, [source])
        took, worked = time.perf_counter() - began, time.process_time() - worked
        beside = resource.getrusage(resource.RUSAGE_CHILDREN)  # they have ended, and were begun for this run
    stored = summary.counts["stored"]
    if not isinstance(stored, dict) or sum(stored.values()) != pages:
        raise SystemExit(f"not every page was stored: {summary}")
    quarter = max(1, len(memory) // 4)
    return {
        "seconds": took, "processor_seconds": worked, "seconds_beside": beside.ru_utime + beside.ru_stime,
        "first_quarter_mb": statistics.median(memory[quarter // 2 : quarter]),
        "last_quarter_mb": statistics.median(memory[-quarter:]),
        "most_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def library(site: str, pages: int) -> dict[str, float]:
    """Time our reading of pages beside the extraction library's own work on them, in processor seconds."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    bodies = [(url, opener.open(url).read()) for url in page_addresses(site, min(pages, 200))]

    def processor_seconds(work: Callable[[str, bytes], object]) -> float:
        began = time.process_time()
        for url, body in bodies:
            work(url, body)
        return time.process_time() - began

    ours, theirs = [], []
    for _ in range(5):
        theirs.append(processor_seconds(lambda _url, body: trafilatura.extract(body.decode(), include_comments=False)))
        ours.append(
            processor_seconds(
                lambda url, body: read_page(body, "text/html; charset=utf-8", [], url, "Doorstep", TODAY, False)
            )
        )
    return {"library": min(theirs) / len(bodies), "whole": min(ours) / len(bodies)}


def in_a_process(what: str, site: str, pages: int) -> dict[str, float]:
    """Measure in a process of its own: the reactor starts once."""
    command = [sys.executable, "-m", "benchmarks.crawl_pipeline", "--measure", what, site, str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT_ROOT)  # noqa: S603
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main(pages: int) -> None:
    """Serve the site, measure, and print one line for each figure."""
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "web.py", "serve", "--ports-from", "0", "--scale", str(max(pages, 100))],
        cwd=WEB, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    site = json.loads(next(iter(server.stdout or ())))["sites"]["bulk"]
    try:
        laps = [{what: in_a_process(what, site, pages) for what in ("bare", "read", "extracted")} for _ in range(LAPS)]
        figures = {what: in_a_process(what, site, pages) for what in ("whole", "library")}
    finally:
        server.terminate()
    own = (figures["library"]["whole"] - figures["library"]["library"]) / figures["library"]["library"]
    whole_run = figures["whole"]
    print(f"crawl: {pages} pages in {whole_run['seconds']:.1f} s, {pages / whole_run['seconds']:.0f} a second")
    for what, left_out in (("read", "extraction and reading"), ("extracted", "extraction")):
        clock, processor = (
            statistics.median(lap["bare"][of] / lap[what][of] for lap in laps)
            for of in ("seconds", "processor_seconds")
        )
        print(
            f"crawl: {clock:.2f} of bare Scrapy's speed by the clock, {left_out} not counted (wanted: 0.7); "
            f"{processor:.2f} by the processor time of the process that fetches"
        )
        ours = statistics.median(lap[what]["processor_seconds"] + lap[what]["seconds_beside"] for lap in laps)
        theirs = statistics.median(lap["bare"]["processor_seconds"] for lap in laps)
        print(f"crawl: {1000 * ours / pages:.1f} ms of a core for a page in all processes, {left_out} not counted; "
              f"bare Scrapy {1000 * theirs / pages:.1f}")  # fmt: skip
    print(f"crawl: own code takes {own:.2f} of the extraction library's time (wanted: at most 1.15)")
    print(f"crawl: memory {whole_run['first_quarter_mb']:.0f} MB in the first quarter, "
          f"{whole_run['last_quarter_mb']:.0f} MB in the last, {whole_run['most_mb']:.0f} MB at most")  # fmt: skip


def _resident_mb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024**2


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _, _, what, site, pages = sys.argv
        measures: dict[str, Callable[[], dict[str, float]]] = {
            "bare": lambda: bare(site, int(pages)), "extracted": lambda: whole(site, int(pages), extracted=True),
            "read": lambda: whole(site, int(pages), extracted=True, read=True),
            "whole": lambda: whole(site, int(pages)), "library": lambda: library(site, int(pages)),
        }  # fmt: skip
        print(json.dumps(measures[what]()))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
