"""Evidence that is added with a receipt."""

import io

import pytest

from domain.evidence.kinds import LARGEST_FILE
from domain.evidence.refusals import REASONS
from domain.store import StoreUnavailable
from domain.store.intake import evidence
from tests import evidence_files as files
from tests.webapp.returning.desk import WRONG, text_of
from webapp.filing import evidence_words


def test_evidence_is_added_and_the_name_of_a_file_is_kept_nowhere(desk, database, complaint, settings):
    page = text_of(desk.send("/evidence", files=[(io.BytesIO(files.jpeg()), "张三的借条.jpg"),
                                                  (io.BytesIO(files.amr()), "x.amr")]))  # fmt: skip
    assert "已添加 2 个文件" in page
    assert "图片（JPEG）" in page
    assert "录音（AMR），" in page
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
    assert "&lt;i&gt;b.svg：" in page
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


def test_a_disk_without_room_for_what_is_sent_is_said(desk, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.write", full)
    assert desk.send("/evidence", files=[(io.BytesIO(files.png()), "a.png")]).status_code == 503


def test_a_locked_store_takes_no_file_and_leaves_none(desk, database, complaint, settings, monkeypatch):
    def locked(*_arguments):
        raise StoreUnavailable("database is locked")

    monkeypatch.setattr("domain.filings.returning.receipts.add_files", locked)
    assert desk.send("/evidence", files=[(io.BytesIO(files.png()), "a.png")]).status_code == 503
    assert list(settings.evidence_folder.iterdir()) == []
