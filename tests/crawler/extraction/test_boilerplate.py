"""Lines of the site and lines of the article."""

import pytest

from crawler.extraction.boilerplate import is_boilerplate, without_boilerplate

FURNITURE = [
    "内容侵权、删帖举报联系方式:00000000000 nobody@mail.example",
    "內(nèi)容侵權(quán)、刪帖舉報(bào)聯(lián)系方式:00000000000",
    "如有侵权，请联系我们删除",
    "本站文章来自网络，侵权请告知站长删除，邮箱nobody@mail.example",
    "违法和不良信息举报电话：400-000-0000 举报邮箱：nobody@news.example",
    "首页>>信用卡逾期>>正文",
    "首頁(yè)>>信用卡逾期>>正文",
    "当前位置：首页 > 网贷 > 催收",
    "2024-11-08 13:57:47 浏览 作者:某某某",
    "2026年11月5日 08:00　来源：某报　某某",
    "发布时间：2026-11-05 08:00",
    "来源：某报",
    "责任编辑：某某",
    "相關閱讀", "延伸阅读主编精选推荐", "最新文章", "随机看看", "热门推荐", "猜你喜欢", "投诉",
    "分享到：微信 微博 QQ空间",
    "上一篇：信用卡逾期怎么办", "下一页", "第2页", "测ICP备2026000号-1",
    "Copyright © 2026 某某网 版权所有", "未经授权禁止转载",
    "声明:该作品系作者结合自身经历和学识及互联网相关知识整合,如若内容错误请通过联系删除",
    "免责声明：本文仅代表作者观点，不代表本站立场",
    "扫码关注某报", "网友评论（12）", "———", "Related posts", "2 responses", "Advertisement",
]  # fmt: skip
ARTICLE = [
    "借款人可以向银保监会投诉，电话12378。",
    "借款人认为名誉权被侵权的，可联系律师起诉。",
    "催收人员让我扫码加他的微信，说不加就上门。",
    "该公司取得小额贷款业务许可证，经营范围不含催收。",
    "记者：您第一次接到电话是什么时候？",
    "投诉处理",
    "一、上门催收",
    "小编导语",
    "2024年11月8日，他第一次接到催收电话。",
    "微信里的催收消息一天有三十条。",
    "The collector called 30 times a day.",
    "Copyright law does not apply to a debt.",
    "法院认为，平台发布的联系方式侵犯了他的隐私。",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_the_site_is_dropped(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", ARTICLE)
def test_a_line_of_the_article_is_kept(line: str) -> None:
    assert not is_boilerplate(line)


def test_a_caption_given_twice_is_kept_once_and_a_paragraph_as_often_as_the_page_has_it() -> None:
    caption, paragraph = "云岭银行的一家网点（资料图）", "她每天接到四十多个电话，对方说已经到了小区门口。" * 3
    assert without_boilerplate([caption, caption, paragraph, paragraph]) == [caption, paragraph, paragraph]


def test_the_title_is_not_repeated_nor_the_caption_cut_from_it() -> None:
    title = "云岭银行催收怎么应对有效"
    text = ["一、概述", "云岭银行的催收有三种方式。", "其一是电话。", "其二是短信。", "其三是上门。", "二、应对"]
    assert without_boilerplate(["云岭银行催收", "雲嶺銀行催收怎么應對有效?", *text, title], title) == text
    assert without_boilerplate([*text, "云岭银行催收"], title) == [*text, "云岭银行催收"]


def test_nothing_follows_the_list_of_related_reading() -> None:
    lines = ["云岭银行的催收有三种方式，借款人都有记录，法院也有判例。", "相关阅读", "快圆钱包催收怎么办", "逾期三天"]
    assert without_boilerplate(lines) == lines[:1]


def test_a_heading_near_the_top_does_not_end_the_article() -> None:
    lines = ["短", "推荐阅读", "云岭银行的催收有三种方式，借款人都有记录，法院也有判例。"]
    assert without_boilerplate(lines) == ["短", lines[2]]


def test_a_line_is_kept_once_where_it_stands_twice_in_a_row() -> None:
    assert without_boilerplate(["电话催收。", "电话催收。", "上门催收。"]) == ["电话催收。", "上门催收。"]
