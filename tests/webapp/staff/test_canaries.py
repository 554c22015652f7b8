"""A published text never holds what a mask covers: words planted everywhere are looked for in all that readers get."""

import html
import logging

import pytest

from domain.filings import returning
from domain.moderation import moderating
from domain.store import records
from domain.store.intake.complaints import Event
from domain.store.moderating import editing, replies
from domain.store.staff import representatives
from tests.webapp.staff.conftest import token_of

# Each is masked in another way: found by the program, wished by the borrower, masked by a moderator, sealed.
PHONE, WISH, WORD, SENTENCE = "13877665544", "紫竹轩老板娘", "莫愁湖畔的旧友", "她在第七小学教三年级"
SCRIPT, ABOUT, PRODUCT = "18766554433", "15655443322", "19944332211"
TYPED_LENDER, LETTER, NOTE = "金丝雀甲公司", "金丝雀乙信", "金丝雀丙备注"
REPLY_PHONE, REPLY_WORD, DISPUTE, DISPUTE_CONTACT = (
    "13311223344",
    "金丝雀丁客户",
    "金丝雀戊异议",
    "canary@example.invalid",
)
# A name that only the narrative tells for one; a name in an article.
NAME, AUTHOR = "云朵朵", "白志远"
CANARIES = [
    NAME, AUTHOR, PHONE, WISH, WORD, SENTENCE, SCRIPT, ABOUT, PRODUCT, TYPED_LENDER, LETTER, NOTE, REPLY_PHONE,
    REPLY_WORD, DISPUTE, DISPUTE_CONTACT,
]  # fmt: skip
STORY = f"我叫{NAME}。催收打{PHONE}找我，也找了{WISH}和{WORD}。{SENTENCE}。他们说已经到我家门口。"


@pytest.fixture
def planted(site, staff, database):
    """A published complaint with a reply, full of canaries under masks; returns its id."""
    keys = site.services.keys
    complaint_id = site.complaint(
        STORY, lender=TYPED_LENDER, publish=False, more_masks=(WISH,), contact="canary-contact",
        product=f"备用金，咨询{PRODUCT}", scripts=(f"请回拨{SCRIPT}，{WORD}也会知道。{NAME}快点来。",),
        events=(Event(about=f"那天{ABOUT}打来，{WORD}接的，{NAME}不在"),),
    )  # fmt: skip
    lin = staff("moderator", name="lin")
    version = records.get(database, complaint_id).version
    lin.post(f"/staff/queue/{complaint_id}/masks", version=version, step="hide", words=f"{WORD}\n{SENTENCE}")
    version = records.get(database, complaint_id).version
    editing.set_lender(database, complaint_id, version, "chenxing_cf", "staff:lin")
    tag = editing.TagEdit("visit_threatened", "collector_threat", True, "到我家门口")
    editing.add_tag(database, complaint_id, version + 1, tag, "staff:lin")
    returning.ask(database, keys, complaint_id, LETTER, "staff:lin")
    moderating.decide(database, keys, complaint_id, None, "held", "other", NOTE, "staff:lin")
    moderating.decide(database, keys, complaint_id, None, "published", "", "", "staff:lin")
    feng = staff("representative", name="feng")
    representatives.verify(database, "feng", "电话核实", "staff:admin")
    # A lender knows its borrower: what is masked in the complaint is masked in the reply too.
    words = f"{REPLY_WORD}可拨{REPLY_PHONE}联系我们。{WISH}和{WORD}的电话{PHONE}我们已删除，{NAME}女士也不再联系。"
    feng.post(f"/staff/records/{complaint_id}", text=words)
    reply = replies.waiting(database)[0]
    lin.post(f"/staff/replies/{reply.id}", version=1, decision="mask", words=REPLY_WORD)
    lin.post(f"/staff/replies/{reply.id}", version=2, decision="published")
    dispute = {"reason": "untrue", "words": DISPUTE, "contact": DISPUTE_CONTACT, "csrf_token": token_of(site.client)}
    site.client.post(f"/records/{complaint_id}/dispute", data=dispute)
    note = f"核实过，{NAME}、{WORD}和{WISH}没有再露出来，电话{PHONE}也没有。"
    settled = {"action": "kept", "reason": "untrue", "note": note}
    assert lin.post(f"/staff/disputes/records/{complaint_id}", **settled).status_code == 303
    site.article(f"我叫{AUTHOR}，催收员说已经到我家门口。", title="催收到了家门口")
    site.index()
    return complaint_id


