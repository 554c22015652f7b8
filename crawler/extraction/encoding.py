"""The text of a page whatever it says of its encoding: header, meta and bytes are witnesses, none is believed alone."""

import codecs
import re

# Declarations that name less than what pages under them use: 镕 is not in GB2312, nor 着 in Big5 without HKSCS.
WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "utf-8", "us-ascii": "utf-8",
}  # fmt: skip
# Those of UTF-32 first: one of them begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Every page begins with markup, of which every other byte is zero in UTF-16: `<html>` and a blank or two.
FIRST_BYTES = 16
# ~{4_JU~} is 催收 in HZ, which has ASCII only.
HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
# Python knows them as encodings; no page is written in them, and to read one so takes for ever, or runs into an error.
NO_ENCODINGS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
GUESSES = ("gb18030", "big5hkscs", "cp1252")

# The commonest characters of both scripts: under a wrong encoding hardly one of them appears.
COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過"
    "发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本"
    "前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問"
)
# Of the characters of Chinese text a third are common ones, in names and numbers a tenth; of 鍌敹鐢佃瘽 none.
SAMPLED, FEWEST_JUDGED, RARE_SHARE, CLEARLY_BETTER = 4000, 30, 0.08, 0.15
HAN = re.compile(r"[\u3400-\u9fff]")
BEYOND_ASCII, ALONE = re.compile(rb"[\x80-\xff]"), re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
# In German pages 0.97, in Big5, whose second bytes are often ASCII, 0.2.
ALONE_SHARE = 0.7
EASTERN = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5hkscs"})
# In a page of 996 elements with 17 bad bytes there were 270 good characters.
VALID_FOR_A_DAMAGED = 4
MOJIBAKE = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page: what is valid UTF-8 is UTF-8, else what is declared and fits, else what reads best."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    if (unmarked := _unmarked_utf_16(body)) or (unmarked := _hz(body)):
        return unmarked
    try:
        return _undo_double(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        declared = _declared(body, content_type)
        if _only_damaged(body, error, "utf-8" in declared):
            return body.decode("utf-8", "replace")
    if _is_western(body):
        western = [name for name in declared if name not in EASTERN and name != "utf-8"]
        return _decoded(body, western[0] if western else "cp1252")
    candidates = [name for name in (*declared, *GUESSES) if name != "utf-8"]
    readings = {name: _decoded(body, name) for name in dict.fromkeys(candidates)}
    return max(readings.values(), key=_readability)


def _unmarked_utf_16(body: bytes) -> str:
    """Return a page in UTF-16 that has no mark of its byte order, or nothing."""
    first = body[:FIRST_BYTES]
    zeros = (first[::2].count(0), first[1::2].count(0))
    if len(first) < FIRST_BYTES or sorted(zeros) != [0, FIRST_BYTES // 2]:
        return ""
    text = body.decode("utf-16-be" if zeros[0] else "utf-16-le", "replace")
    return text if text.lstrip().startswith("<") and "\x00" not in text[:SAMPLED] else ""


def _hz(body: bytes) -> str:
    """Return a page in HZ, or nothing: what stands between its marks has to read as Chinese."""
    if not body.isascii() or not (pieces := HZ.findall(body)):
        return ""
    told = "".join(_decoded(piece, "hz") for piece in pieces)
    if "\ufffd" in told or _readability(told[:SAMPLED])[0] < RARE_SHARE:
        return ""
    return HZ.sub(lambda found: _decoded(found[0], "hz").encode(), body).decode()


def _is_western(body: bytes) -> bool:
    """Tell whether the bytes beyond ASCII stand each by itself, as in l\xe4uft; in Chinese text they come in rows."""
    beyond = len(BEYOND_ASCII.findall(body))
    return len(ALONE.findall(body)) > ALONE_SHARE * beyond


def _reads_like_none(text: str) -> bool:
    """Tell whether hardly one of the common characters stands in a text of many others, as under a wrong encoding."""
    han = HAN.findall(text[:SAMPLED])
    return len(han) >= FEWEST_JUDGED and sum(character in COMMON for character in han) < RARE_SHARE * len(han)


def _undo_gbk(text: str) -> str:
    """Take a text back to the bytes that were read as GBK. A byte that had no partner is lost with its character."""
    return text.encode("gb18030", "ignore").decode("utf-8", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    found = [*DECLARED.findall(content_type.encode("latin-1", "replace")), *DECLARED.findall(body[:4096])]
    names = []
    for name in found:
        plain = name.decode("latin-1").lower()
        try:
            names.append(codecs.lookup(WIDER.get(plain, plain)).name)
        except LookupError:
            continue
    return [name for name in names if name not in NO_ENCODINGS]


def _only_damaged(body: bytes, error: UnicodeDecodeError, declared: bool) -> bool:
    """Tell whether bytes are UTF-8 but for a bad place or two, as a page is that was cut inside a character.

    Text in another encoding has hardly a valid character beyond ASCII when it is read as UTF-8.
    """
    text = body.decode("utf-8", "replace")
    damaged, han = text.count("\ufffd"), len(HAN.findall(text))
    if han > 20 * damaged or (declared and error.start > len(body) - 4):
        return True
    valid = sum(ord(character) > 127 for character in text) - damaged
    return declared and valid > VALID_FOR_A_DAMAGED * damaged


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding, "replace")
    except LookupError:
        return ""


def _readability(text: str) -> tuple[float, int]:
    """Rate a reading: the share of common characters among what is not ASCII, less what could not be read.

    Bytes that come in rows are not ½è¿î, though nothing of it is broken, and a page in GBK may have a bad byte or two.
    """
    beyond = [character for character in text if ord(character) > 127]
    if not beyond:
        return 0.0, len(text)
    common = sum(character in COMMON for character in beyond)
    broken = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in beyond)
    latin = sum("\x80" <= character <= "\xff" for character in beyond)
    return (common - 2 * broken - latin / 2) / len(beyond), -len(beyond)


def _undo_double(text: str) -> str:
    """Undo an encoding that was applied twice: å‚¬æ”¶ is what 催收 becomes when its UTF-8 is taken for Latin.

    And 鍌敹 what it becomes when it is taken for GBK, and ´ßÊÕ when it was GBK itself.
    """
    if _reads_like_none(text):
        plain = _undo_gbk(text)
        if _readability(plain[:SAMPLED])[0] > _readability(text[:SAMPLED])[0] + CLEARLY_BETTER:
            return plain
    strange = len(MOJIBAKE.findall(text))
    if strange < 30 or len(HAN.findall(text)) * 10 > strange:
        return text
    if (data := _as_latin(text)) is None:
        return text
    readings = [plain for encoding in ("utf-8", "gb18030", "big5hkscs") if (plain := _strictly(data, encoding))]
    best = max(readings, key=_readability, default=text)
    return best if len(HAN.findall(best)) * 2 > strange // 3 and not _reads_like_none(best) else text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return ""


def _as_latin(text: str) -> bytes | None:
    """Return the bytes that were taken for Windows' Latin, as browsers take them: the five that it has not stay."""
    pieces = []
    for character in text:
        try:
            pieces.append(character.encode("cp1252"))
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            pieces.append(bytes([ord(character)]))
    return b"".join(pieces)
