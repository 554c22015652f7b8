"""The queue and the page of one complaint, as moderators use them without scripts."""

import html
import re

import pytest

from domain.models import Complaint
from domain.store import audit, records
from domain.store.intake import evidence, receipts, unread
from tests import evidence_files


@pytest.fixture
def moderator(staff):
    return staff("moderator", name="lin")


@pytest.fixture
def waiting(site):
    def make(text="催收员王小明说明天上门，阿花也接到了电话。", **changes):
        return site.complaint(text, publish=False, **changes)

    return make


def page(who, address, status=200):
    response = who.get(address)
    assert response.status_code == status
    return html.unescape(response.get_data(as_text=True))


def decide(who, complaint_id, decision, version=1, **fields):
    return who.post(f"/staff/queue/{complaint_id}/decision", version=version, decision=decision, **fields)


def status_of(site, complaint_id):
    found = records.get(site.database, complaint_id)
    assert isinstance(found, Complaint)
    return found.status


def test_the_queue_lists_what_waits_with_its_tags_and_without_what_is_masked(moderator, waiting, site):
    complaint_id = waiting("我的电话是13800138000，催收说已经到我家门口。")
    shown = page(moderator, "/staff/queue?lang=en")
    assert f"/staff/queue/{complaint_id}" in shown
    assert "13800138000" not in shown
    assert "1 complaint waits." in shown
    assert "到我家门口" in shown


def test_narrowing_stays_while_one_goes_on(moderator, waiting):
    first = waiting(lender="yunling_bank")
    second = waiting("又一次，他们打给我的老板。", lender="yunling_bank")
    waiting("别的机构的事。")
    response = moderator.post("/staff/queue/next", lender="yunling_bank")
    assert response.headers["Location"] == f"/staff/queue/{first}?lender=yunling_bank"
    response = decide(moderator, first, "published", lender="yunling_bank")
    where = response.headers["Location"]
    assert where == f"/staff/queue/{second}?lender=yunling_bank&done={first}&as=published"
    assert "已经发布" in page(moderator, where) or "发布" in page(moderator, where)


def test_when_nothing_waits_any_more_the_queue_is_shown(moderator, waiting):
    response = decide(moderator, waiting(), "published")
    assert response.headers["Location"].startswith("/staff/queue?done=")
    assert page(moderator, response.headers["Location"])


def test_a_lender_that_nobody_knows_finds_nothing(moderator, waiting):
    complaint_id = waiting()
    assert complaint_id not in page(moderator, "/staff/queue?lender=没有这家")


@pytest.mark.parametrize("after", ["x", "1-2", "1-2-3-4", "9" * 18 + "-1-1", "-1--1-0", "１-２-３", "1" * 30 + "-1-1"])
def test_an_absurd_cursor_breaks_nothing(moderator, waiting, after):
    waiting()
    page(moderator, f"/staff/queue?after={after}&state=nonsense&tactic=%00&language=xx&consent=yy&lender=%00")


def test_all_pages_of_the_queue_are_reached(moderator, waiting):
    filed = {waiting(f"第{number}次打来。") for number in range(30)}
    seen, address = set(), "/staff/queue"
    while address:
        shown = page(moderator, address)
        seen |= set(re.findall(r'href="/staff/queue/(c\w{12})', shown))
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = following.group(1) if following else ""
    assert seen == filed


def test_what_was_found_stands_on_the_page(moderator, waiting, site):
    script = "您好，您在我司的欠款已经逾期，请于今日十八点前处理，否则我司将派人上门核实情况。"
    first = waiting("我的电话是13800138000，他们说明天带人上门，我很害怕，孩子还在家里。", scripts=(script,))
    again = waiting("我的电话是13800138001，他们说明天带人上门，我很害怕，孩子还在家里。", scripts=(script,))
    shown = page(moderator, f"/staff/queue/{first}?lang=en")
    for part in (
        "Nearly the same text",
        "The same messages",
        "The same lender and tactics",
        again,
        "it reaches a person",
    ):
        assert part in shown
    assert "13800138000" not in shown
    assert "sure" in shown


def test_the_second_moderator_is_told_and_keeps_what_was_typed(staff, waiting, site):
    complaint_id = waiting()
    lin, zhao = staff("moderator", name="lin"), staff("moderator", name="zhao")
    decide(lin, complaint_id, "rejected", reason="insult", words="请说明经过。")
    told = decide(zhao, complaint_id, "held", reason="other", words="我想再看看证据")
    assert told.status_code == 409
    text = html.unescape(told.get_data(as_text=True))
    assert "我想再看看证据" in text
    assert "lin" in text
    assert status_of(site, complaint_id) == "rejected"


def test_who_opens_a_complaint_that_another_reads_is_told(staff, waiting):
    complaint_id = waiting()
    staff("moderator", name="lin").post("/staff/queue/next")
    assert "lin is reading it" in page(staff("moderator", name="zhao"), f"/staff/queue/{complaint_id}?lang=en")


