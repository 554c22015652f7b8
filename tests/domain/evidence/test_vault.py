"""Files at rest: sealed, whole, and gone when they are discarded."""

import os

import pytest

from domain.evidence.refusals import Refused
from domain.evidence.sealing import PIECE, Sealer, Unreadable, load_sealer
from domain.evidence.vault import Vault, open_vault
from tests import evidence_files as files


@pytest.fixture
def sealer():
    return Sealer([b"k" * 32])


@pytest.fixture
def vault(settings):
    return open_vault(settings)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_what_is_sealed_opens_again_and_shows_nothing_on_disk(tmp_path, sealer, size):
    content = (b"canary-" * (size // 7 + 1))[:size]
    sealer.seal(content, tmp_path / "a")
    assert b"".join(sealer.open(tmp_path / "a")) == content
    assert b"canary" not in (tmp_path / "a").read_bytes()
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", ["flip", "cut", "cut a piece", "swap", "append", "empty", "rename"])
def test_a_changed_file_is_never_handed_on_as_whole(tmp_path, sealer, damage):
    path = tmp_path / "a"
    sealer.seal(os.urandom(3 * PIECE), path)
    raw, piece, head = path.read_bytes(), PIECE + 16, 32
    first, second = raw[head : head + piece], raw[head + piece : head + 2 * piece]
    path.write_bytes(
        {
            "flip": raw[:100] + bytes([raw[100] ^ 1]) + raw[101:],
            "cut": raw[:-5],
            "cut a piece": raw[: head + 2 * piece],
            "swap": raw[:head] + second + first + raw[head + 2 * piece :],
            "append": raw + b"x",
            "empty": b"",
            "rename": b"x" + raw[1:],
        }[damage]
    )
    with pytest.raises(Unreadable):
        list(sealer.open(path))


def test_two_files_of_the_same_content_look_different(tmp_path, sealer):
    for name in ("a", "b"):
        sealer.seal(b"the same", tmp_path / name)
    assert (tmp_path / "a").read_bytes()[40:] != (tmp_path / "b").read_bytes()[40:]


def test_a_key_can_be_changed_while_old_files_stay_readable(settings, tmp_path):
    load_sealer(settings.keys_folder).seal(b"old", tmp_path / "old")
    (settings.keys_folder / "evidence.key").rename(settings.keys_folder / "evidence.1.key")
    renewed = load_sealer(settings.keys_folder)
    renewed.seal(b"new", tmp_path / "new")
    assert b"".join(renewed.open(tmp_path / "old")) == b"old"
    (settings.keys_folder / "evidence.1.key").unlink()
    with pytest.raises(Unreadable):
        list(load_sealer(settings.keys_folder).open(tmp_path / "old"))
    assert b"".join(load_sealer(settings.keys_folder).open(tmp_path / "new")) == b"new"


def test_a_prepared_file_lies_sealed_twice_and_nothing_else_is_left(vault, settings):
    content = files.jpeg()
    prepared = vault.prepare(content)
    assert b"".join(vault.read(prepared.original)) == content
    assert files.CANARY not in b"".join(vault.read(prepared.copy))
    assert sorted(path.name for path in settings.evidence_folder.iterdir()) == sorted(
        [prepared.original, prepared.copy]
    )
    assert list(settings.scratch_folder.iterdir()) == []
    vault.discard((prepared.original, prepared.copy))
    assert list(settings.evidence_folder.iterdir()) == []


def test_a_refused_file_leaves_nothing_anywhere(vault, settings):
    with pytest.raises(Refused):
        vault.prepare(files.jpeg()[:300])
    assert not settings.evidence_folder.exists() or list(settings.evidence_folder.iterdir()) == []


def test_a_full_disk_leaves_nothing_and_is_said(vault, settings, monkeypatch):
    real, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) > 2:
            raise OSError(28, "No space left on device")
        real(descriptor)

    vault.folder.mkdir(parents=True)
    monkeypatch.setattr("domain.evidence.sealing.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        vault.prepare(files.jpeg())
    assert list(settings.evidence_folder.iterdir()) == []


def test_a_draft_s_file_is_taken_over_under_the_vault_s_own_key(vault, settings, tmp_path):
    draft = Vault(tmp_path / "draft", Sealer([b"d" * 32]), settings.scratch_folder)
    drafted = draft.prepare(files.png())
    kept = vault.take_over(drafted, draft)
    assert (kept.kind, kept.sha256, kept.size) == (drafted.kind, drafted.sha256, drafted.size)
    assert b"".join(vault.read(kept.original)) == files.png()
    with pytest.raises(Unreadable):
        list(vault.read(drafted.original))
