"""What is being typed: sealed on the disk, for two hours, with a key that only the browser has."""

import errno
import os
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.filings import drafts
from domain.filings.drafts import SECONDS_TO_KEEP, Draft, DraftFolder

STORY = "他们说明天到我家门口"


@pytest.fixture
def folder(tmp_path: Path) -> DraftFolder:
    return DraftFolder(tmp_path / "drafts")


def kept(folder: DraftFolder, draft: Draft | None = None) -> tuple[str, bytes, Draft]:
    draft_id, key, draft = drafts.new_id(), drafts.new_browser_key(), draft or Draft({"narrative": STORY})
    folder.save(draft_id, key, draft)
    return draft_id, key, draft


def age(folder: DraftFolder, draft_id: str, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(folder.place(draft_id) / "answers", (then, then))


def test_a_draft_comes_back_as_it_was_kept(folder):
    draft = Draft(
        {"narrative": STORY, "tactics": ["a", "b"], "events": [{"day": "3", "contacted": ["me"]}]}, files=[{"a": 1}]
    )
    draft_id, key, draft = kept(folder, draft)
    assert folder.load(draft_id, key) == draft


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=50), max_size=3))
def test_any_text_can_be_kept(answers):
    assert Draft.from_json(Draft(answers).to_json()).answers == answers


def test_neither_words_nor_id_nor_key_are_on_the_disk(folder):
    draft_id, key, _ = kept(folder)
    paths = list(folder.folder.rglob("*"))
    content = b"".join(path.read_bytes() for path in paths if path.is_file())
    for secret in (STORY.encode(), STORY.encode("utf-16-le"), draft_id.encode(), key, key.hex().encode()):
        assert secret not in content
    assert not any(draft_id in str(path) for path in paths)


def test_only_the_owner_may_look_into_the_folder(folder):
    draft_id, _, _ = kept(folder)
    assert folder.place(draft_id).stat().st_mode & 0o77 == 0
    assert (folder.place(draft_id) / "answers").stat().st_mode & 0o77 == 0


@pytest.mark.parametrize("wrong", ["key", "id", "changed", "cut off", "another's"])
def test_what_does_not_fit_opens_nothing(folder, wrong):
    draft_id, key, _ = kept(folder)
    path = folder.place(draft_id) / "answers"
    if wrong == "key":
        key = drafts.new_browser_key()
    elif wrong == "id":
        draft_id = drafts.new_id()
    elif wrong == "changed":
        content = bytearray(path.read_bytes())
        content[20] ^= 1
        path.write_bytes(content)
    elif wrong == "cut off":
        path.write_bytes(path.read_bytes()[:5])
    else:
        other_id, _, _ = kept(folder)
        path.write_bytes((folder.place(other_id) / "answers").read_bytes())
    assert folder.load(draft_id, key) is None


def test_after_two_hours_a_draft_is_gone_even_before_it_is_swept(folder):
    draft_id, key, _ = kept(folder)
    age(folder, draft_id, SECONDS_TO_KEEP - 60)
    assert folder.load(draft_id, key) is not None
    age(folder, draft_id, SECONDS_TO_KEEP + 1)
    assert folder.load(draft_id, key) is None


def test_sweeping_takes_old_drafts_with_their_files_and_leaves_the_others(folder):
    old, _, _ = kept(folder)
    fresh, key, draft = kept(folder)
    (folder.place(old) / "file").write_bytes(b"sealed")
    age(folder, old, SECONDS_TO_KEEP + 1)
    assert folder.sweep() == 1
    assert not folder.place(old).exists()
    assert folder.load(fresh, key) == draft
    assert DraftFolder(folder.folder / "nothing here").sweep() == 0


def test_a_folder_that_a_crash_left_without_answers_is_swept_too(folder):
    left = folder.folder / "left"
    left.mkdir(parents=True)
    assert folder.sweep() == 0
    os.utime(left, (0, 0))
    assert folder.sweep() == 1


def test_discarding_leaves_nothing_and_may_be_repeated(folder):
    draft_id, key, _ = kept(folder)
    (folder.place(draft_id) / "file").write_bytes(b"sealed")
    folder.discard(draft_id)
    folder.discard(draft_id)
    assert folder.load(draft_id, key) is None
    assert list(folder.folder.iterdir()) == []


def test_a_full_disk_leaves_what_was_kept_before(folder, monkeypatch):
    draft_id, key, draft = kept(folder)

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        folder.save(draft_id, key, draft.with_answers({"narrative": "neu"}))
    assert folder.load(draft_id, key) == draft
    assert [path.name for path in folder.place(draft_id).iterdir()] == ["answers"]


def test_of_many_requests_at_once_none_undoes_what_another_typed(folder):
    draft_id, key, _ = kept(folder, Draft())

    def type_one(number: int) -> None:
        with folder.held(draft_id):
            draft = folder.load(draft_id, key)
            folder.save(draft_id, key, draft.with_answers({f"field{number}": str(number)}))

    threads = [threading.Thread(target=type_one, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(folder.load(draft_id, key).answers) == 20


def test_two_drafts_of_one_browser_have_keys_of_their_own():
    key = drafts.new_browser_key()
    assert drafts.files_key("a" * 22, key) != drafts.files_key("b" * 22, key)
    assert len({drafts.new_id() for _ in range(1000)}) == 1000


def test_leaving_takes_what_a_request_that_had_begun_before_keeps_afterwards(folder):
    draft_id, key, draft = kept(folder)
    with folder.held(draft_id):
        once_more = folder.leave(draft_id)
        assert list(folder.folder.iterdir()) == []
        folder.save(draft_id, key, draft)
        leaving = threading.Thread(target=once_more)
        leaving.start()
    leaving.join(10)
    assert list(folder.folder.iterdir()) == []


def test_leaving_a_draft_that_is_none_is_no_error(folder):
    folder.leave("nothing")()
