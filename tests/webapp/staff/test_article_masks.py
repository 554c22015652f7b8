"""Words of an article masked by hand: on its pages, and gone from all that readers get until they are shown again."""

import html
import re

import pytest

from domain.models import Article
from domain.store import audit, records
from domain.store.gathering import article_history
from domain.store.moderating import disputes, removals
from domain.store.moderating.removals import Settlement
from tests.webapp.staff.conftest import token_of

NICK, SHOP = "金丝雀老三", "枣树下卖金丝雀的那个摊"
TEXT = f"晨星消费金融的催收员上周到{SHOP}找{NICK}，说已经到小区门口。后来没有人来。"
ADDRESS = "https://paper.invalid/1"
PATHS = [
    "/", "/search", "/search?search_term=门口&sort=relevance", "/search.csv", "/search.json", "/api/v1/search",
    "/api/v1/search?search_term=门口", "/data/articles.csv", "/data/articles.jsonl", "/feed.atom",
    "/lenders/chenxing_cf", "/lenders/chenxing_cf/feed.atom", "/tactics/visit_threatened",
    "/tactics/visit_threatened/feed.atom", "/trends", "/removals", "/api/v1/suggest?text=金丝雀", "/metrics",
]  # fmt: skip


@pytest.fixture
def article_id(site):
    """An article that was gathered twice; its first version said more."""
    site.article(f"{TEXT}{NICK}的车还停在那里。", title=f"{NICK}被催收", address=ADDRESS)
    found = site.article(TEXT, title=f"{NICK}又被催收", address=ADDRESS)
    site.index()
    return found


@pytest.fixture
def lin(staff):
    return staff("moderator", name="lin")


def version(site, article_id):
    return records.get(site.database, article_id).version


def mask(who, site, article_id, words=f"{NICK}\n{SHOP}", **fields):
    sent = {"version": version(site, article_id), "step": "hide", "words": words, "reason": "private_data"} | fields
    return who.post(f"/staff/articles/{article_id}/masks", **sent)


def everywhere(site, article_id):
    site.index()
    record = [f"/records/{article_id}", f"/api/v1/records/{article_id}", f"/records/{article_id}/dispute"]
    return {path: html.unescape(site.client.get(path).get_data(as_text=True)) for path in [*record, *PATHS]}


def showing(answers):
    return [path for path, text in answers.items() if NICK in text or SHOP in text]


def without_clock(text):
    return re.sub(r'"(last_indexed|made_at|updated|csrf_token)": ?"[^"]*"|value="[^"]*"|<updated>[^<]*', "", text)


def test_masked_words_leave_everything_at_the_next_sync_and_a_lift_brings_them_back(site, lin, article_id, settings):
    before = everywhere(site, article_id)
    assert {f"/records/{article_id}", "/search", "/data/articles.csv", "/feed.atom"} <= set(showing(before))
    assert f"{NICK}的车还停在那里" in before[f"/records/{article_id}"]
    answer = mask(lin, site, article_id)
    assert answer.headers["Location"] == f"/staff/articles/{article_id}?as=masked#text"
    during = everywhere(site, article_id)
    assert showing(during) == []
    assert "［隐去］的车还停在那里" in during[f"/records/{article_id}"]
    assert "到小区门口" in during["/search.csv"]
    for word in (NICK, SHOP):
        assert site.json(f'/api/v1/search?search_term="{word}"')["total"] == 0
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*")
                    if path.is_file() and "index" in str(path.relative_to(settings.data_dir)))  # fmt: skip
    assert kept
    assert NICK.encode() not in kept
    lin.post(
        f"/staff/articles/{article_id}/masks", version=version(site, article_id), step="lift", words=[NICK, SHOP],
        reason="other",
    )  # fmt: skip
    after = everywhere(site, article_id)
    assert {path: without_clock(text) for path, text in after.items()} == {
        path: without_clock(text) for path, text in before.items()
    }


def test_it_is_masked_from_the_dispute_and_said_in_the_public_log(site, lin, article_id, client):
    fields = {"reason": "private_data", "words": f"写了{NICK}", "contact": "", "csrf_token": token_of(client)}
    client.post(f"/records/{article_id}/dispute", data=fields)
    [dispute] = disputes.waiting(site.database)
    page = html.unescape(lin.get(f"/staff/disputes/records/{article_id}").get_data(as_text=True))
    assert f'action="/staff/articles/{article_id}/masks"' in page
    assert "mask-selection" in page
    mask(lin, site, article_id)
    settled = {"action": "corrected", "reason": "private_data", "note": f"遮盖了外号{NICK}。"}
    answer = lin.post(f"/staff/disputes/records/{article_id}", dispute=dispute.id, version=1, **settled)
    assert answer.status_code == 303
    assert "遮盖了外号［隐去］" in site.page("/removals")
    assert showing(everywhere(site, article_id)) == []