def public_answers(site, complaint_id):
    """Yield every answer that readers get of a record, and refusals too."""
    searches = [
        "",
        "search_term=家门口",
        "search_term=到我家&sort=relevance",
        "lender=chenxing_cf",
        "search_term=%E5%82%AC",
    ]
    paths = [f"{path}?{search}" for path in ("/api/v1/search", "/search", "/search.csv", "/search.json")
             for search in searches]  # fmt: skip
    paths += [
        f"/records/{complaint_id}", f"/api/v1/records/{complaint_id}", f"/records/{complaint_id}/dispute",
        "/data/articles.csv", "/data/articles.jsonl", "/search?lang=en", "/search?search_term=朵朵", "/check",
        f"/records/{complaint_id}/evidence/1", "/data/complaints.csv", "/data/complaints.jsonl", "/feed.atom",
        "/lenders/chenxing_cf", "/lenders/chenxing_cf/feed.atom", "/tactics/visit_threatened",
        "/tactics/visit_threatened/feed.atom", "/trends", "/api/v1/trends", "/removals", "/", "/metrics", "/readyz",
        "/records/nothing", f"/staff/queue/{complaint_id}", "/search?size=x", "/api/v1/search?nonsense=1",
    ]  # fmt: skip
    for path in paths:
        yield path, html.unescape(site.client.get(path).get_data(as_text=True))
    fields = {"narrative": "x"}
    yield "POST /complaints/new", site.client.post("/complaints/new", data=fields).get_data(as_text=True)


def found_in(text):
    return [canary for canary in CANARIES if canary in text]


def test_no_reader_gets_what_a_mask_covers(site, planted, caplog):
    caplog.set_level(logging.DEBUG)
    answers = dict(public_answers(site, planted))
    assert {path: found for path, text in answers.items() if (found := found_in(text))} == {}
    assert "到我家门口" in answers[f"/records/{planted}"]
    assert "到我家门口" in answers["/search.csv?"]
    assert found_in(caplog.text) == []


def test_the_index_holds_none_of_it(site, planted, settings):
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*")
                    if path.is_file() and "index" in str(path.relative_to(settings.data_dir)))  # fmt: skip
    assert kept
    assert [canary for canary in CANARIES if canary.encode() in kept] == []
    for canary in CANARIES:
        assert site.json(f"/api/v1/search?search_term=%22{canary}%22")["total"] == 0, canary


def test_logs_and_error_pages_hold_none_of_it(site, planted, staff, app, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    lin = staff("moderator", name="zhao")

    def broken(*args, **kwargs):
        raise RuntimeError(records.get(site.database, planted).narrative)

    monkeypatch.setattr("webapp.published.records.numbered_tags", broken)
    monkeypatch.setattr("webapp.staff.moderation.complaint_page.contents", broken)
    app.testing = False
    pages = [site.client.get(f"/records/{planted}"), lin.get(f"/staff/queue/{planted}")]
    assert [page.status_code for page in pages] == [500, 500]
    assert found_in("".join(page.get_data(as_text=True) for page in pages) + caplog.text) == []


def test_the_audit_log_holds_none_of_it(site, planted, staff):
    pages = staff("admin").get(f"/staff/audit?subject={planted}").get_data(as_text=True)
    assert "complaint.masked" in pages
    assert found_in(pages) == []
