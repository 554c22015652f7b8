import html
import io
import logging
import re
import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain import returning
from domain.evidence.kinds import LARGEST_FILE
from domain.evidence.refusals import REASONS
from domain.filing import file_complaint
from domain.models import Complaint, ThreatReport
from domain.store import StoreUnavailable, records
from domain.store.database import now
from domain.store.intake import complaints, evidence, messages
from domain.store.intake.complaints import Filing, Threat
from domain.store.moderating import releasing
from tests import evidence_files as files
from webapp.filing import evidence_words
from webapp.returning import standings

WRONG = "0000-0000-0000-0000-0000-0000-0000"


def text_of(response):
    return html.unescape(response.get_data(as_text=True))


def without_token(response, typed):
    """The page without what is new in each second, and with R for the receipt that was typed."""
    page = re.sub(r'name="csrf_token" value="[^"]*"', "", text_of(response))
    return page.replace(typed, "R")


@pytest.fixture
def receipt(filing_pages, receipt_of):
    return receipt_of(filing_pages.send())


@pytest.fixture
def use(client):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/receipt").get_data(as_text=True)).group(1)

    def send(receipt, step="look", **changes):
        return client.post("/receipt", data={"csrf_token": token, "receipt": receipt, "step": step} | changes)

    return send


def complaint_of(receipt, database, app):
    return complaints.by_receipt(database, app.extensions["doorstep"].keys.receipt, receipt)


def test_a_receipt_shows_the_status_in_plain_words(use, receipt):
    page = text_of(use(receipt))
    assert "已经保存，等待审核" in page
    assert "晨星消费金融" in page
    assert "13800138000" not in page


@pytest.mark.parametrize("write", [str.lower, lambda r: r.replace("-", " "), lambda r: f" {r.replace('-', '')}\n"])
def test_case_spaces_and_hyphens_do_not_matter(use, receipt, write):
    assert use(write(receipt)).status_code == 200


def test_a_published_complaint_is_said_to_be_published(use, receipt, database, app):
    complaints.publish(database, complaint_of(receipt, database, app).id, "test")
    assert "已经发布" in text_of(use(receipt))


def test_withdrawing_asks_first(use, receipt, database, app):
    page = text_of(use(receipt, "ask"))
    assert "要撤回这件投诉吗" in page
    assert complaint_of(receipt, database, app).status == "received"


def test_a_withdrawn_complaint_has_no_words_left(use, receipt, database, app):
    complaint_id = complaint_of(receipt, database, app).id
    assert "投诉已撤回" in text_of(use(receipt, "withdraw"))
    from domain.store import records

    left = records.get(database, complaint_id)
    assert (left.status, left.narrative, left.public_text, left.lender) == ("withdrawn", "", "", None)