def test_a_note_written_before_the_mask_tells_nothing_after_it(site, lin, article_id):
    kept = {"action": "corrected", "reason": "other", "note": f"{NICK}来信说明了。"}
    assert lin.post(f"/staff/disputes/records/{article_id}", **kept).status_code == 303
    assert NICK in site.page("/removals")
    mask(lin, site, article_id)
    assert NICK not in site.page("/removals")


def test_a_note_that_quotes_what_is_masked_is_refused(site, lin, article_id):
    mask(lin, site, article_id, words=f"{SHOP}找{NICK}")
    settled = {"action": "corrected", "reason": "other", "note": f"去掉了“{SHOP}找{NICK}”。"}
    assert lin.post(f"/staff/disputes/records/{article_id}", **settled).status_code == 400


def test_the_second_moderator_is_told_who_was_first_and_keeps_what_was_typed(site, lin, staff, article_id):
    seen = version(site, article_id)
    mask(staff("moderator", name="gao"), site, article_id, words=NICK)
    answer = mask(lin, site, article_id, words=SHOP, version=seen)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "gao" in page
    assert re.search(rf"<textarea[^>]*>{SHOP}</textarea>", page)
    assert records.get(site.database, article_id).hidden_words == [NICK]
    lift = {"version": seen, "step": "lift", "words": NICK, "reason": "other"}
    assert lin.post(f"/staff/articles/{article_id}/masks", **lift).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [{"words": " "}, {"words": "金"}, {"words": "没有这些字"}, {"reason": ""}, {"step": "lift", "words": "没有"}],
)
def test_what_can_not_be_masked_is_said_and_what_was_typed_is_kept(site, lin, article_id, changes):
    answer = mask(lin, site, article_id, **changes)
    assert answer.status_code == 400
    assert "error-summary" in answer.get_data(as_text=True)
    assert records.get(site.database, article_id).hidden_words == []
    assert audit.events_of(site.database, article_id)[-1].actor == "crawler"


def test_a_slip_is_counted_and_a_complaint_is_no_article(site, lin, article_id):
    answer = mask(lin, site, article_id, words=f"{NICK}\n没有这些字")
    assert "missing=1" in answer.headers["Location"]
    shown = html.unescape(lin.get(answer.headers["Location"] + "&lang=zh-Hans").get_data(as_text=True))
    assert "有 1 个" in shown or "1 " in shown
    complaint_id = site.complaint()
    assert lin.get(f"/staff/articles/{complaint_id}").status_code == 404
    assert mask(lin, site, complaint_id).status_code == 404


STATES = {"indexed": 200, "duplicate_of": 302, "irrelevant": 404, "gone": 410, "taken_down": 410}


def in_state(site, state):
    """Gather an article and bring it into a state; return its id."""
    article_id = site.article(TEXT, title=f"{NICK}被催收", address=ADDRESS)
    if state == "duplicate_of":
        return site.article(TEXT, title=f"{NICK}被催收", address="https://copy.invalid/1")
    if state == "gone":
        article_history.mark_gone(site.database, ADDRESS, "http_404")
    if state == "taken_down":
        removals.settle(site.database, article_id, Settlement("taken_down", "other", "核实中。"), "staff:gao")
    if state == "irrelevant":
        with site.database.writing() as session:
            session.query(Article).update({"status": "irrelevant"})
    return article_id


@pytest.mark.parametrize("state", STATES)
def test_in_each_state_moderators_mask_and_nobody_else_learns_of_it(site, staff, state):
    article_id = in_state(site, state)
    browsers = {role: staff(role) for role in ("reader", "moderator", "representative")}
    assert site.client.get(f"/records/{article_id}").status_code == STATES[state]
    assert site.client.get(f"/staff/articles/{article_id}").status_code == 302
    seen = {role: browser.get(f"/staff/articles/{article_id}").status_code for role, browser in browsers.items()}
    assert seen == {"reader": 200, "moderator": 200, "representative": 403}
    answers = {role: mask(browser, site, article_id).status_code for role, browser in browsers.items()}
    assert answers == {"reader": 403, "moderator": 303, "representative": 403}
    assert records.get(site.database, article_id).status == state
    assert records.get(site.database, article_id).hidden_words == [NICK, SHOP]
    assert showing(everywhere(site, article_id)) == []


def test_a_reader_sees_the_article_as_readers_do_and_not_what_is_masked(site, lin, staff, article_id):
    mask(lin, site, article_id)
    page = staff("reader").get(f"/staff/articles/{article_id}").get_data(as_text=True)
    assert "到小区门口" in page
    assert NICK not in page
    assert 'name="words"' not in page
    assert NICK in lin.get(f"/staff/articles/{article_id}").get_data(as_text=True)


@pytest.mark.parametrize("form", ["{}", " https://doorstep.invalid/records/{} "])
def test_a_record_is_opened_by_its_number_or_address(site, lin, article_id, form):
    answer = lin.client.get("/staff/disputes", query_string={"record": form.format(article_id)})
    assert answer.headers["Location"] == f"/staff/disputes/records/{article_id}"
    assert lin.client.get("/staff/disputes", query_string={"record": "//evil.invalid"}).status_code == 200
