"""File complaints over HTTP, by the API and by the form, beside a bare Flask hello under the same gunicorn.

python -m benchmarks.filing_http [COUNT]

Both programs run at once under the configuration that is shipped, and take turns; the worker runs beside them and reads
what was filed. Hello's turn begins when all is read, so that nothing of a filing is counted against hello. Every
complaint is counted in the store afterwards. Of the form, the last page is timed: the one that keeps the complaint and
shows the receipt.
"""

import json
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path

from benchmarks.index_corpus import sentences
from benchmarks.shipped import HELLO, SITE, WARM_UP, Client, all_at_once, form, one_by_one, reading, request, running
from domain.settings import PROJECT_ROOT

COUNT, TURNS = 400, 8
MOST_OVER_HELLO, LEAST_RATE = 6.0, 0.15
JSON = "application/json"


def main(count: int = COUNT) -> None:
    """Print what filing takes above hello, its rate as a share of hello's, and whether every complaint is kept."""
    chance = random.Random(1)  # noqa: S311 (invented texts)
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-", dir=PROJECT_ROOT) as folder:
        place = Path(folder)
        store = place / "doorstep.sqlite3"
        with running(SITE, place) as site, running(HELLO, place) as hello, reading(place):
            all_at_once(site, [by_api(site, chance)[0] for _ in range(WARM_UP)], 201)
            for name, make in (("API", by_api), ("form", by_form)):
                compare(name, site, hello, [make(site, chance) for _ in range(count)], store)
        kept = counted(store, "complaint")
        answered = 2 * count + WARM_UP
        print(f"complaints answered for: {answered}, in the store: {kept}")
        if kept != answered:
            raise SystemExit("complaints are missing")


def compare(name: str, site: int, hello: int, filings: list[tuple[bytes, int]], store: Path) -> None:
    """Send half of the filings one by one and half at once, hello's requests between them, and print the ratios."""
    expected = filings[0][1]
    requests = [each for each, _ in filings]
    greeting = request("POST", "/", sentences(random.Random(2), 8).encode(), Content_Type=JSON)  # noqa: S311
    one_by_one(hello, [greeting] * 50, 200)
    half = len(requests) // 2
    ours: list[float] = []
    theirs: list[float] = []
    rates = []
    for turn in range(TURNS):
        ours += one_by_one(site, requests[:half][turn::TURNS], expected)
        wait_until_read(store)
        theirs += one_by_one(hello, [greeting] * (half // TURNS), 200)
    for turn in range(TURNS):
        rate = all_at_once(site, requests[half:][turn::TURNS], expected)
        wait_until_read(store)
        rates.append(rate / all_at_once(hello, [greeting] * (half // 2), 200))
    above = statistics.median(ours) - statistics.median(theirs)
    print(
        f"{name}: p50 {statistics.median(ours):.1f} ms, hello {statistics.median(theirs):.1f} ms, above it {above:.1f}"
        f" (at most {MOST_OVER_HELLO:.0f}); rate {statistics.median(rates):.2f} of hello's (at least {LEAST_RATE})"
    )


def wait_until_read(store: Path) -> None:
    """Return once the worker has read all that was filed."""
    while counted(store, "unread_filing"):
        time.sleep(0.05)


def counted(store: Path, table: str) -> int:
    """Count the rows of a table in the store's file."""
    with closing(sqlite3.connect(store, timeout=60)) as connection:
        [(rows,)] = connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(rows)


def by_api(site: int, chance: random.Random) -> tuple[bytes, int]:
    """Return a request that files a complaint over the API, and the status that answers it."""
    body = {
        "lender": "晨星消费金融",
        "narrative": sentences(chance, 5),
        "tactics": ["insult_abuse"],
        "consent": "publish",
    }
    key = str(uuid.uuid4())
    return request(
        "POST", "/api/v1/complaints", json.dumps(body).encode(), Content_Type=JSON, Idempotency_Key=key
    ), 201  # fmt: skip


def by_form(site: int, chance: random.Random) -> tuple[bytes, int]:
    """Fill in a relative's form as far as its last page; return the request of that page's button."""
    client, cookies = Client(site), {}

    def send(message: bytes) -> tuple[str, str]:
        _, headers, body = client.send(message)
        for cookie in headers.get("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            cookies[name] = value
        return headers.get("location", [""])[0], body.decode()

    def cookie() -> str:
        return "; ".join(f"{name}={value}" for name, value in cookies.items())

    token = re.search(r'name="csrf_token" value="([^"]+)"', send(request("GET", "/complaints/new"))[1])
    assert token is not None  # noqa: S101
    token_and_button = {"csrf_token": token[1], "go": "on"}
    place, _ = send(form("/complaints/new", token_and_button | {"page": "writer", "written_by": "relative"}, cookie()))
    draft = place.rpartition("/")[0]
    for page, field, value in (
        ("received", "narrative", sentences(chance, 5)),
        ("consent", "consent", "publish"),
    ):
        send(form(f"{draft}/{page}", token_and_button | {"page": page, field: value}, cookie()))
    client.close()
    # `confirmed` is what the page says of itself when it was filled in more quickly than any person does.
    last = {"csrf_token": token[1], "page": "check", "go": "send", "confirmed": "1"}
    return form(f"{draft}/check", last, cookie()), 200


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
