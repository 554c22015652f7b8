"""Time the look-up of a receipt beside a bare Flask hello, over 10 thousand and over 1 million complaints.

python -m benchmarks.receipt_lookup

Both applications are called as gunicorn calls them, in turns. What is counted is the time of the processor, which is
what a look-up takes when nobody else wants the machine: it waits for nothing but the store's own pages.
"""

import io
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert
from werkzeug.test import EnvironBuilder

from domain.filings import returning
from domain.filings.filing import file_complaint
from domain.lenders import load_registry
from domain.models import Complaint
from domain.settings import Settings
from domain.store import Database
from domain.store.database import now
from domain.store.intake.complaints import Filing, Threat
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy
from webapp import create_app

ROUNDS = 600
STORY = "他们每天打电话，还说明天带人上门。" * 10
Call = Callable[[], object]


def main(*counts: int) -> None:
    """Print medians in milliseconds and what the look-ups take above hello, for each number of complaints."""
    above: dict[str, list[float]] = {}
    for count in counts or (10_000, 1_000_000):
        with tempfile.TemporaryDirectory() as folder, site(Path(folder), count) as calls:
            medians = taken_in_turns(calls)
        hello = medians.pop("hello")
        for name, median in medians.items():
            above.setdefault(name, []).append(median - hello)
            print(
                f"{name}, {count:,} complaints: {median:.2f} ms, hello {hello:.2f} ms, above it {median - hello:.2f} ms"
            )
    for name, found in above.items():
        print(f"{name}: the largest store's time is {found[-1] / found[0]:.2f} of the smallest's")


@contextmanager
def site(folder: Path, count: int) -> Iterator[dict[str, Call]]:
    """Make a store of `count` complaints and yield what is to be timed: hello, and look-ups by page and by API."""
    settings = Settings(data_dir=folder, database_url="", elasticsearch_url="", secret_key="benchmark")  # noqa: S106
    database = Database(settings.database_address)
    migrate(database)
    registry.load_lenders(database, load_registry())
    registry.load_tactics(database, load_taxonomy())
    app = create_app(settings)
    services = app.extensions["doorstep"]
    threat = Threat("visit_threatened", None, "not_yet")
    filing = Filing(next(iter(services.lender_names)), STORY, ("visit_threatened",), "publish", threats=(threat,))
    receipt = file_complaint(database, services.reader, services.keys, filing).receipt
    found = returning.receipts.look(database, services.keys.receipt, receipt)
    assert found is not None  # noqa: S101 (for the type checker)
    returning.ask(database, services.keys, found.complaint.id, "请问是哪一天？", "benchmark")
    fill(database, count - 1)
    yield {
        "hello": call(hello(), path="/"),
        "receipt by API": call(app, path="/api/v1/receipts", method="POST", json={"receipt": receipt}),
        "receipt by page": page_call(app, receipt),
        "wrong receipt by page": page_call(app, "0000-0000-0000-0000-0000-0000-0000"),
    }
    services.database.dispose()
    database.dispose()


def fill(database: Database, count: int, batch: int = 20_000) -> None:
    """Add complaints that only have to be there."""
    moment = now()
    for start in range(0, count, batch):
        rows = [
            {
                "id": f"x{number:012}", "status": "received", "consent": "publish", "receipt_hash": f"{number:064x}",
                "narrative": "", "public_text": STORY[:60], "received_at": moment, "updated_at": moment,
            }
            for number in range(start, min(start + batch, count))
        ]  # fmt: skip
        with database.writing() as session:
            session.execute(insert(Complaint), rows)


def hello() -> Flask:
    """Return the application that everything is measured against."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello", endpoint="hello")
    return app


def page_call(app: Flask, receipt: str) -> Call:
    """Return a call that sends the form of /receipt, with its cookie and token."""
    client = app.test_client()
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/receipt").get_data(as_text=True))
    cookie = client.get_cookie("session")
    assert found is not None  # noqa: S101
    assert cookie is not None  # noqa: S101
    data = {"csrf_token": found.group(1), "receipt": receipt, "step": "look"}
    return call(app, path="/receipt", method="POST", data=data, headers={"Cookie": f"session={cookie.value}"})


def call(app: Flask, **request: Any) -> Call:
    """Return a call of an application with one request, as a WSGI server makes it."""
    environment = EnvironBuilder(**request).get_environ()
    body = environment["wsgi.input"].read()

    def once() -> bytes:
        answer = app.wsgi_app(environment | {"wsgi.input": io.BytesIO(body)}, lambda *_: None)
        return b"".join(answer)

    return once


def taken_in_turns(calls: dict[str, Call]) -> dict[str, float]:
    """Return the median of each call in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for round_ in range(ROUNDS + 20):
        for name, once in calls.items():
            began = time.thread_time()
            once()
            if round_ >= 20:
                times[name].append((time.thread_time() - began) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
