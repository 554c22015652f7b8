"""What a person reads about their files: why one was not taken and what to do, and what each kind is called."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.evidence.kinds import KINDS as KINDS_OF_FILE

REFUSALS: dict[str, Any] = {
    "empty": _l("This file holds nothing. Choose it again, or send another copy of it."),
    "too_large": _l("This file is larger than 20 MB. Send a part of it, or a smaller picture or recording."),
    "unknown_type": _l(
        "This kind of file is not taken. Take a picture of the screen and send that, or save it as PDF, JPEG, PNG or "
        "MP3."
    ),
    "drawing": _l("Drawings of this kind (SVG) can hold programs. Take a picture of the screen and send that."),
    "video": _l("Videos are not taken. Send pictures of the parts that matter, or the sound alone as MP3 or M4A."),
    "office": _l("Documents of this kind are not taken. Save it as PDF, or take pictures of its pages."),
    "archive": _l("Packed files are not taken. Unpack it and send the pictures, PDFs or recordings one by one."),
    "mixed": _l(
        "This file is two kinds of file at once, and that can do harm. Take a picture of the screen and send that "
        "instead."
    ),
    "broken": _l(
        "This file is cut off or damaged. Open it on your phone; if it opens there, save it anew and send that."
    ),
    "too_many_pixels": _l(
        "This picture has more than 40 million dots. Take it again in the normal mode, or send a picture of the screen."
    ),
    "too_demanding": _l("This file takes too much to read. Send it in parts, or take pictures of what matters in it."),
    "locked": _l("This PDF is locked with a password. Open it, print it to a new PDF, or take pictures of its pages."),
    "too_many_pages": _l("This PDF has more than 300 pages. Send the pages that matter."),
    "not_only_sound": _l("This recording holds more than sound. Save the sound alone as MP3 or M4A and send that."),
    "too_many_files": _l("A complaint can have 10 files at most."),
    "busy": _l("Too many files are being read at this moment. Send it again in a minute."),
}
KINDS: dict[str, Any] = {
    "jpeg": _l("Picture (JPEG)"),
    "png": _l("Picture (PNG)"),
    "heic": _l("Picture (HEIC)"),
    "webp": _l("Picture (WebP)"),
    "pdf": _l("Document (PDF)"),
    "mp3": _l("Recording (MP3)"),
    "m4a": _l("Recording (M4A)"),
    "amr": _l("Recording (AMR)"),
    "ogg": _l("Recording (OGG)"),
    "wav": _l("Recording (WAV)"),
}


def is_picture(kind: str) -> bool:
    """Tell whether a browser can show it in its place on a page."""
    return KINDS_OF_FILE[kind].family == "image"


def file_in_words(kind: str, size: int) -> str:
    """Return what a file is and how large, as it stands in a list of files."""
    return str(_("%(kind)s, %(size)s", kind=KINDS[kind], size=size_in_words(size)))


def refusal_of(name: str, reason: str) -> str:
    """Return why the file of this name was not taken; what turns the line about, or is no character, is left out."""
    return f"{''.join(filter(str.isprintable, name))}{_(': ')}{REFUSALS[reason]}"


def size_in_words(size: int) -> str:
    """Return a size as people read it: 12 KB, 3.4 MB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"
