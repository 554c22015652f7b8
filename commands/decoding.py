"""A file's bytes as text: by its mark, as UTF-8, or in the encoding whose characters are those of everyday texts."""

import codecs

from domain.text import fold

# UTF-32 first: its mark for little-endian begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"),
)  # fmt: skip
# What Chinese editors write without a mark, the likeliest first.
UNMARKED = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
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
        return utf8
    readings = [content.decode("utf-8", "surrogateescape"), *(_strictly(content, encoding) for encoding in UNMARKED)]
    return max((text for text in readings if text is not None), key=_everyday)


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
