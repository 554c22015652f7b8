"""Two readings of a page, and which of them, or which lines, are the article."""

from crawler.extraction.choosing import PageText, choose

PARAGRAPHS = [
    "借款人林女士告诉记者，她在晨星消费金融借款两万元，逾期三天后每天接到四十多个电话，对方说已经到了她家小区门口。",
    "她保存了通话录音，随后向监管部门投诉，客服回应称会在十五个工作日内答复，并已经要求合作机构停止上门。",
    "律师提醒，催收人员无权自行上门扣押财物，遇到威胁时应当报警，并保留录音、短信和通话记录等证据。",
]
ENGLISH = [
    f"The borrower kept number {number} of the letters that the collector had sent to her office."
    for number in range(9)
]
LONG_PAGE = 10_000


def chosen(first: list[str], second: list[str], page_length: int = 400, links: tuple[str, ...] = ()) -> list[str]:
    return choose(first, PageText(page_length, page_length, links), lambda: second, lambda: second)


def test_menus_bylines_and_notices_around_a_chinese_article_go() -> None:
    around = ["| 首页 | 财经 | 房产 |", "正文", *PARAGRAPHS, "责任编辑：某某", "我来说两句", "| 关于我们 | 联系方式 |"]
    assert chosen(around, PARAGRAPHS, links=("首页", "财经", "房产", "关于我们")) == PARAGRAPHS


def test_a_last_paragraph_and_a_table_of_figures_stay_though_the_other_has_them_not() -> None:
    whole = [*PARAGRAPHS, "| 月份 | 投诉量 |", "| 八月 | 一百二十件 |"]
    assert chosen(whole, PARAGRAPHS) == whole
    assert chosen(PARAGRAPHS, PARAGRAPHS[1:2]) == PARAGRAPHS


def test_a_reading_that_holds_all_of_the_other_and_more_is_the_whole_article() -> None:
    assert chosen(PARAGRAPHS[:2], PARAGRAPHS) == PARAGRAPHS
    assert chosen(ENGLISH[:3], ENGLISH, LONG_PAGE) == ENGLISH


def test_what_an_english_page_has_beside_its_article_is_left_out() -> None:
    assert (
        chosen(ENGLISH[:8], [*ENGLISH[:8], "Ten gardens that are worth a visit, and two that are none."]) == ENGLISH[:8]
    )
    others = [
        "Our cooks bake bread with walnuts, honey and rye flour this weekend.",
        "Ten gardens worth seeing",
        "Win!",
    ]
    assert chosen(ENGLISH[:3], [*ENGLISH[:3], *others * 4], 570) == ENGLISH[:3]
    captions = [line.removesuffix(".") for line in ENGLISH[3:]]
    assert chosen(ENGLISH[:3], [*ENGLISH[:3], *captions], 570) == ENGLISH[:3]


def test_where_a_page_has_no_more_text_to_speak_of_it_is_not_read_again() -> None:
    assert chosen(ENGLISH[:3], ENGLISH, 260) == ENGLISH[:3]


def test_what_is_repeated_on_purpose_is_text_though_one_reading_has_it_once() -> None:
    assert chosen(ENGLISH[:2], ENGLISH[:2] * 2, 380) == ENGLISH[:2] * 2


def test_one_line_is_taken_apart_only_by_a_reading_of_the_same_article() -> None:
    line, other = ["".join(PARAGRAPHS)], ["这里是博客的简介，与文章没有关系，只有博主的自述和订阅的说明。"] * 3
    assert chosen(line, PARAGRAPHS) == PARAGRAPHS
    assert chosen(line, other) == line


def test_a_reading_of_a_few_words_gives_way_to_any_other() -> None:
    assert chosen(["首页"], PARAGRAPHS) == PARAGRAPHS
    assert chosen(["首页"], []) == ["首页"]
