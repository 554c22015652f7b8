"""What a file is, judged from its bytes alone: its name and what the browser says of it are never looked at."""

import re

import filetype

from domain.evidence.kinds import KINDS, LARGEST_FILE, Kind
from domain.evidence.refusals import Refused

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# What `filetype` may call a file that our own table takes for this kind; it must not call it anything else. Recorders
# write sound alone under the brands of video (mp42, 3gp4), and MPEG 2.5 frames it does not know at all.
SECOND_OPINIONS: dict[str, set[str | None]] = {
    "jpeg": {"image/jpeg"},
    "png": {"image/png", "image/apng"},
    "heic": {"image/heic", "image/heif", "image/avif", None},
    "webp": {"image/webp"},
    "pdf": {"application/pdf"},
    "mp3": {"audio/mpeg", "audio/aac", None},
    "m4a": {"audio/mp4", "video/mp4", "video/3gpp", "video/quicktime", "video/x-m4v", None},
    "amr": {"audio/amr", None},
    "ogg": {"audio/ogg"},
    "wav": {"audio/x-wav", "audio/wav"},
}
MARKUP = re.compile(rb"<(?:script|html|iframe|body|!doctype\s+html)[\s>/]", re.I)
DRAWING = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,1000}?)?(?:<!--.{0,1000}?-->\s*)?(?:<!DOCTYPE\s+svg|<svg)\b", re.I | re.S
)
PDF_MARK = re.compile(rb"%PDF-\d\.\d")
OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MSCF\0\0\0\0")
# A reader of PDF looks for its mark this far in; a reader of ZIP looks for its directory this far from the end.
PDF_REACH, ZIP_REACH = 1024, 65_557


def judge(content: bytes) -> Kind:
    """Return the kind of a whole file. Raises Refused for what is not on the list, too large, or two things at once."""
    if not content:
        raise Refused("empty")
    if len(content) > LARGEST_FILE:
        raise Refused("too_large")
    name = _by_signature(content)
    if name is None:
        raise Refused(_hint(content))
    guess = filetype.guess(content[:8192])
    if (guess.mime if guess else None) not in SECOND_OPINIONS[name] or is_also_something_else(content, name):
        raise Refused("mixed")
    return KINDS[name]


def is_also_something_else(content: bytes, name: str) -> bool:
    """Tell whether another program would take the same bytes for an archive, a web page or a PDF."""
    if name != "pdf" and PDF_MARK.search(content[: PDF_REACH + 8]):
        return True
    # The text of a PDF may rightly speak of web pages; before its first object there is nothing to say.
    parts = (content[:PDF_REACH], content[content.rfind(b"%%EOF") :]) if name == "pdf" else (content,)
    return any(MARKUP.search(part) for part in parts) or _ends_as_archive(content)


def _by_signature(content: bytes) -> str | None:
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "amr"
    if head[:4] == b"OggS":
        return "ogg"
    if head[4:8] == b"ftyp":
        return _by_brand(content)
    # 0xFF, eleven bits of sync, layer III: the bits for layer stand as 01.
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return "mp3" if is_frame or head[:3] == b"ID3" else None


def _by_brand(content: bytes) -> str | None:
    length = int.from_bytes(content[:4], "big")
    brands = {content[at : at + 4] for at in (8, *range(16, min(length, 256), 4))}
    if b"avif" in brands or b"avis" in brands:
        return None
    if brands & HEIC_BRANDS:
        return "heic"
    # Sound and video share this container; which it is, its tracks say: sounds.mp4 refuses what is not sound alone.
    return "m4a"


def _ends_as_archive(content: bytes) -> bool:
    if any(mark in content for mark in OTHER_ARCHIVES):
        return True
    tail = content[-ZIP_REACH:]
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        comment = int.from_bytes(tail[at + 20 : at + 22], "little")
        # Four bytes can stand so by chance; a directory's end whose entries lie inside the file can't.
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        offset = int.from_bytes(tail[at + 16 : at + 20], "little")
        if len(tail) - at >= 22 and at + 22 + comment <= len(tail) and size + offset <= len(content):
            return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def _hint(content: bytes) -> str:
    """Return the reason that helps most: what it seems to be, so that the sentence can say what to do instead."""
    if DRAWING.match(content[:4096]):
        return "drawing"
    if content.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "office"
    if content.startswith(b"PK\x03\x04"):
        return "office" if re.search(rb"word/|xl/|ppt/|\[Content_Types\]", content[:8192]) else "archive"
    if content.startswith((*OTHER_ARCHIVES, b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        return "archive"
    if content.startswith(b"\x1aE\xdf\xa3"):
        return "video"
    guess = filetype.guess(content[:8192])
    return "video" if guess and guess.mime.startswith("video/") else "unknown_type"
