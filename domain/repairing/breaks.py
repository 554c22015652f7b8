"""Where the farms' tool cut a character in two, the decoder lost a byte: which one it was, told by the gloss and by
what the bytes behind it then say."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from domain.repairing.readings import characters_led_by, is_common, is_first_reading, is_read
from domain.repairing.stream import Stream, encoded
from domain.tactic_reading.lexicon.word_groups import word_groups
from domain.text import fold

PINYIN = "a-zA-Z\u00c0-\u024f"
GLOSS = re.compile(rf"[(（]([{PINYIN}]{{1,7}})[)）]")
# The lost byte shows as `?` (iconv, which eats the bracket), or as U+FFFD or `?` before it (browsers, which keep it).
BREAK = re.compile(rf"\?([{PINYIN}]{{1,7}})\)|[?\ufffd]\(([{PINYIN}]{{1,7}})\)")
# What stands before a gloss that is no trace of a break.
_WHOLE_GLOSS = re.compile(rf"(?<![?\ufffd])[(（][{PINYIN}]{{1,7}}[)）]")
FULL_WIDTH_MARKS = frozenset("，。、；：？！“”‘’（）《》【】…—·％～　０１２３４５６７８９")
SENTENCE_ENDS = "。！？；”"
MARK = re.compile(r"[?\ufffd]")
BYTES = range(0x80, 0xFF)


def composed(spelled: str) -> str:
    """Return a gloss as readings are written."""
    return unicodedata.normalize("NFC", spelled.lower())


def is_read_here(stream: Stream, gloss: str) -> bool:
    """Whether a gloss reads what is written last: a character, or one across two as the tool saw it.

    `：l(guì)`: BA 6C is 簂.
    """
    is_whole = stream.pending is None and is_read(stream.characters[-1], gloss)
    return is_whole or is_read(stream.last_pair(), gloss)


def lost_byte(stream: Stream, gloss: str, text: str, after: int) -> int | None:
    """Return the second byte of the glossed character that begins with the last byte written.

    Of several characters (same first byte, same reading) the likeliest is taken.
    """
    lead = stream.last_byte()
    candidates = characters_led_by(lead, gloss) if lead is not None else ()
    if not candidates:
        return None

    def how_likely(seen: str) -> int:
        is_first = is_first_reading(seen, gloss)
        return _likelihood(seen) + 2 * is_first + _sense(stream, seen.encode("gbk")[1:], text, after)

    best = max(candidates, key=how_likely)
    return best.encode("gbk")[1]


def dropped_byte(stream: Stream, gloss: str, text: str, after: int) -> int | None:
    """Return the lost byte where nothing shows that one is (`iconv -c`) but a gloss that reads nothing before it.

    None unless what follows makes more sense with the byte than without.
    """
    byte = lost_byte(stream, gloss, text, after)
    if byte is None or _sense(stream, bytes((byte,)), text, after) <= _sense(stream, b"", text, after):
        return None
    return byte


def unread_bytes(stream: Stream, text: str, at: int) -> tuple[list[bytes], list[str]]:
    """Return what a decoder may not have read at a mark behind an open character, and which that one may be.

    It lost one byte that begins no character with the next one or (where it shows `?`) such a pair.
    """
    lead, before = stream.open_bytes[0], "".join(stream.characters[-1:])
    as_it_stands = _sense(stream, b"", text, at + 1, opens=True)
    endings = _endings(before, lead, text[at + 1 : at + 2] or "\n")
    found = {bytes((byte,)): as_it_stands + sense for byte, sense in endings}
    if text[at] == "?":
        plain = [byte for byte in BYTES if _is_plain(lead, byte)]
        for second in BYTES:
            closing = [byte for byte in plain if not _is_pair(byte, second)]
            sense = _sense(stream, bytes((second,)), text, at + 1, opens=True) if closing else 0
            found |= {bytes((byte, second)): sense + _closing(before, _character(lead, byte), "") for byte in closing}
    best = max(found.values(), default=0)
    likely = [lost for lost, sense in found.items() if sense == best]
    # Of two lost bytes the second is told by nothing but what it makes of the next ones.
    likely += [lost for lost, sense in found.items() if best - 2 < sense < best and lost[1:] != likely[0][1:]]
    return likely, list(dict.fromkeys(_character(lead, lost[0]) for lost in likely))


@lru_cache(maxsize=4096)
def _endings(before: str, lead: int, following: str) -> list[tuple[int, int]]:
    """Return (byte, sense) of what may have ended an open character and begins none with the `following` one."""
    first = (encoded(following) or b"\n")[0]
    return [
        (byte, _closing(before, _character(lead, byte), following))
        for byte in BYTES
        if _is_plain(lead, byte) and not _is_pair(byte, first)
    ]


def _closing(before: str, character: str, following: str) -> int:
    """Say how well a character stands between two others."""
    words = sum(word in word_groups() for word in (fold(before + character), fold(character + following)))
    return _commonness(character) + words + 3 * (following == "\n" and character in SENTENCE_ENDS)


def _is_pair(first: int, second: int) -> bool:
    return first != 0x80 and _character(first, second) != "\ufffd"


def _is_plain(first: int, second: int) -> bool:
    return _commonness(_character(first, second)) > 0


@lru_cache(maxsize=65536)
def _character(first: int, second: int) -> str:
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return "\ufffd"


@lru_cache(maxsize=8192)
def _commonness(character: str) -> int:
    if character in FULL_WIDTH_MARKS:
        return 2 + (character in "，。")
    return is_common(character) + is_common(fold(character)) if len(character) == 1 else 0


@lru_cache(maxsize=8192)
def _likelihood(seen: str) -> int:
    """Say how likely the tool saw this character: its list holds traditional ones, mostly of everyday use."""
    return 2 * _commonness(seen) + 2 * (fold(seen) != seen)


def _sense(stream: Stream, lost: bytes, text: str, after: int, opens: bool = False) -> int:
    """Say how much the open and the lost bytes look like Chinese with the next four characters; more is better.

    Where what was lost `opens` a character, the one that was open is left aside.
    """
    ahead = _WHOLE_GLOSS.sub("", text[after : after + 24]).split("\n")[0]
    mark = MARK.search(ahead)
    next_break = BREAK.match(ahead, mark.start()) if mark else None
    direct = GLOSS.match(text, after)
    stretch = "" if direct else (ahead[: mark.start()] if mark else ahead)[:4]
    start = lost if opens else stream.open_bytes + lost
    known = start + (encoded(stretch) or b"")
    characters = "" if opens else "".join(stream.characters[-1:])
    end_of_next = len(start) + len(encoded(stretch[:1]) or b"")
    of_next = GLOSS.match(text, after + 1)
    score = position = 0
    while position < len(known) - 1:
        if known[position] < 0x80:
            characters += chr(known[position])
            position += 1
            continue
        characters += (character := _character(*known[position : position + 2]))
        score += _commonness(character) or -2
        position += 2
        if of_next and position == end_of_next:
            score += 3 * is_read(character, composed(of_next[1]))
    score += sum(1 for pair in pairwise(fold(characters)) if "".join(pair) in word_groups())
    if direct:
        score += 3 if start and characters_led_by(start[-1], composed(direct[1])) else -3
    elif mark and next_break and mark.start() <= len(stretch) and known:
        ahead_of = characters_led_by(known[-1], composed(next_break[1] or next_break[2]))
        opened = characters[-1:] if position == len(known) - 1 else ""
        score += 3 if ahead_of else -3
        score += any(fold(opened + character) in word_groups() for character in ahead_of)
    elif mark and mark.start() == len(stretch) and position == len(known) - 1:
        endings = _endings(characters[-1:], known[-1], ahead[mark.end() : mark.end() + 1] or "\n")
        score += max((sense for _byte, sense in endings), default=-3)
    return score
