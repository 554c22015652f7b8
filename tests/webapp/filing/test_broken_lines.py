"""What reaches the site of a line that broke, and bodies in chunks: as gunicorn hands them on."""

import io
import json
from urllib.parse import urlencode

import pytest

from tests.webapp.filing.kept import count

AS_GUNICORN = {"wsgi.input_terminated": True}


def send_part(client, address, body, sent, content_type="application/x-www-form-urlencoded", **headers):
    """Send the first `sent` bytes of a body that was announced as longer, as when a telephone loses its network."""
    return client.post(
        address, input_stream=io.BytesIO(body[:sent]), content_type=content_type, headers=headers,
        environ_overrides=AS_GUNICORN | {"CONTENT_LENGTH": str(len(body))},
    )  # fmt: skip


def send_in_chunks(client, address, body, content_type, **headers):
    """Send a body whose length nobody announced."""
    return client.post(
        address, input_stream=io.BytesIO(body), content_type=content_type, headers=headers,
        environ_overrides=AS_GUNICORN | {"HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_of_a_page_whose_line_broke_nothing_replaces_what_was_typed_before(filing_pages, client, share):
    filing_pages.go_to("events", narrative="他们每天打电话。" * 100)
    filing_pages.press("back")
    fields = filing_pages.fields() | {"narrative": "他们每天打电话。" * 200, "go": "on"}
    body = urlencode(list(fields.items(multi=True))).encode()
    assert send_part(client, filing_pages.address, body, int(share * len(body))).status_code == 400
    filing_pages.open(filing_pages.address)
    assert filing_pages.fields()["narrative"] == "他们每天打电话。" * 100


def test_of_a_complaint_whose_line_broke_nothing_is_kept(client, database):
    body = json.dumps({"lender": "x", "narrative": "y", "consent": "figures"}).encode() + b" " * 100
    key = {"Idempotency-Key": "k"}
    assert send_part(client, "/api/v1/complaints", body, len(body) - 50, "application/json", **key).status_code == 400
    assert count(database) == 0
    assert send_part(client, "/api/v1/complaints", body, len(body), "application/json", **key).status_code == 201


def test_what_comes_in_chunks_is_taken_up_to_the_limit_and_refused_behind_it(client, database):
    whole = json.dumps({"lender": "x", "narrative": "y", "consent": "figures"}).encode()
    whole += b" " * (1024 * 1024 - len(whole))
    for body, status in ((whole, 201), (whole + b" ", 413)):
        key = {"Idempotency-Key": f"k{status}"}
        response = send_in_chunks(client, "/api/v1/complaints", body, "application/json", **key)
        assert response.status_code == status, response.data
    form = b"receipt=" + b"A" * 1_100_000
    assert send_in_chunks(client, "/receipt", form, "application/x-www-form-urlencoded").status_code == 413
    assert count(database) == 1
