"""Time the moderators' queue with 100,000 waiting complaints beside a bare Flask hello, and a decision.

python -m benchmarks.staff_queue
"""

import logging
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.index_corpus import sentences
from benchmarks.timing import median_milliseconds, processor_milliseconds
from domain.accounts import signing_in
from domain.lenders import load_registry
from domain.models import Complaint, EvidenceFile, Lender, Message, StaffAccount, TacticMention
from domain.settings import PROJECT_ROOT, Settings
from domain.store import Database
from domain.store.database import now
from domain.store.migrations import migrate
from domain.store.moderating import queue_marks
from domain.store.registries import registry
from domain.store.staff.staff_sessions import Limits
from domain.tactics import load_taxonomy
from webapp import create_app

COUNT = 100_000
BATCH = 5000
# A tactic that the corpus speaks of once in 10,000 complaints.
RARE = "workplace_contact"
MOST_OVER_HELLO, MOST_FOR_A_DECISION = 15.0, 50.0


def main(count: int = COUNT) -> None:
    """Print medians in milliseconds: the first page, a later page, a narrowed one, a complaint, a decision."""
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        settings = Settings(data_dir=Path(folder), database_url="", elasticsearch_url="")
        database = Database(settings.database_address)
        fill(database, count, random.Random(1))  # noqa: S311
        hello, client = bare_hello(), moderator(settings, database)
        base = median_milliseconds(lambda: answered(hello.get("/")))
        print(f"bare Flask hello: {base:.2f} ms")
        for name, address in addresses(client).items():
            ours = median_milliseconds(lambda address=address: answered(client.get(address)))
            held = f"at most {MOST_OVER_HELLO:.0f} ms more" if name != "a complaint" else "not held to a figure"
            own = processor_milliseconds(lambda address=address: answered(client.get(address)))
            print(f"{count} waiting, {name}: {ours:.1f} ms, {ours - base:.1f} ms over the hello ({held}); "
                  f"{own:.1f} ms of them processor time")  # fmt: skip
        deciding = decisions(client, database)
        decision, own = median_milliseconds(deciding), processor_milliseconds(deciding)
        print(f"{count} waiting, a decision with the next one found: {decision:.1f} ms "
              f"(at most {MOST_FOR_A_DECISION:.0f} ms), {decision / base:.0f} times the hello; "
              f"{own:.1f} ms of them processor time")  # fmt: skip
        database.dispose()


def addresses(client: FlaskClient) -> dict[str, str]:
    """Return what is timed, by name."""
    first = client.get("/staff/queue").get_data(as_text=True)
    later = next_of(first)
    one = first.split('<a class="govuk-link" href="/staff/queue/c')[1].split('"')[0]
    return {
        "first page": "/staff/queue",
        "second page": later,
        "page of one lender": "/staff/queue?lender=chenxing_cf",
        "page of one tactic": "/staff/queue?tactic=violence_threat",
        "page of a rare tactic": f"/staff/queue?tactic={RARE}",
        "second page of one tactic": next_of(client.get("/staff/queue?tactic=visit_threatened").get_data(as_text=True)),
        "page of one lender and tactic": "/staff/queue?lender=chenxing_cf&tactic=visit_threatened",
        "page of a rare language": "/staff/queue?language=en",
        "page of a rare consent": "/staff/queue?consent=figures",
        "page with evidence": "/staff/queue?evidence=1",
        "page waiting for an answer": "/staff/queue?answer=1",
        "a complaint": f"/staff/queue/c{one}",
    }


def next_of(page: str) -> str:
    """Return the address of the page after this one."""
    return page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")


def decisions(client: FlaskClient, database: Database) -> Callable[[], None]:
    """Return what publishes one complaint after the other, each time another one."""
    token = client.get("/receipt").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    with database.reading() as session:
        ids = iter([row.id for row in session.query(Complaint.id).filter_by(consent="publish").limit(200)])

    def decide() -> None:
        fields = {"version": 1, "decision": "published", "csrf_token": token}
        response = client.post(f"/staff/queue/{next(ids)}/decision", data=fields)
        assert response.status_code == 303, response.status_code  # noqa: S101

    return decide


