"""Words in groups of what they stand beside."""

from domain.tactic_reading.lexicon.word_groups import word_groups


def test_words_of_two_characters_stand_in_a_small_a_middle_and_a_large_group():
    assert len(word_groups()) > 30_000
    assert all(len(word) == 2 for word in word_groups())
    assert {len(groups) for groups in word_groups().values()} == {3}


def test_words_used_alike_share_a_group():
    assert word_groups()["老公"] == word_groups()["老婆"]
    assert word_groups()["凌晨"][1:] == word_groups()["傍晚"][1:]
    assert not set(word_groups()["老公"]) & set(word_groups()["凌晨"])
