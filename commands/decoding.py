"""A file's bytes as text: by its mark, as UTF-8, or in the encoding whose characters are those of everyday texts."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from domain.text import fold

# UTF-32 first: its mark for little-endian begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"),
)  # fmt: skip
# What Chinese editors write without a mark, the likeliest first.
UNMARKED = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# What a program took the bytes for that saved them as UTF-8 (³¿ÐÇ is 晨星), and what they were.
TAKEN_FOR, WERE = ("latin-1", "cp1252"), ("utf-8", "gb18030", "big5hkscs")
FOREIGN = re.compile("[\x80-\xff]{2}")
# So much of what is not ASCII must then be everyday Chinese; two accents in a row (ÀÉ) may look like one character.
CLEARLY = 0.8
FEWEST = 4
SAMPLE = 4000
EVERYDAY_MARKS = frozenset("，。、；：？！（）《》“”‘’…—,.;:?!()\"' \t\r\n")


def decoded(content: bytes) -> str:
    """Return the text of a file; bytes that no encoding takes stay as lone surrogates, or U+FFFD behind a mark.

    Nearly any bytes are valid GB 18030, so the reading with most everyday characters is taken.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "surrogateescape" if encoding == "utf-8-sig" else "replace")
    utf8 = _strictly(content, "utf-8")
    if utf8 is not None and "\0" not in utf8:
        return _rightly(utf8)
    readings = [content.decode("utf-8", "surrogateescape"), *(_strictly(content, encoding) for encoding in UNMARKED)]
    return max((text for text in readings if text is not None), key=_everyday)


def _rightly(text: str) -> str:
    """Return the text that was read in the wrong encoding and saved so; any other as it is."""
    if not FOREIGN.search(text):
        return text
    readings = [_strictly(content, name) for content in _bytes_before(text) for name in WERE]
    best = max((one for one in readings if one is not None), key=_chinese, default=text)
    return best if _chinese(best) > CLEARLY else text


def _chinese(text: str) -> float:
    """Return which share, 0 to 1, of the characters that are not ASCII are everyday Chinese ones."""
    others = [character for character in fold(text[:SAMPLE]) if not character.isascii()]
    return sum(map(_is_everyday, others)) / max(len(others), FEWEST)


def _bytes_before(text: str) -> Iterator[bytes]:
    for name in TAKEN_FOR:
        with suppress(UnicodeEncodeError):
            yield text.encode(name)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _everyday(text: str) -> float:
    """Return the share, 0 to 1, of letters, digits, marks and the 3,755 characters of every Chinese text."""
    sample = fold(text[:SAMPLE])
    return sum(map(_is_everyday, sample)) / max(len(sample), 1)


def _is_everyday(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in EVERYDAY_MARKS
    return character in EVERYDAY_MARKS or b"\xb0" <= character.encode("gb2312", "ignore")[:1] <= b"\xd7"
