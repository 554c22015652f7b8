"""Evidence as readers get it."""

import io

from domain.store.intake import complaints, evidence
from domain.store.moderating import releasing
from tests import evidence_files as files
from tests.webapp.returning.desk import text_of


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
