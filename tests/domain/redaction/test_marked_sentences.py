"""Names, addresses and works of many shapes are masked, and what stands around them is not."""

from collections.abc import Iterable

import pytest

from domain.reading import Reader
from evaluation.batch import Span, unmarked
from evaluation.learning.marked_texts import PRIVATE

MARKED, CLEAN = (
    [line for line in part.splitlines() if line and line[0] != "#"]
    for part in PRIVATE.read_text("utf-8").split("\n---\n")
)


def masked(reader: Reader, text: str) -> set[int]:
    masks = reader.mask(text).masks
    return {offset for mask in masks for offset in range(mask.original_start, mask.original_end)}


def private_of(spans: Iterable[Span], kind: str = "") -> set[int]:
    """Return the offsets that the marks of a kind cover, of every kind where none is given."""
    return {offset for letter, start, end in spans if letter == (kind or letter) for offset in range(start, end)}


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("n", 0.97),
        ("a", 0.98),
        ("w", 0.95),
        ("i", 1),
        ("c", 1),
        ("p", 0.995),
        ("q", 0.98),
        ("t", 1),
        ("o", 1),
        ("u", 1),
    ],
    ids=["names", "addresses", "works", "identities", "cards", "phones", "accounts", "plates", "contracts", "links"],
)
def test_nearly_all_of_what_is_private_is_masked(reader: Reader, kind: str, least: float):
    hit = there = 0
    for line in (line for line in MARKED if f"{{{kind}:" in line):
        text, spans = unmarked(line)
        private = private_of(spans, kind)
        there += len(private)
        hit += len(private & masked(reader, text))
    assert hit >= least * there


def test_what_stands_around_private_words_stays(reader: Reader):
    wrong = around = 0
    for text, spans in map(unmarked, MARKED):
        private = private_of(spans)
        around += len(text) - len(private)
        wrong += len(masked(reader, text) - private)
    assert wrong <= 0.02 * around


@pytest.mark.parametrize("text", CLEAN)
def test_sentences_about_offices_towns_and_everyday_things_stay(reader: Reader, text: str):
    assert reader.mask(text).public_text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("拨打0800 000 0011改约", "0800 000 0011"),
        ("2026-09-14 09:12 来电 未接\n2026-09-14 09:13 来电 未接", "2026-09-14"),
        ("放款5万起，缴纳1,500元解冻金", "5万起"),
        ("PAID OR NOT, CALL US OR 12 MAY 2026 IS THE LAST DAY", "OR 12 MAY 2026"),
    ],
    ids=["a British hotline", "a list of calls with dates", "sums before characters of surnames", "a day in capitals"],
)
def test_figures_that_look_like_something_private_stay(reader: Reader, text: str, kept: str):
    assert kept in reader.mask(text).public_text
