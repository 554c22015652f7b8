"""What a file is, from its bytes alone."""

import contextlib
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from domain.evidence.judging import judge
from domain.evidence.kinds import KINDS, LARGEST_FILE
from domain.evidence.refusals import Refused
from tests import evidence_files as files


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        judge(content)
    return caught.value.reason


@pytest.mark.parametrize("kind", files.EVERY_KIND)
def test_every_kind_on_the_list_is_known_by_its_bytes(kind):
    assert judge(files.EVERY_KIND[kind]()).name == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xf3\x44\xc4" + bytes(140) + b"\xff\xf3\x44\xc4" + bytes(140), "mp3"),
        (b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * 5, "amr"),
        (files.m4a(brand=b"3gp4"), "m4a"),
        (files.m4a(brand=b"mp42"), "m4a"),
        (files.ogg("vorbis"), "ogg"),
    ],
)
def test_recorders_own_ways_of_writing_are_known_too(content, kind):
    assert judge(content).name == kind


def test_a_file_of_nothing_is_said_to_be_empty():
    assert refusal(b"") == "empty"


def test_a_file_above_the_limit_is_too_large_whatever_it_is():
    assert refusal(files.jpeg().ljust(LARGEST_FILE + 1, b"\0")) == "too_large"
    assert judge(files.amr(10) + b"\x3c" + bytes(31)).name == "amr"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "drawing"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->\n<svg onload="x"/>', "drawing"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "unknown_type"),
        (b"GIF89a" + bytes(40), "unknown_type"),
        (b"GIF89a/*<script>*/=1;alert(1)", "unknown_type"),
        (b"MZ" + bytes(200), "unknown_type"),
        (b"\x7fELF" + bytes(200), "unknown_type"),
        (b"#!/bin/sh\nrm -rf /\n", "unknown_type"),
        ("催收员说已经到我家门口".encode(), "unknown_type"),
        (files.archive(), "archive"),
        (gzip.compress(b"x" * 1000, mtime=0), "archive"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "archive"),
        (b"PK\x03\x04" + bytes(26) + b"word/document.xml" + bytes(99), "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "office"),
        (b"\x1aE\xdf\xa3" + bytes(20) + b"webm" + bytes(99), "video"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(99), "unknown_type"),
        (bytes(1000), "unknown_type"),
        (b"\xff", "unknown_type"),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_the_hint_that_helps(content, reason):
    assert refusal(content) == reason


def bitmap() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "BMP")
    return out.getvalue()


def test_other_pictures_are_not_taken_because_a_decoder_would_read_them():
    assert refusal(bitmap()) == "unknown_type"


@pytest.mark.parametrize(
    "content",
    [
        files.jpeg() + b"<script>alert(1)</script>",
        files.jpeg()[:2] + b"\xff\xfe\x00\x20<html><script>alert(1)</script>" + files.jpeg()[2:],
        files.jpeg() + files.archive(),
        files.png() + files.archive(),
        files.png() + b"Rar!\x1a\x07\x01\x00",
        files.webp() + b"<!DOCTYPE html><body onload=x>",
        files.pdf() + files.archive(),
        b"%PDF-1.7\n<html><script>alert(1)</script>\n" + files.pdf(),
        files.jpeg()[:2] + b"\xff\xfe\x00\x14%PDF-1.4 1 0 obj<<" + files.jpeg()[2:],
        files.mp3() + files.archive(),
        b"ID3\x03\0\0\0\0\0\x10%PDF-1.4 abcdefg" + files.mp3(),
        files.wav() + files.archive(),
        files.amr() + b"<script >",
    ],
    ids=["jpeg+html", "html in jpeg", "jpeg+zip", "png+zip", "png+rar", "webp+html", "pdf+zip", "html in pdf",
         "pdf in jpeg", "mp3+zip", "pdf in mp3", "wav+zip", "amr+script"],
)  # fmt: skip
def test_a_file_that_is_two_things_at_once_is_refused(content):
    assert refusal(content) == "mixed"


def test_what_telephones_hang_behind_a_picture_is_no_reason_to_refuse_it():
    motion_photo = files.jpeg() + b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"MotionPhoto_Data" * 20
    assert judge(motion_photo).name == "jpeg"


@given(st.sampled_from(sorted(files.EVERY_KIND)), st.integers(0, 60), st.binary(max_size=12))
def test_no_damaged_head_makes_the_judge_fail(kind, place, damage):
    whole = files.EVERY_KIND[kind]()
    damaged = whole[:place] + damage + whole[place + len(damage) :]
    with contextlib.suppress(Refused):
        assert judge(damaged).name in KINDS
