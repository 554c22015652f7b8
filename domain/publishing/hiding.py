"""Hides words of a text that is public already: masks upon masks, with the way between the text before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from domain.masking import MaskedOffsets, put_masks
from domain.readings import Reading
from domain.redaction import PrivateFind, with_own_words
from domain.redaction.finds import places_of
from domain.redaction.words import LANGUAGES, WORDS, mask_word
from domain.text import fold, fold_with_map, unfolded_span

# What stands for a mask that is there already, while others are looked for: 姓名 in ［姓名］ is nobody's name.
STANDING = "standing"


@dataclass(frozen=True)
class HiddenText:
    """A text with words hidden, and the way from the text before (`way.after`) and back to it (`way.before`)."""

    text: str
    way: MaskedOffsets


def hide(text: str, words: Sequence[str], language: str) -> HiddenText:
    """Mask words wherever they stand in a text, in any script and with marks between their characters."""
    folded, offsets = fold_with_map(text)
    standing = [PrivateFind(STANDING, start, end, "") for start, end in places_of(folded, _masks())]
    found = [find for find in with_own_words(folded, standing, words) if find.type != STANDING]
    places = [replace(find, start=start, end=end) for find in found
              for start, end in [unfolded_span(find.start, find.end, offsets)]]  # fmt: skip
    hidden, placed = put_masks(text, places, language)
    return HiddenText(hidden, MaskedOffsets(placed))


def mask_places(text: str) -> list[tuple[int, int]]:
    """Return where masks stand in a public text, whoever put them there."""
    folded, offsets = fold_with_map(text)
    return [unfolded_span(start, end, offsets) for start, end in places_of(folded, _masks())]


def stands_in(text: str, words: Sequence[str]) -> list[str]:
    """Return those of the words that `hide` would mask in a text."""
    return [word for word in words if hide(text, [word], LANGUAGES[0]).text != text]


def hide_in_details(value: Any, words: Sequence[str], language: str) -> Any:
    """Mask words in what a source says beside a text: strings, in lists too; anything else stays as it is."""
    if isinstance(value, str):
        return hide(value, words, language).text
    if isinstance(value, Mapping):
        return {name: hide_in_details(part, words, language) for name, part in value.items()}
    return [hide_in_details(part, words, language) for part in value] if isinstance(value, list) else value


def strings_in(value: Any) -> Iterator[str]:
    """Yield the strings that `hide_in_details` would mask."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for part in parts:
        yield from strings_in(part)


def hide_in_reading(reading: Reading, words: Sequence[str]) -> Reading:
    """Return a reading with words hidden; a find of which a mask takes something is gone with it."""
    hidden = hide(reading.public_text, words, reading.language)
    lenders = [replace(find, start=place[0], end=place[1]) for find in reading.lenders
               if (place := hidden.way.after(find.start, find.end))]  # fmt: skip
    tactics = [replace(find, start=place[0], end=place[1]) for find in reading.tactics
               if (place := hidden.way.after(find.start, find.end))]  # fmt: skip
    return replace(reading, public_text=hidden.text, lenders=lenders, tactics=tactics)


def hide_in_gaps(gaps: Sequence[Mapping[str, Any]], hidden: HiddenText, words: Sequence[str]) -> list[dict[str, Any]]:
    """Move the words that a page lost to where they stand now; what a mask covers, or a guess would tell, is gone."""
    moved = []
    for gap in gaps:
        place = hidden.way.after(gap["position"], gap["position"])
        if place and not stands_in(gap["guess"], words):
            moved.append({**gap, "position": place[0]})
    return moved


def tells(address: str, words: Sequence[str]) -> bool:
    """Tell whether an address holds one of the words, as it is written or percent-encoded in UTF-8 or GB 18030."""
    readings = {address, *(unquote(address, encoding, "replace") for encoding in ("utf-8", "gb18030"))}
    return any(fold(word).strip() in fold(reading) for word in words for reading in readings)


@lru_cache(maxsize=1)
def _masks() -> frozenset[str]:
    return frozenset(fold(mask_word(type_, language)) for type_ in WORDS for language in LANGUAGES)
