"""Evidence on its page of the flow: taken into the draft, out of it, and with the complaint into the vault."""

import hashlib
import io

import pytest

from domain.store.intake import evidence
from tests import evidence_files as files
from tests.webapp.conftest import STORY
from tests.webapp.filing.kept import count, locked_store, only_complaint


def choose(pages, *chosen: tuple[str, bytes], go: str = "stay"):
    """Choose files and press a button."""
    fields = {name: pages.fields().getlist(name) for name in pages.fields()}
    fields |= {"go": go, "files": [(io.BytesIO(content), name) for name, content in chosen]}
    pages.response = pages.client.post(pages.address, data=fields, content_type="multipart/form-data")
    pages.follow()
    return pages.response


def test_files_travel_from_the_draft_into_the_vault_and_the_draft_is_gone(filing_pages, settings, database, receipt_of):
    filing_pages.go_to("evidence")
    original = files.jpeg()
    choose(filing_pages, ("王小明的欠条.jpg", original), ("sound.wav", files.wav()), go="on")
    assert filing_pages.step == "check"
    assert "图片（JPEG），" in filing_pages.page
    receipt_of(filing_pages.press("send"))
    kept = evidence.files_of(database, only_complaint(database).id)
    assert [(file.number, file.kind) for file in kept] == [(1, "jpeg"), (2, "wav")]
    assert kept[0].sha256 == hashlib.sha256(original).hexdigest()
    assert list(settings.drafts_folder.iterdir()) == []
    assert len(list(settings.evidence_folder.iterdir())) == 4


def test_a_file_in_a_draft_is_sealed_and_keeps_no_name(filing_pages, settings):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("王小明的欠条.jpg", files.jpeg()))
    paths = [path for path in settings.drafts_folder.rglob("*") if path.is_file()]
    assert len(paths) == 3
    for content in (path.read_bytes() for path in paths):
        assert b"\xff\xd8\xff" not in content[:200]
        assert files.CANARY not in content
        assert "王小明".encode() not in content


def test_a_refused_file_is_named_and_costs_neither_the_others_nor_the_text(filing_pages, receipt_of, database):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("plan.docx", b"PK\x03\x04 word/ "), ("a.png", files.png()), go="on")
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "evidence")
    assert "plan.docx：" in filing_pages.page
    assert "图片（PNG）" in filing_pages.page
    filing_pages.press()
    receipt_of(filing_pages.press("send"))
    complaint = only_complaint(database)
    assert complaint.narrative == STORY
    assert [file.kind for file in evidence.files_of(database, complaint.id)] == ["png"]


def test_refused_files_are_named_by_an_address_until_the_page_is_sent_again(filing_pages):
    filing_pages.go_to("evidence")
    fields = {**filing_pages.fields(), "go": "on", "files": (io.BytesIO(b"PK\x03\x04 word/ "), "plan.docx")}
    response = filing_pages.client.post(filing_pages.address, data=fields, content_type="multipart/form-data")
    assert (response.status_code, response.headers["Location"][-17:]) == (303, "/evidence?again=1")
    for _ in range(2):
        assert filing_pages.open(response.headers["Location"]).status_code == 400
        assert "plan.docx：" in filing_pages.page
    page = filing_pages.response
    assert filing_pages.open(response.headers["Location"].partition("?")[0]).status_code == 200
    assert "plan.docx" not in filing_pages.page
    filing_pages.response = page
    filing_pages.press()
    assert filing_pages.step == "check"
    assert filing_pages.open(response.headers["Location"]).status_code == 200
    assert "plan.docx" not in filing_pages.page


def test_a_file_can_be_taken_out_and_nothing_of_it_is_left(filing_pages, settings):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.png", files.png()), ("b.jpg", files.jpeg()))
    filing_pages.press("remove-file-0")
    assert "图片（PNG）" not in filing_pages.page
    assert "图片（JPEG），" in filing_pages.page
    assert len([path for path in settings.drafts_folder.rglob("*") if path.is_file()]) == 3


def test_the_same_file_twice_is_one(filing_pages):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.png", files.png()), ("b.png", files.png()))
    choose(filing_pages, ("c.png", files.png()))
    assert filing_pages.page.count("图片（PNG）") == 1


def test_an_eleventh_file_is_refused(filing_pages):
    filing_pages.go_to("evidence")
    choose(filing_pages, *((f"{n}.wav", files.wav(0.05 + n / 100)) for n in range(11)))
    assert filing_pages.response.status_code == 400
    assert "10.wav" in filing_pages.page
    assert filing_pages.page.count("录音（WAV）") == 10
    assert 'name="files"' not in filing_pages.page


def test_a_store_that_is_locked_keeps_the_files_in_the_draft(filing_pages, settings, database, receipt_of):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.png", files.png()), go="on")
    with locked_store(settings):
        filing_pages.press("send")
    assert filing_pages.response.status_code == 503
    assert not settings.evidence_folder.exists() or list(settings.evidence_folder.iterdir()) == []
    receipt_of(filing_pages.press("send"))
    assert len(evidence.files_of(database, only_complaint(database).id)) == 1


def test_sending_twice_leaves_no_second_copy_in_the_vault(filing_pages, settings, database, receipt_of):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.png", files.png()), go="on")
    assert receipt_of(filing_pages.send_form("send")) == receipt_of(filing_pages.send_form("send"))
    assert count(database) == 1
    assert len(list(settings.evidence_folder.iterdir())) == 2


def test_after_two_hours_the_text_still_sends_and_the_page_says_that_the_files_are_gone(
    filing_pages, settings, receipt_of, database
):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.png", files.png()))
    for path in settings.drafts_folder.glob("*/answers"):
        path.unlink()
    filing_pages.press()
    assert filing_pages.step == "check"
    assert "您之前添加的文件已经清除" in filing_pages.page
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY


def test_leaving_takes_the_files_too(filing_pages, settings):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.png", files.png()))
    draft = filing_pages.address.split("/")[3]
    filing_pages.client.post("/leave", data={"draft": draft})
    assert list(settings.drafts_folder.rglob("*")) == []


@pytest.mark.parametrize("step", ["story", "check"])
def test_only_the_page_for_files_takes_more_than_a_megabyte(filing_pages, step):
    filing_pages.go_to(step)
    response = filing_pages.client.post(
        filing_pages.address,
        data={"files": (io.BytesIO(b"a" * 1_100_000), "a.png")},
        content_type="multipart/form-data",
    )
    assert response.status_code == 413


def test_a_large_file_is_taken_or_named_and_never_an_error(filing_pages):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("a.bin", b"a" * 3_000_000))
    assert filing_pages.response.status_code == 400
    assert "a.bin" in filing_pages.page


def test_a_disk_without_room_for_what_is_sent_is_said_on_the_page_and_costs_no_text(
    filing_pages, monkeypatch, receipt_of, database
):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    filing_pages.go_to("evidence")
    with monkeypatch.context() as patched:
        patched.setattr("tempfile.SpooledTemporaryFile.write", full)
        choose(filing_pages, ("a.png", files.png() + b"x" * 100_000))
        assert (filing_pages.response.status_code, filing_pages.step) == (503, "evidence")
        assert "请过几分钟再试" in filing_pages.page
    choose(filing_pages, ("a.png", files.png()), go="on")
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY


def test_the_name_of_a_refused_file_turns_no_line_about(filing_pages):
    filing_pages.go_to("evidence")
    choose(filing_pages, ("\u202egpj.exe", b"MZ hello"))
    assert "gpj.exe：" in filing_pages.page
    assert "\u202e" not in filing_pages.page
