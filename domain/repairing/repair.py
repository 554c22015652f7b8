"""Mends the damage of content farms: pinyin glosses that were inserted into the bytes of a GBK text.

The farms' tool replaced the two bytes of a character by the same bytes and its gloss, wherever the two bytes stood:
`用戶(hù)` at a character, but also across two of them: in 收團 (CA D5 88 46) it saw 請 (D5 88) and wrote
`收?qǐng)F(tuán)`. The byte that the decoder then lost is the second byte of the character that the gloss reads.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.repairing.breaks import BREAK, GLOSS, PINYIN, composed, dropped_byte, is_read_here, lost_byte, unread_bytes
from domain.repairing.readings import characters_ending_in, gbk_bytes, has_tone, is_common, is_read
from domain.repairing.stream import GAP_MARK, UNKNOWN, LostWord, Stream
from domain.text import fold

__all__ = ["GAP_MARK", "LostWord", "Repaired", "repair"]

# A gloss inside a gloss: the bytes of `ō` and `u` in (zhōu) are a character for the tool, too.
NESTED = re.compile(rf"[(（][{PINYIN}]{{0,6}}\([{PINYIN}]{{1,7}}\)[{PINYIN}]{{0,6}}[)）]")
TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
# Two-character words of the field, by which a lost first character is guessed.
FIELD_WORDS = tuple(Path(__file__).with_name("field_words.txt").read_text("utf-8").split())
# Fewer glosses than this are a writer's own: 重(chóng)庆. The least garbled of the five farm articles has 106, of
# traditional characters; of those that are written alike in both, of simplified ones, as a lesson in Chinese glosses
# them, and of glosses without their tones it takes more, or a broken character beside them: each of the first counts
# as three of these.
FEWEST_GLOSSES, A_FARMS = 8, 3
# Bytes lost without a gloss are looked for among all that there are; a text made of such marks would take minutes.
MOST_SEARCHES = 200


@dataclass
class Repaired:
    """A repaired text. `offsets` gives for each character, and for the end, where it stood in the original."""

    text: str
    offsets: Sequence[int]
    was_damaged: bool = False
    lost: list[LostWord] = field(default_factory=list)


def repair(text: str) -> Repaired:
    """Take the glosses out and mend what they broke; a text without glosses comes back as it is."""
    if not _is_damaged(text):
        return Repaired(text, range(len(text) + 1))
    stream = Stream()
    offset = 0
    while offset < len(text):
        offset = _step(text, offset, stream)
    stream.drop_pending()
    stream.offsets.append(len(text))
    return Repaired("".join(stream.characters), stream.offsets, True, stream.lost)


def _is_damaged(text: str) -> bool:
    is_broken = bool(BREAK.search(text))
    found = 0
    for match in GLOSS.finditer(text):
        before, gloss = text[match.start() - 1 : match.start()], composed(match[1])
        if not match.start() or not is_read(before, gloss):
            continue
        is_a_farms = has_tone(gloss) and (fold(before) != before or is_broken)
        found += A_FARMS if is_a_farms else 1
        if found >= FEWEST_GLOSSES:
            return True
    return False


def _step(text: str, offset: int, stream: Stream) -> int:
    """Mend what stands at `offset`; return the offset after it."""
    character = text[offset]
    after = None
    if character in "?\ufffd":
        after = _mended_break(text, offset, stream)
    elif character in "(（" and stream.characters:
        after = _without_gloss(text, offset, stream)
    if after is not None:
        return after
    if character == "\n":
        stream.drop_pending()
    stream.put_character(character, offset)
    return offset + 1


def _mended_break(text: str, offset: int, stream: Stream) -> int | None:
    broken = BREAK.match(text, offset)
    if broken:
        second = lost_byte(stream, composed(broken[1] or broken[2]), text, broken.end())
        if second is not None:
            stream.put_byte(second, offset)
            return broken.end()
        if stream.pending is not None:
            stream.pending = None
            stream.put_gap("", 0.0, offset)
            return broken.end()
    if stream.pending is None or stream.searches >= MOST_SEARCHES:
        return None
    stream.searches += 1
    lost, seen = unread_bytes(stream, text, offset)
    if len(seen) == 1:
        stream.put_byte(lost[0][0], offset)
    else:
        stream.pending = None
        stream.put_gap(seen[0] if seen else "", 1 / len(seen) if seen else 0.0, offset)
    seconds = {one[1:] for one in lost}
    if seconds and b"" not in seconds:
        stream.pending = (seconds.pop()[0] if len(seconds) == 1 else UNKNOWN, offset)
    return offset + 1


def _without_gloss(text: str, offset: int, stream: Stream) -> int | None:
    gloss = GLOSS.match(text, offset)
    if not gloss:
        nested = NESTED.match(text, offset)
        return nested.end() if nested else None
    spelled = composed(gloss[1])
    if is_read_here(stream, spelled):
        return gloss.end()
    second = dropped_byte(stream, spelled, text, gloss.end())
    if second is not None:
        stream.put_byte(second, offset)
        return gloss.end()
    # In a damaged text what follows a character and has a tone is a gloss.
    if stream.pending is None and "\u3400" <= stream.characters[-1] <= "\u9fff" and TONE.search(gloss[1]):
        _check_last(stream, spelled)
        return gloss.end()
    return None


def _check_last(stream: Stream, gloss: str) -> None:
    """Mend a character that its own gloss does not read: `螹(fèi)` is what is left of 消費 without the bytes between.

    The gloss and the second byte (4D) give 費; of the character before only the first byte (CF) is left: a gap.
    """
    last = stream.characters[-1]
    found = gbk_bytes(last)
    candidates = [c for c in characters_ending_in(found[1], gloss) if c != last and is_common(c)] if found else []
    if not found or len(candidates) != 1 or is_common(last):
        return
    stream.characters[-1] = GAP_MARK
    guess, confidence = _guess_first(found[0], candidates[0])
    stream.lost.append(LostWord(len(stream.characters) - 1, guess, confidence))
    stream.put(candidates[0], stream.offsets[-1])


def _guess_first(lead: int, ending: str) -> tuple[str, float]:
    """Guess a character of which only the first byte is left from the words that end like it: 消费, and no other."""
    words = [word for word in FIELD_WORDS if word[1] == fold(ending)]
    fitting = [word[0] for word in words if (found := gbk_bytes(word[0])) and found[0] == lead]
    return (fitting[0], 0.9 / len(fitting)) if fitting else ("", 0.0)
