"""Filings that say nearly the same."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fingerprints.likeness import ALIKE, likeness, sketch
from domain.store.intake.look_alikes import keys_of

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


def prattle(seed: int, length: int) -> str:
    """Characters without sense, others for each seed."""
    chance = random.Random(seed)  # noqa: S311 (not for a secret)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(length))


@pytest.mark.parametrize("length", [500, 2000, 2500, 15_000])
def test_a_story_is_known_again_behind_however_much_is_put_in_front(length):
    hidden = prattle(1, length) + 3 * STORY
    assert likeness(sketch(hidden), sketch(3 * STORY)) >= ALIKE
    assert likeness(sketch(hidden), sketch(prattle(2, length) + ANOTHER)) < 0.2


def test_two_copies_of_a_long_story_behind_other_words_are_alike_and_share_a_key():
    story = "".join(prattle(100 + at, 60) + STORY[at : at + 40] for at in range(0, 160, 10))
    one, other = sketch(prattle(4, 2400) + story), sketch(prattle(5, 3100) + story + prattle(6, 900))
    assert likeness(one, other) >= ALIKE
    assert set(keys_of(one)) & set(keys_of(other))


def test_a_sketch_of_an_earlier_program_is_compared_still():
    smallest = " ".join(sorted(sketch(STORY).split())[:24])
    assert likeness(smallest, sketch(STORY)) == 1.0
    assert likeness(smallest, sketch(ANOTHER)) < 0.2


@pytest.mark.parametrize("text", ["", "催收很凶。", "……！！！" * 50])
def test_what_is_too_short_to_tell_stands_alone(text):
    assert sketch(text) == ""
    assert likeness(sketch(text), sketch(text)) == 0.0


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    assert 0.0 <= likeness(sketch(one), sketch(other)) <= 1.0
    assert likeness(sketch(one), sketch(one)) == (1.0 if sketch(one) else 0.0)
