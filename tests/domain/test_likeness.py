"""Filings that say nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.likeness import ALIKE, likeness, sketch

STORY = (
    "三月六日开始，催收每天打我二十多个电话，挂了又打，上班时手机一直响。我说下个月发工资就还，他们不听，"
    "第二天把短信发给了我的房东和两个同学，说我是老赖。我要求他们不要再联系别人，他们说没有义务答应我。"
)
ANOTHER = (
    "我在七月一日已经还清账单，七月九日还有人打电话催同一笔钱，说系统没有更新，让我先再还一次。我把还款记录发过去，"
    "对方说看不懂，又换了一个人打来，还是同样的话。我现在不知道该找谁，客服也一直占线。"
)


def test_the_same_story_with_some_words_changed_is_alike():
    changed = STORY.replace("二十多个", "三十几个").replace("房东", "邻居").replace("三月六日", "四月二日")
    assert likeness(sketch(STORY), sketch(changed)) > 0.5
    assert likeness(sketch(STORY), sketch(changed)) >= ALIKE > likeness(sketch(STORY), sketch(ANOTHER))


def test_traditional_script_and_other_punctuation_make_no_difference():
    assert sketch("每天打我二十多个电话，从不说名字。") == sketch("每天打我 二十多個電話！從不說名字")


def test_two_stories_are_not_alike_though_both_are_of_collectors():
    assert likeness(sketch(STORY), sketch(ANOTHER)) < 0.2


@pytest.mark.parametrize("text", ["", "催收很凶。", "……！！！" * 50])
def test_what_is_too_short_to_tell_stands_alone(text):
    assert sketch(text) == ""
    assert likeness(sketch(text), sketch(text)) == 0.0


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    assert 0.0 <= likeness(sketch(one), sketch(other)) <= 1.0
    assert likeness(sketch(one), sketch(one)) == (1.0 if sketch(one) else 0.0)
