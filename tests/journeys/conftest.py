"""A whole installation, started as a user starts it, and a real browser in front of it."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from domain.settings import PROJECT_ROOT
from tests.measuring import crowding

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Without these chromium asks its maker's hosts for updates at every start, which no test may do.
CHROMIUM_SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic", "--disable-domain-reliability",
]  # fmt: skip

# A crowded machine shows a page after some seconds, not the five that playwright gives it.
expect.set_options(timeout=30_000)


@dataclass
class Installation:
    """A running site with its store, index and worker, and the command line on the same settings."""

    address: str
    environment: dict[str, str]
    process: subprocess.Popen[str] | None = field(default=None)

    def doorstep(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the command `doorstep` on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "commands", *arguments], cwd=PROJECT_ROOT, env=self.environment,
            capture_output=True, text=True, check=check, timeout=240,
        )  # fmt: skip

    def start(self) -> None:
        """Start `doorstep serve` and wait until the first page is served."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "commands", "serve"], cwd=PROJECT_ROOT, env=self.environment, text=True
        )
        try:
            wait_for(lambda: self.answers("/healthz"), 180)
        except AssertionError:
            self.stop()  # a site that came too late must not stay behind
            raise

    def stop(self) -> float:
        """Stop it as Ctrl-C does; return the seconds that took."""
        if self.process is None:
            return 0.0
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)
        self.process = None
        return time.monotonic() - began

    def answers(self, path: str) -> bool:
        """Tell whether the site serves this path."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:  # noqa: S310
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def text(self, path: str) -> str:
        """Return what the site serves at this path."""
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:  # noqa: S310
            return answer.read().decode("utf-8-sig")


def wait_for(condition: Callable[[], object], seconds: float = 60.0, look_every: float = 0.1) -> None:
    """Wait until the condition holds; fail when it does not within `seconds` of a machine that is otherwise idle."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds * crowding(), "it never came to hold"
        time.sleep(look_every)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_installation(tmp_path: Path, **more: str) -> Installation:
    """Make an installation with its own store, index, keys and port."""
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    inherited = {name: value for name, value in inherited.items() if not name.startswith("ELASTICSEARCH")}
    environment = inherited | {"DATA_DIR": str(tmp_path / "data"), "PORT": str(port), "PYTHONUNBUFFERED": "1"} | more
    installation = Installation(f"http://127.0.0.1:{port}", environment)
    if "DATABASE_URL" in more:
        installation.doorstep("init")
    else:
        shutil.copytree(initialised(), tmp_path / "data")
    return installation


@cache
def initialised() -> Path:
    """Return a folder as `doorstep init` makes it, made once for all installations that keep everything in one."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-initialised-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KEYS_DIR")}
    Installation("", environment | {"DATA_DIR": str(folder / "data")}).doorstep("init")
    return folder / "data"


@pytest.fixture(
    params=[
        "sqlite and the embedded engine",
        pytest.param("postgresql and elasticsearch", marks=[pytest.mark.elasticsearch, pytest.mark.postgresql]),
    ]
)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A running installation: once as a newcomer has it, once with both servers."""
    more = {}
    if request.param.startswith("postgresql"):
        settings = request.getfixturevalue("elasticsearch_settings")
        more = {
            "DATABASE_URL": request.getfixturevalue("postgresql_url"),
            "ELASTICSEARCH_URL": settings.elasticsearch_url,
            "ELASTICSEARCH_INDEX": settings.elasticsearch_index,
        }
    installation = make_installation(tmp_path, **more)
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail(f"the browser journeys must run here, and there is no {CHROMIUM}")
        pytest.skip("no browser: needs Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, installation: Installation) -> Iterator[BrowserContext]:
    """A visitor on a phone, in Chinese, whose every request to another host fails the test.

    Over PostgreSQL and Elasticsearch the visitor's browser runs no scripts: the site must do without.
    """
    requested: list[str] = []
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        base_url=installation.address,
        accept_downloads=True,
        java_script_enabled="ELASTICSEARCH_URL" not in installation.environment,  # fmt: skip
    )
    context.on(
        "request", lambda request: requested.append(request.url) if not _is_own(request.url, installation) else None
    )
    context.set_default_timeout(60_000)
    yield context
    context.close()
    assert [url for url in requested if not _is_own(url, installation)] == []


def _is_own(address: str, installation: Installation) -> bool:
    return address.startswith((installation.address, "data:", "blob:"))


@pytest.fixture(scope="module")
def filing_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the invented lenders, shared by the journeys of a file."""
    installation = make_installation(tmp_path_factory.mktemp("filing"))
    installation.doorstep("sample", "load")
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture
def borrower(browser: Browser, filing_site: Installation) -> Iterator[Callable[..., Page]]:
    """Opens a page on a phone, in Chinese; a request to another host or an error of a script fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def come(scripts: bool = True, width: int = 390) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", base_url=filing_site.address,
            java_script_enabled=scripts,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.on(
            "request", lambda request: wrong.append(request.url) if not _is_own(request.url, filing_site) else None
        )
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        return context.new_page()

    yield come
    for context in contexts:
        context.close()
    assert wrong == []