@pytest.mark.parametrize(
    ("decision", "fields"),
    [("rejected", {}), ("rejected", {"reason": "insult"}), ("held", {"reason": "nonsense"}), ("asked", {"words": " "}),
     ("nonsense", {"reason": "other", "words": "x"}), ("held", {"reason": "other"})],
)  # fmt: skip
def test_a_decision_without_its_reason_is_refused_and_keeps_what_was_typed(moderator, waiting, site, decision, fields):
    complaint_id = waiting()
    assert decide(moderator, complaint_id, decision, **fields).status_code == 400
    assert status_of(site, complaint_id) == "received"


def test_a_step_that_the_state_does_not_allow_is_refused(moderator, waiting, site):
    complaint_id = waiting(consent="private")
    assert decide(moderator, complaint_id, "published").status_code == 409


def test_the_borrower_reads_the_reason_with_the_receipt(moderator, waiting, site):
    complaint_id = waiting()
    decide(moderator, complaint_id, "rejected", reason="not_collection", words="这里说的不是催收。")
    body = {"receipt": site.receipts[complaint_id]}
    answer = site.client.post("/api/v1/receipts", json=body).json
    assert answer["status"] == "rejected"
    assert answer["messages"][-1]["text"] == "这里说的不是催收。"


def test_words_and_sentences_are_masked_without_scripts(moderator, waiting, site):
    complaint_id = waiting("阿花是我表姐。催收员打给了她。我很难过。")
    address = f"/staff/queue/{complaint_id}/masks"
    response = moderator.post(address, version=1, step="hide", words="阿花\r\n没有这句", sentence="3")
    assert response.headers["Location"] == f"/staff/queue/{complaint_id}?as=masked&missing=1#text"
    found = records.get(site.database, complaint_id)
    assert "阿花" not in found.public_text
    assert "难过" not in found.public_text
    assert "没有这句" not in response.headers["Location"]


def test_a_wrong_mask_is_lifted_and_noted(moderator, waiting, site):
    complaint_id = waiting("我的电话是13800138000，请不要打。")
    shown = page(moderator, f"/staff/queue/{complaint_id}")
    place = re.search(r'name="place" value="(\d+-\d+)"', shown).group(1)
    assert moderator.post(f"/staff/queue/{complaint_id}/masks", version=1, step="lift", place=place).status_code == 303
    assert "13800138000" in records.get(site.database, complaint_id).public_text
    assert audit.events_of(site.database, complaint_id)[-1].action == "complaint.unmasked"


@pytest.mark.parametrize(
    ("path", "fields"),
    [("masks", {"step": "hide"}), ("masks", {"step": "lift", "place": "x"}), ("masks", {"step": "hide", "words": "我"}),
     ("tags", {"step": "add", "code": "nonsense"}), ("tags", {"step": "remove", "tag": "999"}),
     ("tags", {"step": "add", "code": "visit_threatened", "assertion": "denial", "counted": "1"}),
     ("lender", {"named": "没有这家", "part": "lender"}), ("original", {"reason": "curiosity"})],
)  # fmt: skip
def test_an_edit_that_can_not_be_made_is_refused_with_words(moderator, waiting, path, fields):
    complaint_id = waiting()
    response = moderator.post(f"/staff/queue/{complaint_id}/{path}", version=1, **fields)
    assert response.status_code == 400
    assert "govuk-error-summary" in response.get_data(as_text=True)


def test_tags_and_lender_are_edited(moderator, waiting, site):
    complaint_id = waiting("他们骂我是骗子。", lender="一家没听过的公司", tactics=())
    tag = {
        "step": "add",
        "code": "insult_abuse",
        "assertion": "first_hand_claim",
        "counted": "1",
        "passage": "骂我是骗子",
    }
    moderator.post(f"/staff/queue/{complaint_id}/tags", version=1, **tag)
    named = {"named": "云岭银行", "part": "lender"}
    moderator.post(f"/staff/queue/{complaint_id}/lender", version=2, **named)
    found = records.get(site.database, complaint_id)
    assert found.lender.slug == "yunling_bank"
    assert "骂我是骗子" in [one.quote for one in found.tactic_mentions if one.said_by == "moderator"]


def test_a_look_at_the_original_is_noted_before_it_is_shown(moderator, waiting, site):
    complaint_id = waiting("我的电话是13800138000。")
    response = moderator.post(f"/staff/queue/{complaint_id}/original", reason="mask")
    assert "13800138000" in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    event = audit.events_of(site.database, complaint_id)[-1]
    assert (event.actor, event.action) == ("staff:lin", "complaint.original_seen")


