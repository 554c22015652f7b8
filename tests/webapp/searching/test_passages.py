from hypothesis import given
from hypothesis import strategies as st

from webapp.searching.passages import LostWord, Span, paragraphs

TEXT = "催收说今晚上门，\n\n还要打电话给我妈。"


def test_passages_are_marked_where_they_stand():
    (first, second) = paragraphs(TEXT, [Span(3, 7, 1), Span(12, 15, 2)])
    assert [(piece.text, piece.numbers, piece.ends) for piece in first] == [
        ("催收说", (), ()), ("今晚上门", (1,), (1,)), ("，", (), ()),
    ]  # fmt: skip
    assert [(piece.text, piece.numbers) for piece in second if piece.numbers] == [("打电话", (2,))]


def test_overlapping_passages_are_both_marked():
    (line,) = paragraphs("今晚上门催收", [Span(0, 4, 1), Span(2, 6, 2)])
    assert [(piece.text, piece.numbers, piece.ends) for piece in line] == [
        ("今晚", (1,), ()), ("上门", (1, 2), (1,)), ("催收", (2,), (2,)),
    ]  # fmt: skip


def test_a_passage_over_a_line_end_is_marked_on_both_lines_and_numbered_once():
    lines = paragraphs("上门\n催收", [Span(0, 5, 1)])
    assert [[(piece.text, piece.numbers, piece.ends) for piece in line] for line in lines] == [
        [("上门", (1,), ())], [("催收", (1,), (1,))],
    ]  # fmt: skip


def test_a_lost_word_stands_where_it_was_lost():
    (line,) = paragraphs("拨打催收", [], [LostWord(2, "电话")])
    assert [(piece.text, piece.lost and piece.lost.guess) for piece in line] == [("拨打", None), ("催收", "电话")]


def test_a_word_lost_at_the_end_is_shown_too():
    (line,) = paragraphs("拨打", [], [LostWord(2, "电话")])
    assert line[-1].lost == LostWord(2, "电话")


spans = st.builds(Span, st.integers(-3, 40), st.integers(-3, 40), st.integers(0, 3))
lost_words = st.builds(LostWord, st.integers(-3, 40), st.just("词"))


@given(st.text(alphabet="上门催收 \n", max_size=30), st.lists(spans, max_size=6), st.lists(lost_words, max_size=3))
def test_joined_the_pieces_are_the_lines_of_the_text(text, spans, lost):
    joined = ["".join(piece.text for piece in line) for line in paragraphs(text, spans, lost)]
    assert joined == [line for line in text.split("\n") if line.strip()]
