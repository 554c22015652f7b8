"""Any string is read: no crash, no time that grows faster than the text, no offset outside of it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.lenders import load_registry
from domain.reading import Reader
from domain.readings import Reading
from tests.measuring import assert_grows_with_the_length_alone

READER = Reader(load_registry())
COMPLAINT = "我叫白志远，微众银行的催收打13800010002骂我，住绵阳市涪城区云杉路88号3栋902。"
READER.read(COMPLAINT, kind="complaint")  # what is loaded when first needed is loaded

BROKEN = {
    "empty": "",
    "one character": "催",
    "a lone surrogate": "催\ud800收\udfff",
    "NUL": "催\0收13800010002\0",
    "only emoji": "😀👨‍👩‍👧🏳️‍🌈1️⃣" * 50,
    "right to left": "\u202e催收\u202c 13800010002 \u2067עברית\u2069 العربية ٠١٢٣",
    "GB 18030 read as Latin-1": COMPLAINT.encode("gb18030").decode("latin-1"),
    "UTF-8 read as Latin-1": COMPLAINT.encode().decode("latin-1"),
    "UTF-8 read as GBK": COMPLAINT.encode().decode("gbk", "replace"),
    "markup": f"<p onclick='x'>{COMPLAINT}</p><script>alert(1)</script><!-- &amp;nbsp; -->",
    "lines of every kind": f"{COMPLAINT}\r\n{COMPLAINT}\r{COMPLAINT}\u2028{COMPLAINT}\x85\x0b\x0c",
    "accents upon accents": "催" + "\u0301" * 5_000 + "收",
    "invisible letters": "\u200b\u200c\u200d\ufeff".join(COMPLAINT),
}
# Each piece, many times over, is what some pattern could try again at every place.
BOMBS = (
    "1", "1 ", "12 ", "1234 ", "1-", "一", "一 ", "a", "a ", "a.", "a@", "@", ".", "A", "A ", "Aa ", "John ",
    "x", "*", " ", "\n", "\u200b", "(", "((", "“", "”", "？", "?a)", "(ā)", "用戶(hù)", "?qǐng)", "，",
    "。", "、", "·", "-", "<a>", "&amp;", "某", "王", "王伟", "市", "市区县镇", "路", "中山路", "1号", "1单元",
    "成都市", "我在", "有限公司", "叫", "姓名:", "微信", "qq", "加", "京a", "http://", "www.", "合同",
    "account ", "催收", "打电话", "还钱", "马上", "微众", "微 众", "😀", "e\u0301", "㈱", "Works At ", "\0",
    "上门", "、张伟", "、1栋", "住1号",
)  # fmt: skip


def check(text: str, reading: Reading) -> None:
    """Hold every offset against the text that it points into."""
    public, last = reading.public_text, 0
    for mask in reading.masks:
        assert last <= mask.original_start < mask.original_end <= len(text)
        assert 0 <= mask.start < mask.end <= len(public)
        last = mask.original_end
    for find in [*reading.lenders, *reading.tactics]:
        assert 0 <= find.start < find.end <= len(public)
        assert 0 <= find.original_start <= find.original_end <= len(text)
    for gap in reading.gaps:
        assert public[gap.position] == "□"
    public.encode("utf-8")


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_broken_texts_are_read_with_offsets_that_hold(text: str):
    for kind in ("complaint", "article"):
        check(text, READER.read(text, kind=kind))


@given(st.text(alphabet=st.characters()))
@settings(deadline=None)
def test_any_text_is_read_with_offsets_that_hold(text: str):
    check(text, READER.read(text, kind="complaint"))
    whole = f"{text}{COMPLAINT}{text}"
    check(whole, READER.read(whole, kind="complaint"))


@given(st.lists(st.sampled_from(BOMBS), max_size=60).map("".join))
@settings(deadline=None)
def test_pieces_of_every_pattern_in_any_order_are_read(text: str):
    check(text, READER.read(text, kind="complaint"))


BEGINNINGS = ("家住春风小区", "住在中山路", "在绵阳市涪城区", "我叫王伟，电话", "我在春风小学", "My name is John ")
GOING_ON = ("1栋", "1单元", "附1号", "五组", "路", "、张伟", "和", "8", "·伟", "Smith ")


@pytest.mark.parametrize("piece", GOING_ON)
def test_what_goes_on_and_on_behind_a_beginning_is_read(piece: str):
    for beginning in BEGINNINGS:
        text = beginning + piece * 2_000
        check(text, READER.read(text, kind="complaint"))


def test_what_is_private_is_found_beside_what_is_broken():
    for name in ("NUL", "right to left", "markup", "lines of every kind", "invisible letters"):
        assert "phone" in {mask.type for mask in READER.read(BROKEN[name], kind="complaint").masks}, name


@pytest.mark.slow
@pytest.mark.parametrize("piece", BOMBS)
def test_four_times_the_text_takes_some_four_times_as_long(piece: str):
    assert_grows_with_the_length_alone(lambda text: READER.read(text, kind="complaint"), piece, 8_000, 32_000)


@pytest.mark.slow
def test_a_megabyte_in_one_line_is_read():
    text = (COMPLAINT.replace("。", "，") * 20_000)[:1_000_000]
    reading = READER.read(text, kind="complaint")
    check(text, reading)
    assert "13800010002" not in reading.public_text


def test_a_reading_can_be_written_as_json():
    for text in BROKEN.values():
        json.dumps(READER.read(text, kind="complaint").public_text).encode("utf-8")