def test_a_file_is_looked_at_released_and_taken_back_and_each_step_is_noted(moderator, staff, waiting, site):
    complaint_id = waiting()
    prepared = site.services.vault.prepare(evidence_files.jpeg())
    receipts.add_files(site.database, site.services.keys.receipt, site.receipts[complaint_id], [prepared])
    address = f"/staff/queue/{complaint_id}/evidence/1"
    assert complaint_id in page(moderator, "/staff/queue?evidence=1")
    seen = moderator.get(address)
    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")
    assert seen.headers["Cache-Control"] == "no-store"
    moderator.post(address, step="release", version=version_of(site, complaint_id))
    decide(moderator, complaint_id, "published", version=version_of(site, complaint_id))
    assert site.client.get(f"/records/{complaint_id}/evidence/1").status_code == 200
    moderator.post(address, step="take_back", version=version_of(site, complaint_id))
    assert site.client.get(f"/records/{complaint_id}/evidence/1").status_code == 404
    assert moderator.get(f"/staff/queue/{complaint_id}/evidence/2").status_code == 404
    fields = {"step": "release", "version": version_of(site, complaint_id)}
    assert moderator.post(f"/staff/queue/{complaint_id}/evidence/2", **fields).status_code == 404
    assert staff("reader").get(address).status_code == 403
    actions = [event.action for event in audit.events_of(site.database, complaint_id)]
    assert [action for action in actions if action.startswith("evidence.")] == [
        "evidence.added", "evidence.seen", "evidence.released", "evidence.taken_back"
    ]  # fmt: skip


def test_a_file_that_a_colleague_took_back_meanwhile_is_not_released_again(staff, waiting, site):
    complaint_id = waiting()
    prepared = site.services.vault.prepare(evidence_files.jpeg())
    receipts.add_files(site.database, site.services.keys.receipt, site.receipts[complaint_id], [prepared])
    lin, zhao = staff("moderator", name="lin"), staff("moderator", name="zhao")
    address, seen = f"/staff/queue/{complaint_id}/evidence/1", version_of(site, complaint_id)
    assert f'name="version" value="{seen}"' in page(zhao, f"/staff/queue/{complaint_id}").split("/evidence/1")[-1]
    lin.post(address, step="release", version=seen)
    lin.post(address, step="take_back", version=seen + 1)
    told = zhao.post(address, step="release", version=seen)
    assert told.status_code == 409
    assert "lin" in told.get_data(as_text=True)
    assert evidence.files_of(site.database, complaint_id)[0].released_at is None
    assert zhao.post(address, step="release").status_code == 409  # a form of before that carried no version


def version_of(site, complaint_id):
    return records.get(site.database, complaint_id).version


def test_a_reader_sees_the_queue_and_no_form_and_no_letter(staff, waiting):
    complaint_id = waiting()
    reader = staff("reader")
    for address in ("/staff/queue", f"/staff/queue/{complaint_id}"):
        forms = re.findall(r'<form method="post" action="([^"]+)"', page(reader, address))
        assert set(forms) <= {"/staff/sign-out"}


@pytest.mark.parametrize("address", ["/staff/queue/cnothinghere00", "/staff/queue/a123456789012", "/staff/queue/x"])
def test_what_is_no_complaint_is_not_found(moderator, address):
    page(moderator, address, 404)


def test_a_withdrawn_complaint_is_not_found_any_more(moderator, site):
    complaint_id = site.complaint()
    site.withdraw(complaint_id)
    page(moderator, f"/staff/queue/{complaint_id}", 404)
    assert decide(moderator, complaint_id, "held", reason="unclear").status_code == 409


def test_what_was_filed_a_moment_ago_is_in_the_queue_though_no_worker_read_it(moderator, client, site):
    body = {"lender": "chenxing_cf", "narrative": "我的电话是13800138000，催收说已经到我家门口。", "tactics": [],
            "consent": "publish"}  # fmt: skip
    filed = client.post("/api/v1/complaints", json=body, headers={"Idempotency-Key": "one"}).json
    for address in (f"/staff/queue/{filed['id']}", "/staff/queue"):
        shown = page(moderator, address)
        assert "到我家门口" in shown
        assert "13800138000" not in shown


def test_a_complaint_that_could_not_be_read_says_so_and_can_not_be_published(moderator, client, site, monkeypatch):
    monkeypatch.setattr(unread, "read_filing", lambda reader, filing: {}[filing.narrative])
    body = {"lender": "chenxing_cf", "narrative": "我的电话是13800138000。", "tactics": [], "consent": "publish"}
    filed = client.post("/api/v1/complaints", json=body, headers={"Idempotency-Key": "one"}).json
    assert "could not be read" in page(moderator, "/staff/queue?lang=en")
    shown = page(moderator, f"/staff/queue/{filed['id']}?lang=en")
    assert "could not read this complaint" in shown
    assert "13800138000" not in shown
    decide(moderator, filed["id"], "published")
    assert status_of(site, filed["id"]) == "received"
