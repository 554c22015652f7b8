"""The API of filing held to its own OpenAPI document, by requests that schemathesis makes up from it."""

from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy import func, select

from domain.models import Complaint
from domain.store.intake import unread

# The same requests in every run: a defect that one run finds by chance would be anybody's who comes next.
MADE_UP = settings(
    max_examples=30, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
# What no schema says: which days are over, and that one of several fields must hold something.
BEYOND_THE_SCHEMA = {"too_early", "in_the_future", "not_a_day", "nothing_in_it"}
PATHS = ("/complaints", "/receipts", "/receipts/withdraw")


def answers(app, path: str, mode: GenerationMode) -> tuple[Counter[int], set[str]]:
    """Send requests that fit the document, or don't; return how often each status came, and the receipts."""
    app.testing = False  # an error that nobody foresaw is to be a 500, as on the shipped site
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[path]["POST"]
    seen, receipts = Counter[int](), set[str]()

    @MADE_UP
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case) -> None:
        answer = case.call()
        seen[answer.status_code] += 1
        if answer.status_code == 201:
            receipts.add(answer.json()["receipt"])
        if mode is GenerationMode.POSITIVE and answer.status_code == 400:
            assert {error["code"] for error in answer.json()["errors"]} <= BEYOND_THE_SCHEMA, case.body
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    send()
    return seen, receipts


@pytest.mark.parametrize("path", PATHS)
def test_what_the_document_rules_out_is_refused_as_the_document_says(app, path):
    seen, receipts = answers(app, path, GenerationMode.NEGATIVE)
    assert seen
    assert all(400 <= status < 500 for status in seen), seen
    assert receipts == set()


def test_what_the_document_allows_is_kept_once_for_each_receipt(app, database):
    seen, receipts = answers(app, "/complaints", GenerationMode.POSITIVE)
    assert set(seen) <= {201, 400, 409}, seen
    unread.read_what_waits(database)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Complaint)) == len(receipts) > 0


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_made_up_receipt_is_always_a_wrong_one(app, path):
    assert set(answers(app, path, GenerationMode.POSITIVE)[0]) == {404}
