"""How characters are read, and where they stand in GBK: what the repair of glossed texts goes by."""

import unicodedata
from collections import defaultdict
from functools import lru_cache

Readings = dict[str, tuple[str, ...]]
TONE_MARKS = frozenset("\u0300\u0301\u0304\u030c")


@lru_cache(maxsize=1)
def character_readings() -> Readings:
    """Return every reading (with tone marks, NFC) of every character that GBK writes in two bytes, the first one first.

    From pypinyin's table of single characters, which the package ships; read when the first glossed text comes.
    """
    from pypinyin.pinyin_dict import pinyin_dict

    readings: Readings = {}
    for code, spelled in pinyin_dict.items():
        if gbk_bytes(chr(code)) is not None:
            readings[chr(code)] = tuple(
                dict.fromkeys(unicodedata.normalize("NFC", part) for part in spelled.split(","))
            )
    return readings


def gbk_bytes(character: str) -> bytes | None:
    """Return the two bytes of a character in GBK, or None where it has no two."""
    try:
        encoded = character.encode("gbk")
    except UnicodeEncodeError:
        return None
    return encoded if len(encoded) == 2 else None


@lru_cache(maxsize=1)
def _by_lead_and_reading() -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    without_tones: dict[tuple[int, str], list[str]] = defaultdict(list)
    for character, readings in character_readings().items():
        for reading in readings:
            found[character.encode("gbk")[0], reading].append(character)
        for plain in {plain for reading in readings for plain in _toneless(reading)}:
            without_tones[character.encode("gbk")[0], plain].append(character)
    found = without_tones | found
    return {key: tuple(sorted(characters, key=_rarity)) for key, characters in found.items()}


def characters_led_by(lead: int, reading: str) -> tuple[str, ...]:
    """Return the characters whose first byte is `lead` and that are read so, the common ones first.

    A gloss without a tone is one of a tool that writes none (hu for hù), where no character is read without one.
    """
    return _by_lead_and_reading().get((lead, reading), ())


@lru_cache(maxsize=1)
def _by_trail_and_reading() -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for character, readings in character_readings().items():
        for reading in readings:
            found[character.encode("gbk")[1], reading].append(character)
    return {key: tuple(sorted(characters, key=_rarity)) for key, characters in found.items()}


def characters_ending_in(trail: int, reading: str) -> tuple[str, ...]:
    """Return the characters whose second byte is `trail` and that are read so, the common ones first."""
    return _by_trail_and_reading().get((trail, reading), ())


def is_read(character: str, gloss: str) -> bool:
    """Whether a gloss is a reading of the character; tones count, save that a gloss may leave the tone out."""
    readings = character_readings().get(character, ())
    return gloss in readings or (not has_tone(gloss) and any(gloss in _toneless(reading) for reading in readings))


def is_first_reading(character: str, gloss: str) -> bool:
    """Whether a gloss is how a character is read mostly, which is what a tool writes: 款 is kuǎn, 棵 only may be."""
    first = character_readings()[character][0]
    return gloss == first or gloss in _toneless(first)


def has_tone(gloss: str) -> bool:
    """Whether a gloss says its tone."""
    return not TONE_MARKS.isdisjoint(unicodedata.normalize("NFD", gloss))


@lru_cache(maxsize=4096)
def _toneless(reading: str) -> frozenset[str]:
    """Return how a reading is written without its tone: lǜ is lü, lv or lu."""
    marked = [part for part in unicodedata.normalize("NFD", reading) if part not in TONE_MARKS]
    plain = unicodedata.normalize("NFC", "".join(marked))
    return frozenset((plain, plain.replace("ü", "v"), plain.replace("ü", "u")))


def _rarity(character: str) -> tuple[bool, bytes]:
    return not is_common(character), character.encode("gbk")


def is_common(character: str) -> bool:
    """Whether a character is of everyday use: in the first level of GB 2312 or of Big5."""
    for encoding, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        try:
            first = character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if 0xA4 <= first <= last and "\u3400" <= character <= "\u9fff":
            return True
    return False
