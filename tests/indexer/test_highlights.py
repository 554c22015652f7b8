"""What is marked in a text, whichever script the text and the search are in."""

import pytest

from indexer.highlights import highlight, snippet
from tests.measuring import assert_grows_with_the_length_alone


def marked(term: str, text: str) -> list[str]:
    return [piece for piece, is_match in highlight(term, text) if is_match]


@pytest.mark.parametrize(("term", "text", "expected"), [
    ("上门催收", "他们说要上门催收。", ["上门催收"]),
    ("上门催收", "他們說要上門催收。", ["上門催收"]),
    ("上門催收", "他们说要上门催收。", ["上门催收"]),
    ("上门催收", "上门，催收", []),
    ("上门 催收", "上门，催收", ["上门", "催收"]),
    ("催", "催收员催我", ["催", "催"]),
    ("ＡＰＰ", "打开app和APP", ["app", "APP"]),
    ("app", "ＡＰＰ里", ["ＡＰＰ"]),
    ("collected", "A collector's collecting collections", ["collecting", "collections"]),
    ('"collector"', "A collector, collectors", ["collector"]),
    ("weba*", "WeBank and webcam", ["WeBank"]),
    ("A卡", "我的Ａ卡和A，卡", ["Ａ卡"]),
    ("催收", "催\u200b收 员", ["催\u200b收"]),
    ("上门 -催收", "上门催收", ["上门"]),
    ("NOT 上门", "上门催收", []),
    ("律师函 OR 上门", "收到律師函，又上門", ["律師函", "上門"]),
    ("“上门，催收”", "会上门。催收", ["上门。催收"]),
    ("上门 门催", "上门催收", ["上门催"]),
    ("36.5", "罚息３６．５％", ["３６．５"]),
    ("。", "上门。", []),
    ("", "上门", []),
    ("上" * 2000, "上上", []),
    ("<b>", "<b>粗</b>", ["b", "b"]),
])  # fmt: skip
def test_a_search_marks_what_it_matches(term, text, expected):
    assert marked(term, text) == expected


def test_a_snippet_shows_where_most_of_the_search_stands():
    text = "开头提到上门一次。" + "无关的话。" * 60 + "后来催收员上门催收，还打电话。" + "结尾的话。" * 60
    pieces = snippet("催收员 上门", text, 60)
    shown = "".join(piece for piece, _ in pieces)
    assert "后来催收员上门催收" in shown
    assert [piece for piece, is_match in pieces if is_match] == ["催收员上门"]
    assert (pieces[0], pieces[-1]) == (("…", False), ("…", False))
    assert len(shown) < 100


def test_a_snippet_without_a_match_is_the_beginning():
    assert snippet("征信", "第一行\n" + "字" * 300, 20) == [("第一行 " + "字" * 16, False), ("…", False)]


def test_a_snippet_of_a_short_text_is_the_text():
    assert snippet("上门", "他们上门了") == [("他们", False), ("上门", True), ("了", False)]


def test_a_snippet_never_cuts_a_match():
    text = "字" * 200 + "上门催收" * 30
    assert ("上门催收" * 30, True) in snippet("上门催收" * 30, text, 20)


def test_marking_takes_time_in_proportion_to_the_text():
    term = "上" * 900 + " " + "下" * 50
    assert_grows_with_the_length_alone(lambda text: highlight(term, text), "上", 20_000, 200_000)
