import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.publishing.spreadsheets import csv_lines, harmless


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+861", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM", "  =1", "\t=1", "\u3000＝1", '"=1', "'=1",
        "“=1", "\u200b=1", "\ufeff=1", "\r\n=1",
    ],
)  # fmt: skip
def test_an_apostrophe_stands_before_what_a_spreadsheet_would_calculate(cell):
    assert re.match(r"[\s\"'“\u200b\ufeff]*'[=+\-@＝＋－＠]", harmless(cell))


@pytest.mark.parametrize("cell", ["\t上门", "\r上门", "\n上门"])
def test_a_cell_never_begins_with_a_control_character(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["他说;=HYPERLINK(1)", "一行\n=1+1", "a\t-2"])
def test_a_formula_behind_another_locales_separator_is_made_harmless(cell):
    assert not re.search(r"[;\t\n]\s*[=+\-@]", harmless(cell))


@pytest.mark.parametrize("cell", ["催收说＝要上门", "2026-11-25", "3+1 天", "a@b", "（-1）", ""])
def test_ordinary_words_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_what_utf8_or_a_spreadsheet_cannot_hold_is_left_out():
    assert harmless("催\x00收\ud800") == "催收"


def test_values_are_written_plainly():
    assert [harmless(value) for value in (None, True, False, 3, ["a", "b"], ())] == [
        "",
        "true",
        "false",
        "3",
        "a | b",
        "",
    ]


def test_a_file_begins_with_the_mark_that_excel_needs():
    assert "".join(csv_lines(["a"], [])).encode("utf-8").startswith(b"\xef\xbb\xbf")


# Texts made of what matters here: separators, quotes, blanks, line ends and the signs that begin a formula.
RISKY = st.text(alphabet="=+-@＝;,\t\r\n \"'a催\u200b", max_size=8)


@given(st.lists(RISKY | st.text(max_size=30), min_size=2, max_size=2), st.sampled_from([",", ";", "\t"]))
def test_no_cell_begins_a_formula_whatever_the_reader_takes_for_a_separator(cells, separator):
    written = "".join(csv_lines(["a", "b"], [dict(zip("ab", cells, strict=True))])).removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
        for cell in row:
            assert not re.match(r"[\s\"“”\u200b\ufeff]*[=+\-@＝＋－＠]", cell), (cells, row)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_a_cell_read_back_is_what_was_written_but_for_the_apostrophe(text):
    written = "".join(csv_lines(["a"], [{"a": text}])).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(written, newline="")))[1][0].replace("'", "") == text.replace("'", "")
