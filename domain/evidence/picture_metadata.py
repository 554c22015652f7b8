"""Pictures inside a PDF: their coded dots stay bit for bit, what stands beside them (EXIF, GPS, XMP, comments) goes."""

from domain.evidence.refusals import Refused

START_OF_IMAGE, START_OF_SCAN = 0xD8, 0xDA
# JFIF and Adobe's colour mark say how the dots are to be read. Every other application segment is for programs.
KEPT_APPLICATION = {0xE0, 0xEE}
COMMENT = 0xFE
DROPPED_BOXES = {b"uuid", b"xml ", b"uinf", b"jp2i"}


def without_metadata(picture: bytes) -> bytes:
    """Return a JPEG or JPEG 2000 without its metadata. Raises Refused when it can't be read so far."""
    if picture.startswith(b"\xff\xd8"):
        return _plain_jpeg(picture)
    if picture[4:8] == b"jP  ":
        return _plain_jpeg_2000(picture)
    # A bare JPEG 2000 code stream has room for a comment only.
    return picture


def _plain_jpeg(picture: bytes) -> bytes:
    kept, at = [picture[:2]], 2
    while at + 4 <= len(picture):
        if picture[at] != 0xFF:
            raise Refused("broken")
        mark = picture[at + 1]
        if mark == 0xFF:  # filling before a mark
            at += 1
            continue
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if mark == START_OF_SCAN:
            return b"".join([*kept, _scans(picture, at)])
        is_application = 0xE0 <= mark <= 0xEF
        if mark != COMMENT and (not is_application or mark in KEPT_APPLICATION):
            # JFIF may carry a thumbnail behind its first 16 bytes.
            kept.append(
                b"\xff\xe0\0\x10" + picture[at + 4 : at + 16] + b"\0\0"
                if _has_thumbnail(picture, at)
                else picture[at:end]
            )
        at = end
    raise Refused("broken")


def _has_thumbnail(picture: bytes, at: int) -> bool:
    return picture[at + 1] == 0xE0 and int.from_bytes(picture[at + 2 : at + 4], "big") > 16


def _scans(picture: bytes, at: int) -> bytes:
    """Return everything from the first scan to the end of the image; what was hung on behind it goes."""
    end = picture.rfind(b"\xff\xd9")
    return picture[at : end + 2] if end > at else picture[at:]


def _plain_jpeg_2000(picture: bytes) -> bytes:
    kept, at = [], 0
    while at + 8 <= len(picture):
        size = int.from_bytes(picture[at : at + 4], "big") or len(picture) - at
        if size == 1:
            size = int.from_bytes(picture[at + 8 : at + 16], "big")
        if size < 8 or at + size > len(picture):
            raise Refused("broken")
        if picture[at + 4 : at + 8] not in DROPPED_BOXES:
            kept.append(picture[at : at + size])
        at += size
    return b"".join(kept)
