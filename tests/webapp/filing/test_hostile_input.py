"""Markup, bytes, sizes, buttons and addresses that no page of ours sends."""

import re
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webapp.filing.kept import count, text
from webapp.forms.steps import LONG, STEPS

MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


@pytest.mark.parametrize("step", [step.name for step in LONG])
def test_markup_in_any_field_stays_text(filing_pages, step):
    filing_pages.go_to(step)
    names = [name for name in filing_pages.fields() if name not in ("csrf_token", "carried", "page")]
    names += ["lender_choice", "wants", "tactics", "events-0-contacted"]
    for go in ("on", "stay", "back"):
        page = filing_pages.send_form(go, **dict.fromkeys(names, MARKUP))
        if page.status_code == 303:
            page = filing_pages.client.get(page.headers["Location"].replace("/check", f"/{step}"))
        for shown in (page.get_data(as_text=True),):
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown
            assert "{49}" not in shown


def test_markup_that_is_filed_stays_text_to_the_end(filing_pages, receipt_of):
    filing_pages.go_to("check", narrative=MARKUP, lender="<b>云</b>", scripts__0__text=MARKUP, product="<i>贷</i>",
                       events__0__about="<u>三月</u>", contact="<s>x</s>")  # fmt: skip
    for page in (filing_pages.page, filing_pages.response.get_data(as_text=True)):
        assert "<img src=x onerror" not in filing_pages.response.get_data(as_text=True), page[:50]
    raw = filing_pages.response.get_data(as_text=True)
    assert not re.search(r"<(b|i|u|s)>", raw)
    receipt_of(filing_pages.press("send"))


@pytest.mark.parametrize("address", ["/complaints/new", "page"])
def test_a_megabyte_in_one_field_is_a_clear_4xx(filing_pages, address):
    filing_pages.go_to("story")
    address = filing_pages.address if address == "page" else address
    response = filing_pages.client.post(address, data=filing_pages.fields() | {"narrative": "a" * 1_100_000})
    assert response.status_code == 413
    assert "内容太大了" in text(response)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "", "multipart/form-data"])
def test_a_form_in_another_content_type_is_a_clear_4xx(filing_pages, client, database, content_type):
    filing_pages.go_to("check")
    for address in ("/complaints/new", filing_pages.address):
        response = client.post(address, data=b"{}", content_type=content_type)
        assert 400 <= response.status_code < 500
    assert count(database) == 0


def test_bytes_that_are_no_utf_8_are_no_server_error(filing_pages, client):
    filing_pages.go_to("lender")
    token = filing_pages.fields()["csrf_token"]
    body = f"csrf_token={token}&page=lender&lender=%ED%A0%80%FF&collector=%C3%28&go=on&carried=%FF"
    response = client.post(filing_pages.address, data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code < 500


@pytest.mark.parametrize("unseen", ["\x01", "\u200b\u200d", "\u3164", "\U000e0101", " \u2800\n"])
def test_a_story_of_which_nothing_can_be_seen_is_none(filing_pages, database, unseen):
    """A story of one control character alone was an error of the server at the check."""
    filing_pages.go_to("check", narrative=unseen, tactics=[])
    assert filing_pages.step == "tactics"
    assert "请至少勾选一项，或者写下发生了什么。" in filing_pages.page
    filing_pages.press(tactics=["visit_actual"])
    filing_pages.go_to("check", narrative=unseen, scripts__0__text=unseen)
    assert filing_pages.press("send", more_masks=unseen).status_code == 200
    assert count(database) == 1


@pytest.mark.parametrize("unseen", ["\x01", "\u200b", "\u3164"])
def test_a_lender_of_which_nothing_can_be_seen_is_asked_for(filing_pages, unseen):
    filing_pages.go_to("loan", lender=unseen)
    assert filing_pages.step == "lender"
    assert filing_pages.response.status_code == 400


@pytest.mark.parametrize("go", ["", "x", "send", "remove-events-9", "add-lenders", "remove-file-5", "\0"])
def test_a_button_that_a_page_has_not_does_no_harm(filing_pages, database, go):
    filing_pages.go_to("lender")
    assert filing_pages.send_form(go).status_code < 500
    assert count(database) == 0


@pytest.mark.parametrize("address", ["x/lender", "A" * 22 + "/nothing", "A" * 23 + "/lender", "..%2f..%2fetc/lender"])
def test_an_address_that_is_none_is_not_found(client, address):
    assert client.get(f"/complaints/new/{address}").status_code == 404
    assert client.post(f"/complaints/new/{address}").status_code == 404


# What keyboards, pasting and programs send: bytes of every kind, and texts that mean something to one layer or another.
HOSTILE = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=40).map(lambda typed: typed.encode("utf-8", "surrogatepass")),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Nd", "So"]), max_size=20).map(
        lambda typed: typed.encode("utf-8", "surrogatepass")
    ),
    st.sampled_from(
        [MARKUP.encode(), b"\0", b"9" * 5000, "１２".encode(), b"%s%n", b"../../etc/passwd", b"on", b"send"]
    ),
)


@pytest.mark.parametrize("step", sorted(STEPS))
def test_any_bytes_in_any_field_any_number_of_times_are_no_server_error(filing_pages, client, step):
    filing_pages.go_to(step, **({"written_by": "relative"} if step == "received" else {}))
    address, token = filing_pages.address, filing_pages.fields()["csrf_token"]
    names = [*STEPS[step].fields, "go", "carried", "proof", "confirmed", "then", "nothing"]

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(names), HOSTILE), max_size=12))
    def send(pairs):
        fields = [f"csrf_token={token}&page={step}".encode()]
        fields += [name.encode() + b"=" + quote_from_bytes(value).encode() for name, value in pairs]
        answer = client.post(address, data=b"&".join(fields), content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500
        assert b"<script>alert" not in answer.data

    send()
