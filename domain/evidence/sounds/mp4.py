"""M4A: tags, places, names and times go; the sound and its index stay where they are.

Boxes that go are overwritten and not cut out: the index counts bytes from the start of the file, and so stays right.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.evidence.refusals import Refused

# What a track of sound needs; every other box, known or not, is emptied.
KEPT_INSIDE = {
    b"moov": {b"mvhd", b"trak"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"smhd", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {b"stsd", b"stts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sgpd", b"sbgp"},
}
KEPT_OUTSIDE = {b"ftyp", b"mdat", b"moov"}
CODECS = {b"mp4a", b"samr", b"sawb", b"alac", b"ac-3", b"Opus"}


@dataclass(frozen=True)
class Box:
    """A box of the file: its type, where it starts, where its content starts, where it ends."""

    type: bytes
    start: int
    inside: int
    end: int


def strip_mp4(content: bytes) -> bytes:
    """Return the file with all but its sound overwritten. Raises Refused when it holds video, or is cut off."""
    file = bytearray(content)
    outside = list(_boxes(file, 0, len(file)))
    types = {box.type for box in outside}
    if b"moof" in types or not {b"moov", b"mdat"} <= types:
        raise Refused("broken")
    tracks = 0
    for box in outside:
        if box.type not in KEPT_OUTSIDE:
            _empty(file, box)
        elif box.type == b"moov":
            tracks += _clean(file, box)
    if tracks == 0:
        raise Refused("broken")
    return bytes(file)


def _boxes(file: bytearray, start: int, end: int) -> Iterator[Box]:
    at = start
    while at < end:
        size, kind, inside = int.from_bytes(file[at : at + 4], "big"), bytes(file[at + 4 : at + 8]), at + 8
        if size == 1:
            size, inside = int.from_bytes(file[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < inside - at or at + size > end:
            raise Refused("broken")
        yield Box(kind, at, inside, at + size)
        at += size


def _clean(file: bytearray, box: Box) -> int:
    """Empty what is not needed inside a box; return how many tracks of sound there are in it."""
    tracks = 0
    for child in list(_boxes(file, box.inside, box.end)):
        if child.type not in KEPT_INSIDE[box.type]:
            _empty(file, child)
        elif child.type in KEPT_INSIDE:
            tracks += _clean(file, child)
        elif child.type in (b"mvhd", b"tkhd", b"mdhd"):
            _forget_times(file, child)
        elif child.type == b"hdlr":
            tracks += _check_handler(file, child)
        elif child.type == b"stsd" and bytes(file[child.inside + 12 : child.inside + 16]) not in CODECS:
            raise Refused("not_only_sound")
    return tracks


def _check_handler(file: bytearray, box: Box) -> int:
    # A second track of text or places would leave its content among the sound, where it can't be told apart.
    if bytes(file[box.inside + 8 : box.inside + 12]) != b"soun":
        raise Refused("not_only_sound")
    file[box.inside + 12 : box.end] = bytes(box.end - box.inside - 12)
    return 1


def _forget_times(file: bytearray, box: Box) -> None:
    """Zero when it was made and changed: 4 bytes each, 8 in version 1."""
    length = 16 if file[box.inside] == 1 else 8
    file[box.inside + 4 : box.inside + 4 + length] = bytes(length)


def _empty(file: bytearray, box: Box) -> None:
    file[box.start + 4 : box.start + 8] = b"free"
    file[box.inside : box.end] = bytes(box.end - box.inside)