def test_a_wrong_receipt_and_a_withdrawn_one_look_alike(use, receipt):
    use(receipt, "withdraw")
    wrong = "0000-0000-0000-0000-0000-0000-0000"
    for step in ("look", "ask", "withdraw"):
        answers = [use(typed, step) for typed in (receipt, wrong)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert without_token(answers[0], receipt) == without_token(answers[1], wrong)


@pytest.mark.parametrize("typed", ["", " ", "短", "x" * 100_000, "\0", "'; DROP TABLE complaint; --", "<b>"])
def test_what_can_be_no_receipt_is_unknown(use, receipt, typed):
    response = use(typed)
    assert response.status_code == 404
    assert "<b>" not in response.get_data(as_text=True)


def test_a_stale_token_gives_the_receipt_back_and_withdraws_nothing(use, receipt, database, app):
    response = use(receipt, "withdraw", csrf_token="rubbish")
    assert response.status_code == 400
    assert receipt in text_of(response)
    assert complaint_of(receipt, database, app).status == "received"


def test_a_receipt_is_never_stored_by_a_browser(use, receipt):
    assert use(receipt).headers["Cache-Control"] == "no-store"


def test_a_receipt_in_the_address_is_not_read(client, receipt):
    assert "等待审核" not in text_of(client.get(f"/receipt?receipt={receipt}"))


class Desk:
    """The receipt's pages as a browser without JavaScript uses them."""

    def __init__(self, client, receipt):
        self.client, self.receipt = client, receipt
        page = client.get("/receipt").get_data(as_text=True)
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def send(self, way="", receipt=None, **fields):
        data = {"csrf_token": self.token, "receipt": receipt or self.receipt} | fields
        return self.client.post(f"/receipt{way}", data=data, content_type="multipart/form-data")


@pytest.fixture
def desk(client, receipt):
    return Desk(client, receipt)


@pytest.fixture
def complaint(receipt, database, app):
    return complaint_of(receipt, database, app)


def ask_borrower(app, database, complaint, text):
    returning.ask(database, app.extensions["doorstep"].keys, complaint.id, text, "anna")


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


def test_evidence_is_added_and_the_name_of_a_file_is_kept_nowhere(desk, database, complaint, settings):
    page = text_of(desk.send("/evidence", files=[(io.BytesIO(files.jpeg()), "张三的借条.jpg"),
                                                  (io.BytesIO(files.amr()), "x.amr")]))  # fmt: skip
    assert "已添加 2 个文件" in page
    assert "图片（JPEG）" in page
    assert "录音（AMR）" in page
    assert [file.kind for file in evidence.files_of(database, complaint.id)] == ["jpeg", "amr"]
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert "张三的借条".encode() not in kept
    assert files.CANARY not in kept
    assert list(settings.scratch_folder.iterdir()) == []


def test_a_refused_file_costs_the_others_nothing(desk, database, complaint):
    response = desk.send(
        "/evidence",
        files=[(io.BytesIO(files.png()), "a.png"), (io.BytesIO(b"<svg onload=x>"), "<i>b.svg"), (io.BytesIO(b""), "c")],
    )
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "&lt;i&gt;b.svg" in page
    assert "<i>b.svg" not in page
    assert "这种图形文件（SVG）里可能藏有程序" in page
    assert "这个文件是空的" in page
    assert [file.kind for file in evidence.files_of(database, complaint.id)] == ["png"]


@pytest.mark.parametrize("kind", sorted(evidence_words.REFUSALS))
def test_every_refusal_says_what_to_do_in_three_languages(app, kind):
    from flask_babel import force_locale

    said = set()
    with app.test_request_context():
        for language in ("zh_Hans", "zh_Hant", "en"):
            with force_locale(language):
                said.add(str(evidence_words.REFUSALS[kind]))
    assert len(said) == 3


def test_every_reason_has_its_words():
    assert set(evidence_words.REFUSALS) == set(REASONS)


def test_an_eleventh_file_is_refused(desk, database, complaint):
    sounds = [files.amr(number) for number in range(1, 12)]
    first = desk.send("/evidence", files=[(io.BytesIO(sound), "a.amr") for sound in sounds])
    assert "最多可以有 10 个文件" in text_of(first)
    assert len(evidence.files_of(database, complaint.id)) == 10
    assert 'type="file"' not in text_of(desk.send())


def test_a_file_above_the_limit_is_refused_and_the_page_is_still_there(desk, database, complaint):
    large = files.amr(1) + bytes(LARGEST_FILE)
    response = desk.send("/evidence", files=[(io.BytesIO(large), "a.amr"), (io.BytesIO(files.amr(3)), "b.amr")])
    assert "超过 20 MB" in text_of(response)
    assert len(evidence.files_of(database, complaint.id)) == 1


def test_only_the_upload_takes_more_than_a_megabyte(desk):
    assert desk.send("/letter", words="x" * 1_200_000, key="k" * 20).status_code == 413
    assert desk.send("", more="x" * 1_200_000).status_code == 413
    assert desk.send("/evidence", files=[(io.BytesIO(bytes(1_200_000)), "a")]).status_code == 400


def test_a_body_above_all_limits_is_refused_before_it_is_read(client):
    answer = client.post("/receipt/evidence", environ_overrides={"CONTENT_LENGTH": str(10**12)},
                         content_type="multipart/form-data; boundary=x", input_stream=io.BytesIO(b"--x"))  # fmt: skip
    assert answer.status_code == 413


def test_no_file_chosen_is_said(desk):
    response = desk.send("/evidence", files=[(io.BytesIO(b""), "")])
    assert response.status_code == 400
    assert "请至少选择一个文件" in text_of(response)


def test_files_with_a_wrong_receipt_leave_nothing(desk, settings):
    response = desk.send("/evidence", receipt=WRONG, files=[(io.BytesIO(files.png()), "a.png")])
    assert response.status_code == 404
    assert not settings.evidence_folder.exists() or list(settings.evidence_folder.iterdir()) == []


def test_a_full_disk_is_said_and_nothing_is_noted(desk, database, complaint, monkeypatch):
    def full(*_arguments, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("domain.evidence.sealing.os.fsync", full)
    response = desk.send("/evidence", files=[(io.BytesIO(files.png()), "a.png")])
    assert response.status_code == 503
    assert evidence.files_of(database, complaint.id) == []


def test_a_locked_store_takes_no_file_and_leaves_none(desk, database, complaint, settings, monkeypatch):
    def locked(*_arguments):
        raise StoreUnavailable("database is locked")

    monkeypatch.setattr("domain.returning.receipts.add_files", locked)
    assert desk.send("/evidence", files=[(io.BytesIO(files.png()), "a.png")]).status_code == 503
    assert list(settings.evidence_folder.iterdir()) == []


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


def test_it_is_asked_what_became_of_a_visit_and_the_answer_is_kept_with_its_day(threatened, database):
    complaint_id, desk = threatened
    page = text_of(desk.send())
    assert "后来有人来吗" in page
    threat = re.search(r'name="threat" value="([^"]+)"', page).group(1)
    page = text_of(desk.send("/outcome", threat=threat, outcome="not_happened"))
    assert "已按今天的日期记录" in page
    assert 'class="asked"' not in page
    found = records.get(database, complaint_id)
    assert found.threats[0].outcome == "not_happened"
    with database.reading() as session:
        assert session.scalars(select(ThreatReport.outcome).order_by(ThreatReport.pk)).all() == [
            "not_yet",
            "not_happened",
        ]


def test_an_outcome_that_there_is_not_or_of_another_complaint_is_refused(threatened, desk):
    _, own = threatened
    threat = re.search(r'name="threat" value="([^"]+)"', text_of(own.send())).group(1)
    assert own.send("/outcome", threat=threat, outcome="perhaps").status_code == 400
    assert own.send("/outcome", threat="t00", outcome="happened").status_code == 404
    assert desk.send("/outcome", threat=threat, outcome="happened").status_code == 404


def test_consent_is_narrowed_at_once_and_widened_after_a_look(threatened, client, database):
    complaint_id, desk = threatened
    assert "说明天" in text_of(client.get(f"/records/{complaint_id}"))
    assert "只计入数字" in text_of(desk.send("/consent", consent="figures"))
    assert "说明天" not in text_of(client.get(f"/records/{complaint_id}"))
    desk.send("/consent", consent="private")
    assert client.get(f"/records/{complaint_id}").status_code == 404
    assert "审核员正在看" in text_of(desk.send("/consent", consent="publish"))
    assert client.get(f"/records/{complaint_id}").status_code == 404
    assert desk.send("/consent", consent="everything").status_code == 400


def test_a_correction_is_shown_before_it_is_sent_and_reviewed_after(threatened, client, database):
    complaint_id, desk = threatened
    assert "说明天上门。" in text_of(desk.send("/correct", step="edit"))
    typed = "没有人来，我的号码是13800138000。"
    page = text_of(desk.send("/correct", step="check", narrative=typed))
    assert '<span class="masked">［电话］</span>' in page
    assert records.get(database, complaint_id).status == "published"
    assert typed in text_of(desk.send("/correct", step="edit", narrative=typed))
    assert "文字已更改" in text_of(desk.send("/correct", step="send", narrative=typed))
    assert records.get(database, complaint_id).narrative == typed
    assert client.get(f"/records/{complaint_id}").status_code == 404


@pytest.mark.parametrize("typed", ["", "  ", "长" * 20_001, "a\0b"])
def test_a_correction_that_can_not_be_kept_changes_nothing(desk, database, complaint, typed):
    assert desk.send("/correct", step="send", narrative=typed).status_code == 400
    assert records.get(database, complaint.id).version == 1


def test_every_step_answers_a_wrong_receipt_and_a_withdrawn_one_alike(desk, receipt):
    desk.send("", step="withdraw")
    for step, fields in (
        ("", {"step": "look"}), ("", {"step": "ask"}), ("", {"step": "withdraw"}), ("/letter", {"words": "x"}),
        ("/outcome", {"threat": "t1", "outcome": "happened"}), ("/consent", {"consent": "private"}),
        ("/correct", {"step": "edit"}), ("/correct", {"step": "check", "narrative": "x"}),
        ("/correct", {"step": "send", "narrative": "x"}), ("/evidence", {"files": (io.BytesIO(files.png()), "a")}),
    ):  # fmt: skip
        fields_again = fields | ({"files": (io.BytesIO(files.png()), "a")} if "files" in fields else {})
        withdrawn, wrong = desk.send(step, **fields), desk.send(step, receipt=WRONG, **fields_again)
        assert (withdrawn.status_code, wrong.status_code) == (404, 404), (step, fields)
        assert without_token(withdrawn, receipt) == without_token(wrong, WRONG)
        assert withdrawn.headers["Cache-Control"] == "no-store"


def test_a_wrong_receipt_and_a_withdrawn_one_take_the_same_time(desk):
    desk.send("", step="withdraw")
    taken = {desk.receipt: [], WRONG: []}
    for round_ in range(120):
        for typed in sorted(taken, reverse=round_ % 2 == 0):
            # The processor's time and not the clock's: other work on the machine is no part of the answer.
            began = time.thread_time()
            desk.send("", receipt=typed, step="look")
            taken[typed].append(time.thread_time() - began)
    withdrawn, wrong = (statistics.median(times[20:]) for times in taken.values())
    assert 0.85 < withdrawn / wrong < 1.18


@pytest.mark.parametrize("step", ["letter", "evidence", "outcome", "consent", "correct"])
def test_the_address_of_a_step_leads_back_to_the_question(client, step):
    response = client.get(f"/receipt/{step}?receipt=ABCD")
    assert (response.status_code, response.headers["Location"]) == (303, "/receipt")


@pytest.mark.parametrize("write", [
    lambda r: "".join(chr(ord(c) + 0xFEE0) for c in r),
    lambda r: r.replace("0", "o").replace("1", "l"),
    lambda r: r.replace("0", "O").replace("1", "I").lower(),
    lambda r: r.replace("-", "　"),
    lambda r: r.replace("-", "—"),
])  # fmt: skip
def test_a_receipt_copied_by_hand_still_opens(use, receipt, write):
    assert use(write(receipt)).status_code == 200


def test_the_receipt_is_in_no_cookie_no_address_and_no_log(desk, receipt, caplog):
    with caplog.at_level(logging.DEBUG):
        for step in ("", "/letter", "/consent", "/correct"):
            answer = desk.send(step, words="x", key="k" * 20, consent="figures", step="edit")
            for typed in (receipt, receipt.replace("-", ""), receipt.lower()):
                assert typed not in str(answer.headers)
            assert "receipt=" not in answer.get_data(as_text=True)
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
    assert receipt not in caplog.text


def test_a_field_given_twice_is_refused(desk):
    response = desk.client.post(
        "/receipt/consent",
        data={"csrf_token": desk.token, "receipt": desk.receipt, "consent": ["private", "publish"]},
    )
    assert response.status_code == 400


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("status", ["received", "in_review", "published", "held", "rejected"])
@pytest.mark.parametrize("consent", ["publish", "figures", "private"])
def test_every_state_is_told_in_plain_words_in_every_language(desk, database, complaint, language, status, consent):
    with database.writing() as session:
        session.execute(update(Complaint).values(status=status, consent=consent))
    response = desk.client.post(f"/receipt?lang={language}", data={"csrf_token": desk.token, "receipt": desk.receipt})
    assert response.status_code == 200
    assert f'<html lang="{language}"' in text_of(response)
    with desk.client.application.test_request_context(f"/?lang={language}"):
        meaning, after = standings.STATES.get(f"{status}:{consent}") or standings.STATES[status]
        assert str(meaning) in text_of(response)
        assert str(after) in text_of(response)


def test_the_api_shows_letters_and_withdraws_files_too(client, app, database, complaint, receipt, settings, desk):
    ask_borrower(app, database, complaint, "请问是哪一天？")
    desk.send("/evidence", files=[(io.BytesIO(files.png()), "a.png")])
    answer = client.post("/api/v1/receipts", json={"receipt": receipt})
    assert answer.json["status"] == "received"
    assert [(m["from"], m["text"]) for m in answer.json["messages"]] == [("moderator", "请问是哪一天？")]
    assert client.post("/api/v1/receipts/withdraw", json={"receipt": receipt}).status_code == 200
    assert list(settings.evidence_folder.iterdir()) == []
    again = [client.post(f"/api/v1/receipts{way}", json={"receipt": typed})
             for way in ("", "/withdraw") for typed in (receipt, WRONG)]  # fmt: skip
    assert len({(one.status_code, one.get_data()) for one in again}) == 1


def release_one(desk, database, complaint, content):
    desk.send("/evidence", files=[(io.BytesIO(content), "a")])
    complaints.publish(database, complaint.id, "anna")
    releasing.release(database, complaint.id, 1, None, "anna")


def test_a_released_picture_is_shown_without_its_metadata_and_can_do_nothing(desk, client, database, complaint):
    release_one(desk, database, complaint, files.jpeg())
    page = text_of(client.get(f"/records/{complaint.id}"))
    assert f'src="/records/{complaint.id}/evidence/1"' in page
    answer = client.get(f"/records/{complaint.id}/evidence/1")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xff\xd8")
    assert files.CANARY not in answer.data
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == 'inline; filename="evidence-1.jpg"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_everything_but_a_picture_is_saved_and_not_opened(desk, client, database, complaint):
    release_one(desk, database, complaint, files.pdf())
    answer = client.get(f"/records/{complaint.id}/evidence/1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evidence-1.pdf"'
    assert b"/JavaScript" not in answer.data


def test_a_file_that_is_not_released_or_no_longer_public_is_not_there(desk, client, database, complaint, settings):
    path = f"/records/{complaint.id}/evidence/1"
    desk.send("/evidence", files=[(io.BytesIO(files.jpeg()), "a")])
    assert client.get(path).status_code == 404
    complaints.publish(database, complaint.id, "anna")
    assert client.get(path).status_code == 404
    releasing.release(database, complaint.id, 1, None, "anna")
    assert client.get(path).status_code == 200
    for wrong in (f"/records/{complaint.id}/evidence/2", "/records/c000000000000/evidence/1", path + "x"):
        assert client.get(wrong).status_code == 404
    desk.send("/consent", consent="figures")
    assert client.get(path).status_code == 404
    assert f"{path}" not in text_of(client.get(f"/records/{complaint.id}"))
    desk.send("", step="withdraw")
    assert client.get(path).status_code == 404
    assert list(settings.evidence_folder.iterdir()) == []


def test_a_file_that_was_changed_on_disk_is_not_sent(desk, client, database, complaint, settings):
    release_one(desk, database, complaint, files.jpeg())
    name = evidence.files_of(database, complaint.id)[0].copy
    (settings.evidence_folder / name).write_bytes(b"something else")
    assert client.get(f"/records/{complaint.id}/evidence/1").status_code == 404


@pytest.mark.parametrize(
    ("step", "shown"),
    [("evidence", "添加文件"), ("outcomes", "后来怎么样了"), ("correct", "看看公开后的样子"),
     ("consent", "计入统计；文字只有审核员看"), ("ask", "要撤回这件投诉吗"),
     ("look", "您还可以"), ("nonsense", "您还可以")],
)  # fmt: skip
def test_each_thing_to_do_has_a_page(desk, step, shown):
    response = desk.send("", step=step)
    assert response.status_code == 200
    assert shown in text_of(response)
    assert desk.receipt in text_of(response)
