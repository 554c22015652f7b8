"""The site alone, as a process group that a test kills, fills up or starves."""

import contextlib
import http.client
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from domain.settings import PROJECT_ROOT
from domain.store import Database
from domain.store.intake import unread
from tests.journeys.conftest import Installation, wait_for


def story_of(key: str) -> str:
    """Return a story of its own for each key: two complaints that tell the same were one."""
    return f"催收员每天打二十个电话给我，还说明天上门（{key}）。"


def kept_complaints(installation: Installation) -> list[tuple[str, str]]:
    """Return (narrative, hash of the receipt) of every complaint in the store of an installation, once all is read."""
    path = Path(installation.environment["DATA_DIR"]) / "doorstep.sqlite3"
    database = Database(f"sqlite:///{path}")
    unread.read_what_waits(database)
    database.dispose()
    with contextlib.closing(sqlite3.connect(path)) as store:
        return store.execute("SELECT narrative, receipt_hash FROM complaint").fetchall()


class Site:
    """The site alone (`doorstep web`), in a process group of its own."""

    def __init__(self, installation: Installation, log: Path, **limits: int) -> None:
        self.installation = installation
        self.port = int(installation.address.rpartition(":")[2])
        self.log = log
        self.limits = limits

    def start(self) -> None:
        """Start it and wait for the first answer."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "commands", "web"], cwd=PROJECT_ROOT, env=self.installation.environment,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=self._limit,
            )  # fmt: skip
        wait_for(lambda: self.installation.answers("/healthz"), 30)

    def kill(self) -> None:
        """Kill the whole process group at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def file(self, key: str, source: str = "", **headers: str) -> tuple[int, dict[str, Any]]:
        """File the story of a key under it; return status and body. Raises OSError, HTTPException when cut off."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(source, 0) if source else None
        )
        body = json.dumps({"lender": "晨星消费金融", "narrative": story_of(key), "tactics": [], "consent": "publish"})
        with contextlib.closing(connection):
            connection.request(
                "POST", "/api/v1/complaints", body.encode(),
                {"Content-Type": "application/json", "Idempotency-Key": key, **headers},
            )  # fmt: skip
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def status_of(self, receipt: str) -> str | None:
        """Look a receipt up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(
                "POST", "/api/v1/receipts", json.dumps({"receipt": receipt}), {"Content-Type": "application/json"}
            )
            return json.loads(connection.getresponse().read()).get("status")

    def _limit(self) -> None:
        if size := self.limits.get("file_size"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class OftenKilledSite(Site):
    """The same site, started from a process that has imported everything: fifty starts take one minute, not four."""

    def __init__(self, installation: Installation, log: Path) -> None:
        super().__init__(installation, log)
        self.starter = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("site_process.py"))], cwd=PROJECT_ROOT, text=True,
            env=installation.environment | {"PYTHONPATH": "."}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def start(self) -> None:
        """Fork a process group and wait for its first answer."""
        assert self.starter.stdin is not None
        assert self.starter.stdout is not None
        self.starter.stdin.write(json.dumps({"log": str(self.log)}) + "\n")
        self.starter.stdin.flush()
        self.group = int(self.starter.stdout.readline())
        wait_for(lambda: self.installation.answers("/healthz"), 30, look_every=0.01)

    def kill(self) -> None:
        """Kill the whole process group at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)

    def close(self) -> None:
        """End the process that starts sites, and the last of them."""
        self.kill()
        self.starter.kill()
        self.starter.wait()
