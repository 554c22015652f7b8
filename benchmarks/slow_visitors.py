"""File beside 500 visitors on a very slow line, under the gunicorn configuration that is shipped.

python -m benchmarks.slow_visitors [COUNT]

Each slow visitor sends a form one byte every half second. Meanwhile COUNT complaints are filed, four at a time.
"""

import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks.filing_http import by_api
from benchmarks.shipped import SITE, WARM_UP, all_at_once, one_by_one, running
from domain.settings import PROJECT_ROOT

SLOW, COUNT, PEOPLE = 500, 400, 4
MOST_P99 = 1000.0
# Every other one is slow with its headers, the rest with the body of a form.
BEGINNINGS = (
    b"POST /complaints/new HTTP/1.1\r\nHost: x\r\nX-Long: ",
    b"POST /complaints/new HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nlender=",
)
REST = b"a" * 4000


def main(count: int = COUNT) -> None:
    """Print p50 and p99 of filing without the slow visitors and beside them."""
    chance = random.Random(1)  # noqa: S311 (invented texts)
    with (
        tempfile.TemporaryDirectory(prefix="doorstep-bench-", dir=PROJECT_ROOT) as folder,
        running(SITE, Path(folder)) as site,
    ):
        filings = [by_api(site, chance)[0] for _ in range(2 * count + WARM_UP)]
        all_at_once(site, filings[2 * count :], 201)
        show("alone", by_four(site, filings[:count]))
        with slow_visitors(site):
            show(
                f"beside {SLOW} slow visitors (p99 at most {MOST_P99:.0f} ms)",
                by_four(site, filings[count : 2 * count]),
            )


def show(name: str, took: list[float]) -> None:
    """Print the median and the 99th of a hundred."""
    ordered = sorted(took)
    print(f"filing {name}: p50 {ordered[len(ordered) // 2]:.0f} ms, p99 {ordered[len(ordered) * 99 // 100]:.0f} ms")


def by_four(site: int, requests: list[bytes]) -> list[float]:
    """Send requests from four connections at a time; return the milliseconds of each."""
    took: list[float] = []
    people = [
        threading.Thread(target=lambda part=requests[at::PEOPLE]: took.extend(one_by_one(site, part, 201)))
        for at in range(PEOPLE)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    if len(took) != len(requests):
        raise SystemExit("not every complaint was answered")
    return took


@contextmanager
def slow_visitors(site: int) -> Iterator[None]:
    """Keep 500 connections open, each of which sends a byte every half second."""
    over = threading.Event()
    with ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", site))) for _ in range(SLOW)]

        for at, line in enumerate(lines):
            line.sendall(BEGINNINGS[at % len(BEGINNINGS)])

        def go_on() -> None:
            for byte in REST:
                for line in lines:
                    with suppress(OSError):
                        line.sendall(bytes([byte]))
                if over.wait(0.5):
                    return

        sender = threading.Thread(target=go_on)
        sender.start()
        time.sleep(1)
        yield
        over.set()
        sender.join()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
