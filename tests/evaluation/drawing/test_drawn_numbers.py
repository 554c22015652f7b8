"""Numbers drawn in the disguises that people give them are masked, and figures that only look so are not."""

from domain.lenders import load_registry
from domain.reading import Reader
from evaluation.drawing.drawn_numbers import is_hidden, masked, private_texts, public_texts

READER = Reader(load_registry())
COUNT, SEED, MOST_LEFT = 1500, 20261126, 0.005


def test_of_drawn_telephones_accounts_and_their_like_one_in_two_hundred_is_left_at_most():
    left = ["".join(drawn) for _, drawn in private_texts(COUNT, SEED) if not is_hidden(READER, drawn)]
    assert len(left) <= MOST_LEFT * COUNT, left


def test_of_drawn_sums_dates_rules_and_hotlines_none_is_masked():
    wrong = [text for text in public_texts(COUNT, SEED) if masked(READER, text)]
    assert not wrong
