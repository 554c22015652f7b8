"""English words and pairs of them, by which the models know an English sentence."""

from domain.tactic_reading.lexicon.latin_words import latin_pieces, latin_words


def test_words_that_differ_in_their_endings_are_one():
    assert latin_pieces("threatens") == latin_pieces("threatened") == {'"threaten'}


def test_two_words_that_only_a_space_parts_are_a_pair_too():
    assert latin_pieces("rang my mother") == {'"rang', '"mother', '"rang my', '"my mother'}


def test_words_of_two_clauses_are_no_pair():
    assert not {piece for piece in latin_pieces("rang, mother. boss  office") if " " in piece}


def test_the_first_word_makes_no_pair_with_what_is_not_there():
    assert [*latin_words("called ")] == [("call", "", 5)]


def test_a_word_is_told_where_its_last_letter_stands():
    assert [last for _, _, last in latin_words("他们rang我的boss")] == [5, 11]


def test_a_text_without_latin_letters_has_none():
    assert not latin_pieces("催收半夜打电话")
