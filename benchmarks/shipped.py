"""Programs under the gunicorn configuration that is shipped, and clients that cost the machine little."""

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from domain.settings import PROJECT_ROOT

SITE, HELLO = "wsgi:app", "benchmarks.hello:app"
# Each worker reads the registry at its first request, which no later one waits for.
WARM_UP = 32
CONFIGURATION = "python:webapp.gunicorn_config"


@contextmanager
def running(program: str, folder: Path) -> Iterator[int]:
    """Run a program as `doorstep web` runs the site, with its data in `folder`; yield its port."""
    port = free_port()
    environment = _environment(folder) | {"PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "--config", CONFIGURATION, program]
    if program == SITE:
        prepare = [sys.executable, "-m", "commands", "init"]
        subprocess.run(prepare, cwd=PROJECT_ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment)  # noqa: S603
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Run the worker over the same data, as `doorstep serve` runs it beside the site."""
    command = [sys.executable, "-m", "commands", "worker"]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=_environment(folder))  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ELASTICSEARCH")}
    return kept | {"DATA_DIR": str(folder), "DATABASE_URL": ""}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Client:
    """One connection that is kept. It sends bytes that were made before, so that the clock sees the server's work."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answers = self._socket.makefile("rb")

    def send(self, request: bytes) -> tuple[int, dict[str, list[str]], bytes]:
        """Return (status, headers, body) of the answer."""
        self._socket.sendall(request)
        status = int(self._answers.readline().split()[1])
        headers: dict[str, list[str]] = {}
        while line := self._answers.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers.setdefault(name.lower(), []).append(value.strip())
        return status, headers, self._answers.read(int(headers.get("content-length", ["0"])[0]))

    def close(self) -> None:
        """Close the connection."""
        self._answers.close()
        self._socket.close()


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """Return a request as it goes over the line; `Content_Type="…"` becomes Content-Type."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def form(path: str, fields: dict[str, str], cookies: str) -> bytes:
    """Return the request that a form makes."""
    kind = "application/x-www-form-urlencoded"
    return request("POST", path, urlencode(fields).encode(), Content_Type=kind, Cookie=cookies)


def one_by_one(port: int, requests: Sequence[bytes], expected: int) -> list[float]:
    """Send requests one after the other, each over a connection of its own; return the milliseconds of each.

    Of its own, for each filing is another person's: what the site still does after an answer is not the next one's.
    """
    took = []
    for each in requests:
        client = Client(port)
        began = time.perf_counter()
        status, _, body = client.send(each)
        took.append((time.perf_counter() - began) * 1000)
        client.close()
        if status != expected:
            raise SystemExit(f"{status} instead of {expected}: {body[:300]!r}")
    return took


def all_at_once(port: int, requests: Sequence[bytes], expected: int, clients: int = 16) -> float:
    """Send requests from so many clients at the same time; return how many a second were answered."""
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for each in requests:
        waiting.put(each)
    wrong: list[int] = []

    def work() -> None:
        client = Client(port)
        while True:
            try:
                status, _, _ = client.send(waiting.get_nowait())
            except queue.Empty:
                break
            if status != expected:
                wrong.append(status)
        client.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{len(wrong)} answers were not {expected}: {sorted(set(wrong))}")
    return len(requests) / (time.perf_counter() - began)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            Client(port).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the program did not start")
