"""The file that a passphrase locks: it gives back what went in, and nothing once somebody changed it."""

import io

import pytest

from domain.backup.locked_file import LockedReader, LockedWriter, WrongPassphrase


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024])
def test_a_locked_file_gives_back_what_went_in(size):
    content, file = bytes(size), io.BytesIO()
    with LockedWriter(file, "words") as out:
        out.write(content)
    file.seek(0)
    assert io.BufferedReader(LockedReader(file, "words")).read() == content


@pytest.mark.parametrize("damage", ["flip", "cut a piece", "swap", "repeat"])
def test_a_locked_file_that_was_tampered_with_does_not_open(damage):
    file = io.BytesIO()
    with LockedWriter(file, "words") as out:
        out.write(bytes(2 * 1024 * 1024 + 10))
    kept, head, piece = file.getvalue(), 18 + 16, 4 + 1024 * 1024 + 16
    first, second, last = kept[head : head + piece], kept[head + piece : head + 2 * piece], kept[head + 2 * piece :]
    body = {
        "flip": first[:-1] + bytes([first[-1] ^ 1]) + second + last,
        "cut a piece": first + second,
        "swap": second + first + last,
        "repeat": first + first + last,
    }[damage]
    with pytest.raises(WrongPassphrase):
        io.BufferedReader(LockedReader(io.BytesIO(kept[:head] + body), "words")).read()
