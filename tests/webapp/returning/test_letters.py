"""Letters between a borrower and the moderators."""

import re

import lxml.html
import pytest

from domain.store.intake import messages
from tests.webapp.filing.kept import locked_store
from tests.webapp.returning.desk import ask_borrower, text_of


def test_a_letter_of_a_moderator_is_read_and_answered(desk, app, database, complaint):
    ask_borrower(app, database, complaint, "请问是哪一天？<b>")
    page = desk.send().get_data(as_text=True)
    assert "请问是哪一天？&lt;b&gt;" in page
    assert "审核员给您写了信" in page
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    for _ in range(2):
        answer = text_of(desk.send("/letter", words="十一月二十日晚上", key=key))
        assert "信已寄出" in answer
        assert answer.count("十一月二十日晚上") == 1
    assert "审核员给您写了信" not in answer


def test_an_empty_or_overlong_letter_is_refused_with_its_words(desk):
    empty = desk.send("/letter", words="  ", key="k" * 20)
    assert empty.status_code == 400
    assert 'href="#words"' in empty.get_data(as_text=True)
    long = desk.send("/letter", words="长" * 5001, key="k" * 20)
    assert long.status_code == 400
    assert "长" * 5001 in text_of(long)


def test_a_stale_token_gives_the_letter_back_and_sends_nothing(desk, database, complaint):
    response = desk.send("/letter", words="写了很久的信", key="k" * 20, csrf_token="rubbish")
    assert response.status_code == 400
    assert "写了很久的信" in text_of(response)
    assert messages.letters_of(database, complaint.id) == []
    assert desk.send("/letter", words="写了很久的信", key="k" * 20).status_code == 200


@pytest.mark.parametrize(("way", "fields"), [
    ("/letter", {"words": "写了很久的信<b>\n第二行", "key": "k" * 20}),
    ("/correct", {"narrative": "写了很久的信<b>\n第二行", "step": "send"}),
])  # fmt: skip
def test_a_store_that_is_locked_gives_back_what_was_written_with_a_button_that_sends_it(
    desk, database, settings, monkeypatch, way, fields
):
    monkeypatch.setattr("domain.store.database.BUSY_TIMEOUT_MS", 50)
    with locked_store(settings):
        response = desk.send(way, **fields)
    assert response.status_code == 503
    assert "写了很久的信<b>" in text_of(response)
    assert "<b>" not in response.get_data(as_text=True)
    form = next(
        form for form in lxml.html.fromstring(response.get_data(as_text=True)).forms if form.action == f"/receipt{way}"
    )
    assert desk.client.post(form.action, data=dict(form.form_values())).status_code == 200
    assert desk.client.post(form.action, data=dict(form.form_values())).status_code == 200
