"""What posts are called that have no number in their forum, also when one before them is deleted."""

from crawler.spiders.post_names import ToldPost, likeness, names_of

PAGE, NEXT = "https://forum.example/t/5", "https://forum.example/t/5?page=2"
SAID = (
    "催收说已经到我家楼下，让我十分钟内转账，不然就上楼敲门。", "别怕，他们从来没有来过，先把通话录音存好。",
    "我去年也接到过一样的电话，说要找村委会。", "投诉以后第二天就不打了，大家可以试试。",
)  # fmt: skip


def told(*texts: str, numbered: bool = False) -> list[ToldPost]:
    return [
        ToldPost(f"floor_{at}" if numbered else "", f"2026.11.3.8.{SAID.index(text)}", text)
        for at, text in enumerate(texts, 1)
    ]


def test_a_post_without_a_number_keeps_its_name_when_one_before_it_is_deleted() -> None:
    before, after = names_of(PAGE, told(*SAID)), names_of(PAGE, told(*SAID[1:]))
    assert len(set(before)) == 4
    assert after == before[1:]


def test_a_number_that_only_counts_the_posts_of_the_page_is_none() -> None:
    before = names_of(PAGE, told(*SAID, numbered=True))
    assert names_of(PAGE, told(*SAID[2:], numbered=True)) == before[2:]


def test_a_post_that_moved_to_another_page_is_known_by_the_name_that_it_had() -> None:
    first, second = names_of(PAGE, told(*SAID[:2])), names_of(NEXT, told(*SAID[2:]))
    assert names_of(PAGE, told(SAID[0], SAID[2]), [*first, *second]) == [first[0], second[0]]


def test_a_number_is_kept_on_another_page_but_not_where_each_page_counts_anew() -> None:
    posts = [ToldPost("post_901", "", SAID[0])]
    assert names_of(NEXT, posts, [f"{PAGE}#post_901"]) == [f"{PAGE}#post_901"]
    assert names_of(NEXT, posts, [f"{PAGE}#post_901"], is_met=lambda address: True) == [f"{NEXT}#post_901"]


def test_a_changed_post_is_itself_by_its_minute_or_by_what_it_is_like() -> None:
    posts = told(*SAID)
    names = names_of(PAGE, posts)
    texts = dict(zip(names, SAID, strict=True))
    rewritten = [posts[0], ToldPost("", posts[1].moment, "更正：来过一次。"), *posts[2:]]
    assert names_of(PAGE, rewritten, names, texts) == names
    edited = [ToldPost("", "", text) for text in SAID]
    known = names_of(PAGE, edited)
    edited[2] = ToldPost("", "", "（编辑）我去年也接到过一样的电话，他们说要找村委会。")
    assert names_of(PAGE, edited, known, dict(zip(known, SAID, strict=True))) == known


def test_posts_that_say_the_same_are_told_apart_and_another_one_is_another() -> None:
    same = [ToldPost("", "", "顶"), ToldPost("", "", "顶"), ToldPost("", "", "顶一下")]
    names = names_of(PAGE, same)
    assert len(set(names)) == 3
    known = dict(zip(names, ("顶", "顶", "顶一下"), strict=True))
    [new] = names_of(PAGE, [ToldPost("", "", "昨天真的有人来敲门了，我没有开。")], names, known)
    assert new not in names


def test_of_an_api_the_same_number_is_the_same_entry_and_one_is_no_place() -> None:
    posts = [ToldPost("1", "", SAID[0]), ToldPost("2", "", SAID[1]), ToldPost("2", "", SAID[1])]
    assert names_of(PAGE, posts, are_ids=True) == [f"{PAGE}#1", f"{PAGE}#2", f"{PAGE}#2"]


def test_likeness_is_of_pairs_and_of_short_texts_none() -> None:
    assert likeness("催收员 打来电话", "催收员打来电话") == 1.0
    assert likeness("打来了", "打来") == 0.0
    assert likeness(SAID[0], SAID[1]) < 0.2