def answered(response: Any) -> None:
    """Fail when a page is an error: it would be quick."""
    assert response.status_code == 200, response.status_code  # noqa: S101


def file(number: int) -> dict[str, Any]:
    """Return the row of a file that a complaint has."""
    return {
        "complaint_pk": number, "number": 1, "kind": "png", "size": 1, "sha256": "0" * 64, "original": f"o{number}",
        "copy_kind": "png", "copy_size": 1, "copy": f"c{number}", "added_at": now(),
    }  # fmt: skip


def letter(number: int) -> dict[str, Any]:
    """Return the row of a letter that its borrower wrote about a complaint."""
    return {"complaint_pk": number, "written_by": "borrower", "text_sealed": "", "written_at": now()}


def bare_hello() -> FlaskClient:
    """Return a browser before the smallest of Flask's applications."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app.test_client()


def moderator(settings: Settings, database: Database) -> FlaskClient:
    """Return a browser in which a moderator is signed in."""
    app = create_app(settings)
    logging.getLogger("webapp").setLevel(logging.ERROR)
    services = app.extensions["doorstep"]
    with database.writing() as session:
        account = StaffAccount(name="bench", role="moderator", created_at=now(), totp_last_step=0, invited_by="")
        session.add(account)
        session.flush()
        pk = account.pk
    limits = Limits(timedelta(minutes=30), timedelta(hours=12))
    client = app.test_client()
    client.set_cookie("staff", signing_in.begin_session(database, services.account_keys, pk, "bench", limits))
    return client


def fill(database: Database, count: int, chance: random.Random) -> None:
    """Fill a store with waiting complaints of the last year against invented lenders."""
    migrate(database)
    registry.load_lenders(database, load_registry(PROJECT_ROOT / "domain" / "sample" / "lenders.yaml"))
    registry.load_tactics(database, load_taxonomy())
    severities = {entry.code: entry.severity for entry in load_taxonomy()}
    with database.reading() as session:
        lenders = [pk for (pk,) in session.query(Lender.pk)]
    for start in range(0, count, BATCH):
        with database.writing() as session:
            session.bulk_insert_mappings(
                Complaint, [complaint(n, lenders, severities, chance) for n in range(start, min(count, start + BATCH))]
            )
    with database.writing() as session:
        codes = [code for code in severities if code != RARE]
        session.bulk_insert_mappings(TacticMention, [tag(n, chance, codes) for n in range(1, count + 1)])
        session.bulk_insert_mappings(EvidenceFile, [file(n) for n in range(1, count + 1, 5000)])
        session.bulk_insert_mappings(Message, [letter(n) for n in range(2, count + 1, 5000)])
        queue_marks.put_all_right(session)


def complaint(number: int, lenders: list[int], severities: dict[str, int], chance: random.Random) -> dict[str, Any]:
    """Return the row of one complaint."""
    text = sentences(chance, 5)
    received = datetime.now(UTC) - timedelta(minutes=chance.randrange(525_600))
    return {
        "id": f"c{number:012}", "version": 1, "status": "received", "narrative": text,
        "lender_pk": chance.choice(lenders), "public_text": text, "receipt_hash": f"{number:064}",
        "gravity": chance.choice(list(severities.values())), "received_at": received, "updated_at": received,
        # What is rare is the dearest to find: nearly everything is passed over.
        "language": "en" if number % 10_000 == 5 else "zh-Hans",
        "consent": "figures" if number % 10_000 == 3 else "private" if number % 5 == 4 else "publish",
        "wants": [], "more_masks": [],
    }  # fmt: skip


def tag(number: int, chance: random.Random, codes: list[str]) -> dict[str, Any]:
    """Return the row of one ticked tactic."""
    return {
        "complaint_pk": number, "tactic_code": RARE if number % 10_000 == 7 else chance.choice(codes),
        "assertion": "first_hand_claim", "counted": True, "said_by": "borrower", "confidence": 1.0,
    }  # fmt: skip


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
