"""Finds the words that content farms deleted, marks the place and guesses the word; nothing is ever filled in.

The farms strike 电话 (and now and then 话术) out and leave a space: `通过 、短信等方式`; of 问题 they leave 问.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

import regex

from domain.repairing.repair import GAP_MARK, LostWord, Repaired
from domain.text import fold

# A space stands for a lost word where the sentence around it wants one: after a verb that takes a means (通过 ),
# after a list's comma (包括短信、 等), before one (依赖 、信件), or before the verb of calling (的 联系).
BLANK = regex.compile(
    r"(?<=[一-鿿、,，:：])(?P<blank>[ \u3000])(?=[一-鿿、,，。])"
    r"(?:(?<=(?:通过|依赖|依靠|包括|采用|采取|利用|拨打|接听|接到|频繁的|不断的|方式为|方式是|多为) )"
    r"|(?<=[的、催收] )(?=[、与和或]|等|催收|联系|沟通)|(?<=[一-鿿] )(?=、))"
)
LOST_NOUN = regex.compile(
    r"(?<=[一-鿿])(?<![询提访疑学追反请责质审慰盘讯过发设自顾试考诘拷借叩查])问"
    r"(?=[也都。,，、;；逐日越愈更已在是的与和及成突]|$)", regex.M
)  # fmt: skip
LOST_HEADING = regex.compile(r"^(?:\d{1,2}[.、]\s*)?(?P<here>)催收[:：]", regex.M)


def mark_gaps(repaired: Repaired) -> Repaired:
    """Put a visible mark where a damaged text lost a word, and add the guess to `lost`."""
    if not repaired.was_damaged:
        return repaired
    folded = fold(repaired.text)
    if len(folded) != len(repaired.text):
        return repaired  # offsets would not hold; such a text was not written by a farm
    places = sorted(_places(folded))
    return _with_marks(repaired, places) if places else repaired


def _places(folded: str) -> Iterator[tuple[int, int, str, float]]:
    """Yield (start, end, guess, confidence) of each gap; start and end are equal where nothing marks it."""
    for match in BLANK.finditer(folded):
        start, end = match.span("blank")
        guess, confidence = ("话术", 0.6) if folded.endswith("科学的", 0, start) else ("电话", 0.95)
        yield start, end, guess, confidence
    for match in LOST_NOUN.finditer(folded):
        yield match.end(), match.end(), "题", 0.97
    for match in LOST_HEADING.finditer(folded):
        yield match.start("here"), match.start("here"), "电话", 0.8


def _with_marks(repaired: Repaired, places: list[tuple[int, int, str, float]]) -> Repaired:
    text, offsets = repaired.text, repaired.offsets
    pieces: list[str] = []
    moved: list[int] = []
    marked: list[LostWord] = []
    shifts = [0]
    done = 0
    for start, end, guess, confidence in places:
        pieces += [text[done:start], GAP_MARK]
        moved += [*offsets[done:start], offsets[start]]
        marked.append(LostWord(start + shifts[-1], guess, confidence))
        shifts.append(shifts[-1] + 1 - (end - start))
        done = end
    pieces.append(text[done:])
    starts = [start for start, *_rest in places]
    # A gap found before moves by all marks that are put in front of it.
    lost = [
        replace(word, position=word.position + shifts[bisect_right(starts, word.position)]) for word in repaired.lost
    ]
    found = sorted(lost + marked, key=lambda word: word.position)
    return Repaired("".join(pieces), [*moved, *offsets[done:]], True, found)
