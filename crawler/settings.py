"""What Scrapy is told: the guard on, the manners on, everything else that could speak or listen off."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scrapy.settings.default_settings import DOWNLOADER_MIDDLEWARES_BASE, SPIDER_MIDDLEWARES_BASE

from domain.settings import Settings

DOWNLOAD_LIMIT_BYTES = 8 * 1024 * 1024
BOT_NAME = "Doorstep"


def user_agent(contact: str) -> str:
    """Return the honest name that every request carries, such as `Doorstep/0.1.0 (+https://…)`."""
    try:
        name = f"{BOT_NAME}/{version('doorstep')}"
    except PackageNotFoundError:
        name = BOT_NAME
    contact = "".join(character for character in contact if character.isprintable()).strip()
    return f"{name} (+{contact})" if contact else name


# A process takes few requests at a time, so that the others have some too, and few come back when it ends.
SHARED = {"SCHEDULER": "crawler.frontier.scheduler.SharedScheduler", "CONCURRENT_REQUESTS": 4}

# Of Scrapy's own these are in no request's way, nor loaded: their parts are done by ours, or nothing here needs them.
# The extensions alone load a web server, in 0.3 s and 10 MB, to say that it is switched off.
UNUSED = (
    "offsite",
    "robotstxt",
    "httpauth",
    "cookies",
    "httpproxy",
    "stats",
    "httpcache",
    "start",
    "depth",
    "metacopy",
    "httpcompression",
    "redirect",  # ours stand in their places
)


def _used(base: Mapping[str, int]) -> dict[str, int]:
    """Return the middlewares of Scrapy's that are used, with their places."""
    return {name: place for name, place in base.items() if name.split(".")[2] not in UNUSED}


def scrapy_settings(settings: Settings, shared: bool = False) -> dict[str, Any]:
    """Return the settings of a run; `shared` of one that other processes take part in."""
    return {
        **_safety(settings),
        **_manners(settings),
        **(SHARED if shared else {}),
        "ITEM_PIPELINES": {
            "crawler.pipelines.reading.ReadingPipeline": 300,
            "crawler.pipelines.store.StorePipeline": 500,
        },
        "CONCURRENT_ITEMS": 8,
        # Of pages that were fetched and wait to be taken apart: at Scrapy's 5 MB 1,700 small ones took 85 MB, and after
        # a kill had all to be fetched again. A larger page than this waits alone.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 500_000,
        "SCHEDULER_MEMORY_QUEUE": "crawler.runs.waiting.PackedQueue",
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "EXTENSIONS_BASE": {},
        "STATS_DUMP": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # `crawler.runs.counts` counts
        "LOG_VERSIONS": [],
    }  # fmt: skip


def _safety(settings: Settings) -> dict[str, Any]:
    handler = "crawler.connections.connection.GuardedDownloadHandler"
    return {
        "DOORSTEP_ALLOWED_ORIGINS": sorted(settings.allowed_origins),
        "TWISTED_DNS_RESOLVER": "crawler.connections.connection.GuardedResolver",
        "DOWNLOAD_HANDLERS": {
            "http": handler, "https": handler, "file": None, "ftp": None, "s3": None, "data": None,
        },
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": DOWNLOAD_LIMIT_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.crawler_timeout,
        "HTTPPROXY_ENABLED": False,  # a proxy named by the environment would reach what the guard refuses
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPAUTH_USER": "",
        "REDIRECT_MAX_TIMES": 5,
        "URLLENGTH_LIMIT": 2000,
        "MEMUSAGE_ENABLED": False,
    }  # fmt: skip


def _manners(settings: Settings) -> dict[str, Any]:
    return {
        "BOT_NAME": BOT_NAME,
        "USER_AGENT": user_agent(settings.crawler_contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.6",
        },
        # One of the two is under way and one waits for its turn at `crawler.runs.pace`, which sees to it that there is
        # no more than one: fetched from Scrapy's own queue between the two, it came a third of a page's time later.
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY": 0,  # `crawler.runs.pace` spaces the requests: per origin, and for all spiders together
        "REFERRER_POLICY": "same-origin",
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 408],
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadConnectionRefusedError", "scrapy.exceptions.DownloadFailedError",
        ],
        "DOWNLOADER_MIDDLEWARES_BASE": _used(DOWNLOADER_MIDDLEWARES_BASE),
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.middlewares.guard.GuardMiddleware": 50,
            "crawler.middlewares.originals.OriginalMiddleware": 75,
            "crawler.middlewares.robots.RobotsMiddleware": 100,
            "crawler.middlewares.backoff.BackoffMiddleware": 560,
            "crawler.middlewares.redirects.RefreshMiddleware": 580,
            "crawler.middlewares.memory.MemoryMiddleware": 585,
            "crawler.middlewares.compression.CompressionMiddleware": 590,
            "crawler.middlewares.redirects.RedirectMiddleware": 600,
        },
        "SPIDER_MIDDLEWARES_BASE": _used(SPIDER_MIDDLEWARES_BASE),
    }  # fmt: skip
