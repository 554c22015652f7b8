"""Mends the damage of content farms: pinyin glosses that were inserted into the bytes of a GBK text.

The farms' tool replaced the two bytes of a character by the same bytes and its gloss, wherever the two bytes stood:
`用戶(hù)` at a character, but also across two of them: in 收團 (CA D5 88 46) it saw 請 (D5 88) and wrote
`收?qǐng)F(tuán)`. The byte that the decoder then lost is the second byte of the character that the gloss reads.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.repairing.readings import characters_ending_in, characters_led_by, gbk_bytes, is_common, is_read
from domain.text import fold

PINYIN = "a-zA-Z\u00c0-\u024f"
GLOSS = re.compile(rf"[(（]([{PINYIN}]{{1,7}})[)）]")
# The lost byte shows as `?` (iconv, which eats the bracket) or as U+FFFD (browsers, which keep it).
BREAK = re.compile(rf"\?([{PINYIN}]{{1,7}})\)|\ufffd\(([{PINYIN}]{{1,7}})\)")
# A gloss inside a gloss: the bytes of `ō` and `u` in (zhōu) are a character for the tool, too.
NESTED = re.compile(rf"[(（][{PINYIN}]{{0,6}}\([{PINYIN}]{{1,7}}\)[{PINYIN}]{{0,6}}[)）]")
TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
GAP_MARK = "□"
# Two-character words of the field, by which a lost first character is guessed.
FIELD_WORDS = tuple(Path(__file__).with_name("field_words.txt").read_text("utf-8").split())
FULL_WIDTH_MARKS = frozenset("，。、；：？！“”‘’（）《》【】…—·％～　０１２３４５６７８９")
# Fewer glosses than this are a writer's own: 重(chóng)庆. The least garbled of the five farm articles has 106.
FEWEST_GLOSSES = 3


@dataclass(frozen=True)
class LostWord:
    """A word that the source lost, at `position` of the repaired text, with a guess that is never filled in."""

    position: int
    guess: str
    confidence: float


@dataclass
class Repaired:
    """A repaired text. `offsets` gives for each character, and for the end, where it stood in the original."""

    text: str
    offsets: Sequence[int]
    was_damaged: bool = False
    lost: list[LostWord] = field(default_factory=list)


@dataclass
class _Stream:
    """What has been mended so far: the characters, where they stood, and the bytes of an open stretch."""

    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    lost: list[LostWord] = field(default_factory=list)
    pending: tuple[int, int] | None = None  # a first byte that waits for its second, and its offset

    def put_byte(self, byte: int, offset: int) -> None:
        if self.pending is not None:
            lead, at = self.pending
            self.pending = None
            self.put(bytes((lead, byte)).decode("gbk", errors="replace"), at)
        elif byte < 0x80:
            self.put(chr(byte), offset)
        else:
            self.pending = (byte, offset)

    def put(self, text: str, offset: int) -> None:
        self.characters.extend(text)
        self.offsets.extend([offset] * len(text))

    def put_character(self, character: str, offset: int) -> None:
        if self.pending is None:
            self.put(character, offset)
            return
        encoded = b"\x80" if character == "€" else _encoded(character)
        if encoded is None:
            self.drop_pending()
            self.put(character, offset)
            return
        for byte in encoded:
            self.put_byte(byte, offset)

    def drop_pending(self) -> None:
        if self.pending is not None:
            self.put("\ufffd", self.pending[1])
            self.pending = None

    def last_byte(self) -> int | None:
        if self.pending is not None:
            return self.pending[0]
        encoded = _encoded(self.characters[-1]) if self.characters else None
        return encoded[-1] if encoded else None


def repair(text: str) -> Repaired:
    """Take the glosses out and mend what they broke; a text without glosses comes back as it is."""
    if not _is_damaged(text):
        return Repaired(text, range(len(text) + 1))
    stream = _Stream()
    offset = 0
    while offset < len(text):
        offset = _step(text, offset, stream)
    stream.drop_pending()
    stream.offsets.append(len(text))
    return Repaired("".join(stream.characters), stream.offsets, True, stream.lost)


def _is_damaged(text: str) -> bool:
    found = 0
    for match in GLOSS.finditer(text):
        if match.start() and TONE.search(match[1]):
            found += is_read(text[match.start() - 1], _composed(match[1]))
            if found >= FEWEST_GLOSSES:
                return True
    return False


def _step(text: str, offset: int, stream: _Stream) -> int:
    """Mend what stands at `offset`; return the offset after it."""
    character = text[offset]
    if character in "?\ufffd" and (broken := BREAK.match(text, offset)):
        second = _lost_byte(stream, _composed(broken[1] or broken[2]), text, broken.end())
        if second is not None:
            stream.put_byte(second, offset)
            return broken.end()
    elif (
        character in "(（"
        and stream.characters
        and (gloss := GLOSS.match(text, offset))
        and _is_gloss(stream, gloss[1])
    ):
        _check_last(stream, _composed(gloss[1]))
        return gloss.end()
    elif character in "(（" and stream.characters and (nested := NESTED.match(text, offset)):
        return nested.end()
    if character == "\n":
        stream.drop_pending()
    stream.put_character(character, offset)
    return offset + 1


def _is_gloss(stream: _Stream, spelled: str) -> bool:
    """In a damaged text a gloss follows a Han character and has a tone, or reads the character without one.

    Or it follows a letter that is the second byte of what the tool took for a character: `：l(guì)` (BA 6C is 簂).
    """
    last = stream.characters[-1]
    if last.isascii() and len(stream.characters) > 1 and (before := _encoded(stream.characters[-2])):
        seen = bytes((before[-1], ord(last))).decode("gbk", errors="replace")
        return is_read(seen, _composed(spelled))
    return "\u3400" <= last <= "\u9fff" and bool(TONE.search(spelled) or is_read(last, _composed(spelled)))


def _lost_byte(stream: _Stream, gloss: str, text: str, after: int) -> int | None:
    """Return the second byte of the glossed character that begins with the last byte written.

    Of several characters (same first byte, same reading) the likeliest is taken.
    """
    lead = stream.last_byte()
    candidates = characters_led_by(lead, gloss) if lead is not None else ()
    if not candidates:
        return None
    open_bytes = bytes(stream.pending[:1]) if stream.pending is not None else b""
    best = max(candidates, key=lambda seen: _likelihood(seen, open_bytes + seen.encode("gbk")[1:], text, after))
    return best.encode("gbk")[1]


def _likelihood(seen: str, start: bytes, text: str, after: int) -> int:
    """Say how likely the tool saw this character: its list holds traditional ones, mostly of everyday use."""
    return 2 * is_common(seen) + 2 * (fold(seen) != seen) + _sense(start, text, after)


def _sense(start: bytes, text: str, after: int) -> int:
    """Say how much the bytes look like Chinese with the next four characters behind them; more is better."""
    ahead = GLOSS.sub("", text[after : after + 24]).split("\n")[0]
    next_break = BREAK.search(ahead)
    stretch = (ahead[: next_break.start()] if next_break else ahead)[:4]
    stream = start + (_encoded(stretch) or b"")
    score = position = 0
    while position < len(stream) - 1:
        wide = stream[position] >= 0x80
        character = stream[position : position + 1 + wide].decode("gbk", errors="replace")
        if wide:
            plain = is_common(character) or character in FULL_WIDTH_MARKS
            score += 1 if plain else -2
        position += 1 + wide
    if next_break and next_break.start() <= len(stretch):
        score += 3 * bool(characters_led_by(stream[-1], _composed(next_break[1] or next_break[2])))
    gloss = GLOSS.match(text, after + 1)
    if gloss and len(start) == 1 and len(stream) > 1:
        score += 3 * is_read(stream[:2].decode("gbk", errors="replace"), _composed(gloss[1]))
    return score


def _check_last(stream: _Stream, gloss: str) -> None:
    """Mend a character that its own gloss does not read: `螹(fèi)` is what is left of 消費 without the bytes between.

    The gloss and the second byte (4D) give 費; of the character before only the first byte (CF) is left: a gap.
    """
    last = stream.characters[-1]
    encoded = gbk_bytes(last)
    if encoded is None or is_read(last, gloss):
        return
    candidates = [c for c in characters_ending_in(encoded[1], gloss) if c != last and is_common(c)]
    if len(candidates) != 1 or is_common(last):
        return
    stream.characters[-1] = GAP_MARK
    guess, confidence = _guess_first(encoded[0], candidates[0])
    stream.lost.append(LostWord(len(stream.characters) - 1, guess, confidence))
    stream.put(candidates[0], stream.offsets[-1])


def _guess_first(lead: int, ending: str) -> tuple[str, float]:
    """Guess a character of which only the first byte is left from the words that end like it: 消费, and no other."""
    words = [word for word in FIELD_WORDS if word[1] == fold(ending)]
    fitting = [word[0] for word in words if (encoded := gbk_bytes(word[0])) and encoded[0] == lead]
    return (fitting[0], 0.9 / len(fitting)) if fitting else ("", 0.0)


def _encoded(text: str) -> bytes | None:
    try:
        return text.encode("gbk") if text else None
    except UnicodeEncodeError:
        return None


def _composed(spelled: str) -> str:
    return unicodedata.normalize("NFC", spelled.lower())
