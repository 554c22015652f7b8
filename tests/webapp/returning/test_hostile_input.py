"""Bytes that no page of the receipt sends."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = ["step", "words", "key", "threat", "outcome", "consent", "narrative", "receipt", "nothing"]
HOSTILE = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=40).map(lambda typed: typed.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"\0", b"send", b"check", b"edit", b"<script>alert(1)</script>", b"9" * 5000, "Ａ１".encode()]),
)


@pytest.mark.parametrize("way", ["", "/letter", "/outcome", "/consent", "/correct", "/evidence"])
def test_any_bytes_in_any_field_any_number_of_times_are_no_server_error(desk, client, way):
    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(NAMES), HOSTILE), max_size=8))
    def send(pairs):
        fields = [f"csrf_token={desk.token}&receipt={desk.receipt}".encode()]
        fields += [name.encode() + b"=" + quote_from_bytes(value).encode() for name, value in pairs]
        answer = client.post(f"/receipt{way}", data=b"&".join(fields), content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500
        assert b"<script>alert" not in answer.data

    send()
