"""A filed complaint, and its borrower before the receipt's pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.filings.filing import file_complaint
from domain.models import ThreatReport
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing, Threat
from tests.webapp.conftest import STORY
from tests.webapp.returning.desk import Desk, complaint_of


@pytest.fixture
def receipt(app, database):
    """The receipt of a complaint as the form files it (through its pages that took most of a test's time)."""
    services = app.extensions["doorstep"]
    filing = Filing("chenxing_cf", STORY, ("excessive_call_frequency",), "publish")
    return file_complaint(database, services.reader, services.keys, filing).receipt


@pytest.fixture
def use(client):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/receipt").get_data(as_text=True)).group(1)

    def send(receipt, step="look", **changes):
        return client.post("/receipt", data={"csrf_token": token, "receipt": receipt, "step": step} | changes)

    return send


@pytest.fixture
def desk(client, receipt):
    return Desk(client, receipt)


@pytest.fixture
def complaint(receipt, database, app):
    return complaint_of(receipt, database, app)


@pytest.fixture
def threatened(database, app, client):
    """A complaint of ten days ago in which a visit was announced, and the desk of its borrower."""
    services = app.extensions["doorstep"]
    filing = Filing("chenxing_cf", "说明天上门。", ("visit_threatened",), "publish",
                    threats=(Threat("visit_threatened", None, "not_yet"),))  # fmt: skip
    filed = file_complaint(database, services.reader, services.keys, filing, received_at=now() - timedelta(days=10))
    with database.writing() as session:
        session.execute(update(ThreatReport).values(reported_at=now() - timedelta(days=10)))
    complaints.publish(database, filed.id, "anna")
    return filed.id, Desk(client, filed.receipt)
