"""What gathered articles are about: collection, or something that only uses its words."""

import pytest

from domain.tactic_finder import read_tactics
from domain.text import fold


@pytest.mark.parametrize(
    "text",
    [
        "专业团队，征信修复，停息挂账，不成功不收费！加微信咨询，催收再也不敢打给你！前二十名免服务费。",
        "逾期上岸就找我们，代理协商，包停催收，成功后付费，名额有限，速加微信。",
    ],
)
def test_an_advert_that_promises_an_end_of_collection_is_no_article_on_it(text: str) -> None:
    assert not read_tactics(fold(text), "article").relevant


@pytest.mark.parametrize(
    "text",
    [
        "云岭银行公告，终止与两家外部催收机构的合作，原因是未按要求报备外呼号码、录音缺失。",
        "本报陆续收到读者来信，反映晨星消费金融的催收电话过于频繁，最多的一天接到四十余通来电。",
        "Debt collectors may not threaten arrest, and they may not pretend to be law enforcement.",
    ],
)
def test_news_and_rules_on_collection_are_about_it(text: str) -> None:
    assert read_tactics(fold(text), "article").relevant


def test_one_sentence_on_collectors_in_a_long_letter_about_everything_is_read() -> None:
    everyday = "今天天气很好，我和朋友去公园散步，看到很多花开了。" * 60
    reading = read_tactics(fold(f"{everyday}催收打电话给我妈，说要上门找我。{everyday}"), "complaint")
    assert reading.relevant
    assert {tactic.code for tactic in reading.tactics} == {"social_circle_contact", "visit_threatened"}


def test_a_long_letter_about_everything_tells_no_tactic() -> None:
    reading = read_tactics(fold("外婆上门来看我，一天给我打三个电话，还给我妈也打了。" * 60), "complaint")
    assert not reading.relevant


def test_what_is_written_where_people_tell_of_collection_needs_no_word_for_it() -> None:
    text = fold("骂我没教养。")
    assert not read_tactics(text, "complaint").tactics
    told = read_tactics(text, "complaint", on_collection=True)
    assert {tactic.code for tactic in told.tactics} == {"insult_abuse"}


@pytest.mark.parametrize(
    "text", ["我妈每天给我打电话催我结婚。", "快递打电话说已经到楼下了。", "老师打电话来说孩子发烧了。"]
)
def test_everyday_calls_tell_no_tactic_even_there(text: str) -> None:
    assert not read_tactics(fold(text), "complaint", on_collection=True).tactics
