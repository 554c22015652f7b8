"""Sound without its tags: bit for bit the same sound."""

import io
import struct
import wave

import pytest

from domain.evidence.refusals import Refused
from domain.evidence.sounds import STRIPPERS
from domain.evidence.sounds.ogg import OggPage, _pages, checksum
from tests import evidence_files as files


def refusal(kind: str, content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        STRIPPERS[kind](content)
    return caught.value.reason


@pytest.mark.parametrize("kind", sorted(STRIPPERS))
def test_stripping_what_is_stripped_changes_nothing(kind):
    once = STRIPPERS[kind](files.EVERY_KIND[kind]())
    assert STRIPPERS[kind](once) == once


def test_a_wav_sounds_the_same():
    with wave.open(io.BytesIO(STRIPPERS["wav"](files.wav()))) as copy:
        assert (copy.getframerate(), copy.getnframes()) == (8000, 1600)
        assert copy.readframes(3) == struct.pack("<hhh", 1000, 1000, 1000)


def test_a_wav_whose_recorder_was_stopped_hard_is_taken_to_its_end():
    content = bytearray(files.wav())
    at = content.index(b"data")
    content[at + 4 : at + 8] = b"\xff\xff\xff\xff"
    with wave.open(io.BytesIO(STRIPPERS["wav"](bytes(content)))) as copy:
        assert copy.getnframes() >= 1600


def test_an_mp3_keeps_every_frame():
    assert len(STRIPPERS["mp3"](files.mp3(20))) == 20 * 417


def test_an_mp3_with_rubbish_between_its_frames_keeps_the_frames():
    whole = files.mp3(20)
    middle = whole.index(b"Info") - 36 + 417 * 9
    torn = whole[:middle] + b"\xff\xe0rubbish" + files.CANARY + whole[middle:]
    assert STRIPPERS["mp3"](torn) == STRIPPERS["mp3"](whole)


def test_an_mp3_with_fewer_frames_than_it_says_is_cut_off():
    assert refusal("mp3", files.mp3(20, promised=21)) == "broken"


def test_what_only_begins_like_an_mp3_is_refused():
    assert refusal("mp3", b"ID3\x03\0\0\0\0\0\x04abcd" + b"\xff\xfb" + bytes(5000)) == "broken"
    assert refusal("mp3", b"ID3\x03\0\0\xff\xff\xff\xffabcd") == "broken"
    assert refusal("mp3", b"\xff" * 100_000) == "broken"


def test_an_amr_keeps_its_frames_and_loses_its_tail():
    assert STRIPPERS["amr"](files.amr(5) + b"\xff" + files.CANARY) == files.amr(5)
    assert refusal("amr", b"#!AMR\n") == "broken"


@pytest.mark.parametrize("codec", ["opus", "vorbis"])
def test_an_ogg_keeps_its_pages_of_sound_with_right_checksums(codec):
    copy = STRIPPERS["ogg"](files.ogg(codec))
    before, after = _pages(files.ogg(codec)), _pages(copy)
    assert [page.body for page in after[-3:]] == [page.body for page in before[-3:]]
    assert [page.position for page in after[-3:]] == [page.position for page in before[-3:]]
    at = 0
    for number, page in enumerate(after):
        raw = page.written(number)
        assert copy[at : at + len(raw)] == raw
        assert checksum(raw[:22] + bytes(4) + raw[26:]) == int.from_bytes(raw[22:26], "little")
        at += len(raw)


def test_the_checksum_is_the_one_of_the_standard():
    # CRC-32 with this polynomial, no reflection, no inversion: its published check value is of CRC-32/POSIX without
    # the length and the final inversion, so we compare with a bit by bit division.
    def by_hand(data: bytes) -> int:
        register = 0
        for byte in data:
            for bit in range(8):
                top = register >> 31 ^ (byte >> (7 - bit) & 1)
                register = (register << 1 & 0xFFFFFFFF) ^ (0x04C11DB7 if top else 0)
        return register

    assert checksum(b"OggS and some words") == by_hand(b"OggS and some words")


def test_an_ogg_of_video_or_of_two_streams_is_refused():
    video = OggPage(2, bytes(8), b"abcd", b"\x08", b"\x80theora\0").written(0)
    assert refusal("ogg", video) == "not_only_sound"
    assert refusal("ogg", files.ogg(serial=1) + files.ogg(serial=2)) == "not_only_sound"


def test_an_m4a_keeps_its_sound_where_its_index_says():
    whole = files.m4a()
    copy = STRIPPERS["m4a"](whole)
    assert len(copy) == len(whole)
    assert copy.index(b"the sound itself") == whole.index(b"the sound itself")
    assert struct.pack(">I", 3_800_000_001) not in copy
    assert b"stco" in copy
    assert b"udta" not in copy


@pytest.mark.parametrize("handler", [b"vide", b"text", b"meta", b"sbtl"])
def test_an_mp4_with_anything_but_sound_is_refused(handler):
    assert refusal("m4a", files.m4a(handler)) == "not_only_sound"


def test_an_m4a_of_an_unknown_codec_is_refused():
    assert refusal("m4a", files.m4a(codec=b"enca")) == "not_only_sound"


def test_an_m4a_with_a_box_that_ends_outside_is_refused():
    content = bytearray(files.m4a())
    at = content.index(b"trak")
    content[at - 4 : at] = b"\x7f\xff\xff\xff"
    assert refusal("m4a", bytes(content)) == "broken"
