"""The settings, read once from the environment; docs/operations.md describes each."""

from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings

PROJECT_ROOT = Path(__file__).resolve().parent.parent

# Every day and month that the site shows or counts by is a day in China, wherever the server stands.
SITE_TIME_ZONE = ZoneInfo("Asia/Shanghai")


class Settings(BaseSettings):
    """The environment of one process. Field names in capitals are the names of the variables."""

    database_url: str = ""
    elasticsearch_url: str = ""
    elasticsearch_index: str = "doorstep"
    elasticsearch_replicas: int = 0
    data_dir: Path = PROJECT_ROOT / "data"
    keys_dir: Path | None = None
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    web_workers: int = Field(default=2, ge=1)
    # Threads that wait for slow phones cost little. With 300 in each of two processes, 500 visitors who sent their
    # headers a few bytes a second stopped everybody: one process happened to hold more than 300 of them.
    web_threads: int = Field(default=1000, ge=1)
    # Proxies in front of the site whose X-Forwarded-For is believed; without, every visitor has the proxy's address.
    trusted_proxies: int = Field(default=0, ge=0)
    # Complaints that one process may be keeping at once before a further one costs a proof of work. At 5 ms each,
    # 200 are a second of waiting: what filing must stay under.
    proof_of_work_above: int = Field(default=200, ge=0)
    # A browser without scripts waits so long in place of the work: about what the slowest phone works.
    proof_of_work_seconds: int = Field(default=30, ge=1, le=600)
    crawler_allowed_origins: str = ""
    crawler_contact: str = ""
    backup_passphrase: str = ""
    retention_originals_days: int = Field(default=0, ge=0)
    retention_evidence_days: int = Field(default=0, ge=0)
    staff_idle_minutes: int = Field(default=30, ge=1)
    staff_session_hours: int = Field(default=12, ge=1)
    crawler_timeout: float = Field(default=30.0, gt=0)
    # Redis or Valkey, redis://…: crawler processes that name the same one gather together.
    frontier_url: str = ""
    # A crawler that has not been heard of for so long is taken for dead. A machine that swaps stands still for seconds.
    frontier_alive_seconds: float = Field(default=15.0, ge=1)
    archive_gigabytes: float = Field(default=20.0, ge=0)

    @cached_property
    def database_address(self) -> str:
        """The store's address: DATABASE_URL, or a SQLite file in DATA_DIR."""
        if self.database_url:
            # psycopg 3 is the driver that is installed; the bare scheme would ask for another.
            for scheme in ("postgres://", "postgresql://"):
                if self.database_url.startswith(scheme):
                    return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
            return self.database_url
        return f"sqlite:///{self.data_dir / 'doorstep.sqlite3'}"

    @property
    def keys_folder(self) -> Path:
        """Where the key files lie: never in the database, so that a copy of it opens nothing."""
        return self.keys_dir or self.data_dir / "keys"

    @property
    def evidence_folder(self) -> Path:
        """Where the sealed files of complaints lie."""
        return self.data_dir / "evidence"

    @property
    def scratch_folder(self) -> Path:
        """Where uploads lie while they are read: without a name, gone with the process, never under /tmp."""
        return self.data_dir / "scratch"

    @property
    def drafts_folder(self) -> Path:
        """Where what is being typed lies sealed for two hours; no backup takes it in."""
        return self.data_dir / "drafts"

    @property
    def archive_folder(self) -> Path:
        """Where the pages lie as they were fetched."""
        return self.data_dir / "archive"

    @property
    def allowed_origins(self) -> frozenset[str]:
        """The `host:port` pairs that the crawler may reach although they are not public (for tests)."""
        return frozenset(origin.strip() for origin in self.crawler_allowed_origins.split(",") if origin.strip())


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process; `settings.cache_clear()` makes the next call read the environment again."""
    return Settings()
