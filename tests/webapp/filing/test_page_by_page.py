"""The pages of filing, there and back."""

import pytest

from tests.webapp.filing.kept import WHOLE, only_complaint
from webapp.forms.steps import LONG, SHORT

OTHER_STORY = "另外一件事：他们又打给了我的同事。"


def test_the_first_page_says_first_what_happens_to_what_is_typed(filing_pages):
    assert filing_pages.page.index("什么都不会提交") < filing_pages.page.index('name="written_by"')


@pytest.mark.parametrize(("writer", "steps"), [("borrower", LONG), ("relative", SHORT)])
def test_every_page_says_something_first_and_asks_one_group(filing_pages, writer, steps):
    for step in steps:
        filing_pages.go_to(step.name, written_by=writer)
        assert filing_pages.step == step.name
        assert 'class="what-happens"' in filing_pages.page or 'class="key-facts"' in filing_pages.page
        assert "快速离开本页" in filing_pages.page
        assert filing_pages.page.count("<h1") == 1


def test_a_lender_of_the_registry_can_come_with_the_address(client, filing_pages):
    filing_pages.open("/complaints/new?lender=chenxing_cf")
    filing_pages.press(written_by="borrower")
    assert 'value="晨星消费金融"' in filing_pages.page
    assert client.get('/complaints/new?lender="><b>').status_code == 200


def test_back_and_forth_nothing_is_lost(filing_pages):
    filing_pages.go_to("check", **WHOLE)
    shown = {}
    for step in reversed(LONG):
        shown[step.name] = sorted(filing_pages.fields().items(multi=True))
        filing_pages.press("back")
    assert filing_pages.step == "writer"
    volatile = {"csrf_token", "carried"}
    for step in LONG:
        now = [pair for pair in sorted(filing_pages.fields().items(multi=True)) if pair[0] not in volatile]
        assert now == [pair for pair in shown[step.name] if pair[0] not in volatile], step.name
        filing_pages.press()


def test_what_is_half_typed_stays_when_going_back(filing_pages):
    filing_pages.go_to("events")
    filing_pages.press("back", events__0__month="13", events__0__contacted=["friend"])
    assert filing_pages.step == "story"
    filing_pages.press()
    assert (filing_pages.fields()["events-0-month"], filing_pages.fields()["events-0-contacted"]) == ("13", "friend")


def test_events_can_be_added_and_taken_out_and_their_messages_go_with_them(filing_pages, database, receipt_of):
    filing_pages.go_to("events")
    filing_pages.press("add-events", events__0__channel="call")
    filing_pages.press("add-events", events__1__channel="visit")
    filing_pages.press(events__2__channel="letter")
    filing_pages.press("add-scripts", scripts__0__text="第三件事的信", scripts__0__event="3")
    filing_pages.press("back", scripts__1__text="第一件事的话", scripts__1__event="1")
    filing_pages.press("remove-events-0")
    receipt_of(filing_pages.send())
    kept = only_complaint(database)
    assert [event.channel for event in kept.events] == ["visit", "letter"]
    assert {(script.text, script.event_number) for script in kept.scripts} == {
        ("第三件事的信", 2),
        ("第一件事的话", None),
    }


def test_rows_that_stay_empty_are_no_rows(filing_pages, database, receipt_of):
    filing_pages.go_to("threats")
    filing_pages.press("add-threats")
    filing_pages.press("add-threats")
    receipt_of(filing_pages.send())
    assert only_complaint(database).threats == []


def test_no_more_rows_than_there_may_be(filing_pages):
    filing_pages.go_to("events")
    for _ in range(20):
        filing_pages.press("add-events", **{f"events__{n}__channel": "call" for n in range(8)})
    assert filing_pages.page.count('class="row"') == 8
    assert 'value="add-events"' not in filing_pages.page


def test_tactics_are_ticked_from_the_text_and_what_is_taken_out_stays_out(filing_pages):
    filing_pages.go_to("tactics", narrative="催收骂我不要脸，每天打三十个电话。", tactics=[])
    ticked = filing_pages.fields().getlist("tactics")
    assert {"insult_abuse", "excessive_call_frequency"} <= set(ticked)
    filing_pages.press(tactics=["excessive_call_frequency"])
    filing_pages.press("back")
    assert filing_pages.fields().getlist("tactics") == ["excessive_call_frequency"]


def test_what_is_told_later_is_ticked_too(filing_pages):
    filing_pages.go_to("tactics", narrative="催收骂我不要脸。", tactics=[])
    filing_pages.press(tactics=[])
    filing_pages.open(filing_pages.address.replace("/threats", "/story"))
    filing_pages.go_to("tactics", narrative="催收骂我不要脸，每天打三十个电话。", tactics=[])
    assert filing_pages.fields().getlist("tactics") == ["excessive_call_frequency"]


def test_every_tactic_is_offered_in_plain_words_of_the_readers_language(filing_pages, app):
    from webapp.filing.plain_tactics import PLAIN_WORDS

    filing_pages.go_to("tactics")
    assert filing_pages.page.count('name="tactics"') == len(app.extensions["doorstep"].tactics) == 29
    assert set(PLAIN_WORDS) == {tactic.code for tactic in app.extensions["doorstep"].tactics}
    assert "骂我、侮辱我" in filing_pages.page
    filing_pages.open(filing_pages.address + "?lang=zh-Hant")
    assert "罵我、侮辱我" in filing_pages.page


def test_switching_the_language_in_the_middle_loses_nothing(filing_pages, client):
    filing_pages.go_to("story")
    fields = filing_pages.fields()
    fields["narrative"], fields["go"] = OTHER_STORY, "stay"
    filing_pages.response = client.post(filing_pages.address + "?lang=en", data=fields)
    filing_pages.follow()
    assert '<html lang="en"' in filing_pages.page
    assert filing_pages.step == "story"
    assert OTHER_STORY in filing_pages.page


def test_no_page_of_the_flow_may_be_stored_and_no_address_holds_a_receipt(filing_pages, client):
    for step in LONG:
        filing_pages.go_to(step.name)
        assert filing_pages.response.headers["Cache-Control"] == "no-store"
    response = filing_pages.send_form("send")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Location" not in response.headers


def test_a_refused_page_is_shown_by_its_address_until_nothing_is_wrong_with_it(filing_pages):
    filing_pages.go_to("consent")
    response = filing_pages.send_form(contact="lin@example.org")
    assert (response.status_code, response.headers["Location"][-16:]) == (303, "/consent?again=1")
    for _ in range(2):
        assert filing_pages.open(response.headers["Location"]).status_code == 400
        assert "请选择可以发布什么" in filing_pages.page
    assert filing_pages.fields()["contact"] == "lin@example.org"
    filing_pages.press(consent="publish")
    assert filing_pages.open(response.headers["Location"]).status_code == 200
    assert "请选择可以发布什么" not in filing_pages.page


def test_an_announcement_that_was_pressed_by_mistake_can_be_taken_out(filing_pages):
    """A radio button can't be let go, and with a kind the page asks for an outcome: somebody who announced nothing."""
    filing_pages.go_to("threats")
    assert "remove-threats-0" not in filing_pages.page
    filing_pages.press(threats__0__kind="visit")
    assert filing_pages.step == "threats"
    assert 'value="remove-threats-0"' in filing_pages.page
    filing_pages.press("remove-threats-0")
    filing_pages.press()
    assert filing_pages.step == "place"
