"""Sentences put together in pairs, so that the model of sentences learns that one tactic does not rule out another."""

from evaluation.learning.joined_sentences import LONGEST, Example, joined_sentences


def example(text: str, *codes: str) -> Example:
    return Example(dict.fromkeys(text, 0.2), frozenset(codes), text)


CALLED, ABUSED, NOTHING = example("打给我妈", "social_circle_contact"), example("骂我", "insult_abuse"), example("下雨")


def test_a_pair_tells_of_what_either_sentence_tells_and_weighs_what_either_holds():
    for joined in joined_sentences([CALLED, ABUSED, NOTHING], 50):
        parts = [one for one in (CALLED, ABUSED, NOTHING) if one.text in joined.text]
        assert joined.codes == frozenset().union(*(part.codes for part in parts))
        assert joined.values.keys() == {name for part in parts for name in part.values}


def test_every_pair_tells_of_a_tactic_and_none_mixes_languages_or_holds_a_long_sentence():
    english, long = example("they rang my mother", "social_circle_contact"), example("长" * (LONGEST + 1), "visit")
    pairs = joined_sentences([CALLED, NOTHING, english, long], 50)
    assert all(pair.codes and "visit" not in pair.codes for pair in pairs)
    assert all(pair.text.isascii() or "they" not in pair.text for pair in pairs)


def test_the_pairs_are_the_same_at_every_run():
    assert joined_sentences([CALLED, ABUSED], 9) == joined_sentences([CALLED, ABUSED], 9)
