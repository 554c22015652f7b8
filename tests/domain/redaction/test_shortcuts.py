"""What is looked up, or looked for one by one, to save time gives what the long way gives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.redaction import finds
from domain.redaction.names.features import classes, inner_features, kind
from domain.redaction.names.finding import (
    ANNOUNCED,
    ANNOUNCED_BEGINS,
    GAP,
    GAPPED,
    MARKED,
    PEOPLES,
    PEOPLES_BEGIN,
)
from domain.redaction.names.model import (
    ALONE,
    LEAST_INNER_SCORE,
    _at_most,
    _inner_score,
    _possible,
    candidates,
    weights,
)
from domain.redaction.numbers.accounts import AT, AT_BEGINS, LABELLED_PLATE, OF_PARTS, PLATE, SPELLED_PLATE, WECHAT
from domain.redaction.numbers.digits import BEGINNING, RUN
from domain.redaction.phrases.sights import MOST_CODES, Characters, codes_of
from domain.redaction.places.doors import BY_LANDMARK, DOOR_NUMBER, DOOR_NUMBER_BEGINS, LANDMARK_BEGINS
from domain.redaction.spread import HINT, SPREAD
from domain.redaction.weights import read_weights
from domain.redaction.works.by_name import HOUSE, HOUSE_BEGINS

NAMES = "我叫白志远，欧阳小丽和李娜娜在云杉路，王五、诸葛明都知道，时光和向阳也是。"


def test_a_name_has_the_score_of_its_features() -> None:
    for _, surname, given_name in candidates(NAMES):
        told = sum(weights().get(feature, 0.0) for feature in inner_features(surname, given_name))
        assert _inner_score(surname, given_name) == pytest.approx(told)


@given(st.text("欧阳白王娜志远，a", max_size=12))
def test_what_may_be_a_name_is_told_alike_for_each_place_and_each_name(text: str) -> None:
    possible = {
        (start, surname, given_name)
        for start, surname, given_name in candidates(text)
        if _inner_score(surname, given_name) >= LEAST_INNER_SCORE - ALONE
    }
    found = {
        (start, surname, given_name)
        for start in range(len(text) - 1)
        for size in (2, 3, 4)
        if all("一" <= character <= "鿿" for character in text[start : start + size]) and start + size <= len(text)
        for _, surname, given_name in _possible(text[start : start + size])
    }
    assert possible == found


@given(
    st.sampled_from(sorted(classes()["surnames"])),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=2),
)
def test_no_name_scores_more_than_is_thought_possible(surname: str, given_name: str) -> None:
    assert _inner_score(surname, given_name) <= _at_most(surname, given_name)


def test_equal_weights_are_one_number(tmp_path: Path) -> None:
    (tmp_path / "weights.txt").write_text("# feature weight\nA一 0.60\nB 一 -1.5\nC 0.60\n", "utf-8")
    read = read_weights(tmp_path / "weights.txt")
    assert read == {"A一": 0.6, "B 一": -1.5, "C": 0.6}
    assert read["A一"] is read["C"]


@given(st.text("ab张", max_size=30), st.lists(st.text("ab张", min_size=1, max_size=4), min_size=1, max_size=6))
def test_words_stand_at_the_same_places_however_they_are_looked_for(text: str, words: list[str]) -> None:
    one_by_one = [*finds.places_of(text, words)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(finds, "LITTLE", 0)
        assert one_by_one == [*finds.places_of(text or "x", words)]


@given(st.text("1八两个 ,x-l后面是话", max_size=40))
def test_runs_of_digits_begin_where_their_pattern_can(text: str) -> None:
    runs = [match for match in RUN.finditer(text) if len(match[0]) > 1]
    assert all(BEGINNING.match(text, match.start()) for match in runs)


@pytest.mark.parametrize(
    "word", ["最后三位", "然后", "接下来", "嗯", "那个", "跟上", "空格", "横杠", "减号", "是", "的", "。", "_"]
)
def test_a_run_of_digits_goes_on_behind_each_word_that_may_stand_in_one(word: str) -> None:
    text = f"1{word}38000"
    assert BEGINNING.match(text)
    assert RUN.fullmatch(text)


@given(st.text("@(艾特)小老鼠圈a花 t#qq.com", max_size=30))
def test_an_at_sign_stands_where_it_can_begin(text: str) -> None:
    assert [match.span() for match in AT.finditer(text)] == [
        match.span() for match in finds.matches_from(AT_BEGINS, AT, text)
    ]


@given(st.text("小学校幼儿稚园托育老年公寓厂店卫生院大厦超市饭馆药房里高家商", max_size=30))
def test_a_house_is_told_where_the_word_for_its_kind_can_begin(text: str) -> None:
    assert all(HOUSE_BEGINS.match(text, match.start()) for match in HOUSE.finditer(text))


@given(st.text("".join(sorted(classes()["peoples"] | {"古丽", "古力", "大姨", "老师"})), max_size=30))
def test_a_name_of_another_people_is_told_where_its_parts_can_begin(text: str) -> None:
    firsts = {part[0] for part in classes()["peoples"]}
    seconds = {part[1] for part in classes()["peoples"]}
    told = [match for match in PEOPLES.finditer(text) if match[0][0] in firsts and match[0][1] in seconds]
    assert all(PEOPLES_BEGIN.match(text, match.start()) for match in told)


@given(st.text("王建国a ·.*_/|~-", max_size=20))
def test_no_name_has_marks_between_its_characters_in_a_text_without_such_a_gap(text: str) -> None:
    assert GAP.search(text) or not (GAPPED.search(text) or MARKED.search(text))


@given(st.text("我名字叫姓被申请人死者第三家属:是白远，", max_size=30))
def test_a_name_is_announced_where_its_announcement_can_begin(text: str) -> None:
    assert all(ANNOUNCED_BEGINS.match(text, match.start()) for match in ANNOUNCED.finditer(text))


@given(st.text("后面旁边那栋楼第一家巷子摊位门牌号:12-3", max_size=30))
def test_a_door_is_told_where_its_words_can_begin(text: str) -> None:
    assert all(LANDMARK_BEGINS.match(text, match.start()) for match in BY_LANDMARK.finditer(text))
    assert all(DOOR_NUMBER_BEGINS.match(text, match.start()) for match in DOOR_NUMBER.finditer(text))


@given(st.text("张三1 ·-*", max_size=20))
def test_nothing_is_spread_out_where_no_character_stands_between_two_marks(text: str) -> None:
    assert HINT.search(text) or not SPREAD.search(text)


@given(st.text("车牌号京微信加v我一五:·-123 8@_下划线", max_size=40).map(lambda text: text.replace("v", "")))
def test_what_holds_a_letter_is_in_no_text_without_one(text: str) -> None:
    assert not any(pattern.search(text) for pattern in (LABELLED_PLATE, OF_PARTS, PLATE, SPELLED_PLATE, WECHAT))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_the_network_is_told_every_character_by_itself_or_by_its_kind(text: str) -> None:
    known = '^0a_"(),.:*?白志远'
    told = ["*" if ord(character) >= MOST_CODES else kind(character) for character in text]
    rows = Characters(known).rows(codes_of(text)).tolist()
    assert rows == [known.index(row if row in known else "?") for row in told]
