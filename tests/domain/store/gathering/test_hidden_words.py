"""Words that a moderator masked in an article stand nowhere that readers look, and come back as they were."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.models import Article
from domain.publishing import published
from domain.publishing.hiding import tells
from domain.reading import Reader
from domain.readings import Gap, Reading
from domain.retagging import retag
from domain.store import Database, audit, outbox, records
from domain.store.gathering import article_history, articles, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry
from domain.store.moderating import article_masks, removals
from domain.store.moderating.editing import RefusedEdit
from domain.store.moderating.moderation import Changed
from domain.store.moderating.removals import Settlement, UnknownRecord
from tests.domain.store.gathering.shown import as_it_is, public

# What the program does not know for private: a nickname, a shop, a post.
NICK, SHOP = "胖头老三", "枣树下那家店"
WORDS = [NICK, SHOP]
TEXT = (
    f"晨星消费金融的催收员上周到{SHOP}找{NICK}，扬言明天带人上门，还打电话到他单位骂人。"
    "云岭银行去年公布了委外催收机构名单，共23家，其中7家受到过处罚，最高的一笔罚款为86万元。"
    "邻居说，一位在该行欠款41000元的借款人在9月里接到过112个电话，多数没有人说话。"
)
SPREAD = f"{TEXT}那几天饭馆没有开门，胖*头*老*三也不见了，棗樹下那家店的老板娘说他去了外地。"


@pytest.fixture
def store(every_database: Database) -> Database:
    sources.save_source(every_database, SourceEntry("paper", "纸上", "feed", "https://paper.invalid/rss"))
    return every_database


@pytest.fixture
def bring(store: Database, reader: Reader):
    """Saves a page as the crawler does; returns what became of it."""

    def do(text: str = TEXT, name: str = "first", day: int = 22, **changes) -> articles.Saved:
        address = f"https://{name}.invalid/{changes.pop('path', '')}"
        page = Page(
            "paper", address, address, f"{NICK}被催收", replace(reader.read(text, kind="article"), relevant=True),
            date(2026, 7, day), datetime(2026, 7, 23, tzinfo=UTC),
            details={"status": f"{NICK}待回复", "replies": [f"{SHOP}的事我们在核实"]},
        )  # fmt: skip
        return articles.save_article(store, replace(page, **changes))

    return do


def get(store: Database, article_id: str) -> Article:
    found = records.get(store, article_id)
    assert isinstance(found, Article)
    return found


def mask(store: Database, article_id: str, *words: str, reason: str = "private_data") -> list[str]:
    version = get(store, article_id).version
    return article_masks.hide_words(store, article_id, version, list(words or WORDS), reason, "staff:lin")


def lift(store: Database, reader: Reader, article_id: str, *words: str) -> None:
    version = get(store, article_id).version
    article_masks.show_words(store, reader.read, article_id, version, list(words or WORDS), "other", "staff:lin")


def tags(store: Database, article_id: str) -> set[str]:
    article = get(store, article_id)
    return {one.tactic_code for one in article.tactic_mentions} | {one.lender.slug for one in article.lender_mentions}


def spaced(word: str) -> str:
    """Return a word as the index holds it, character by character."""
    return " ".join(word)


def assert_hidden(store: Database) -> None:
    shown = public(store)
    assert [word for word in [*WORDS, *map(spaced, WORDS), "胖*头*老*三", "棗樹下那家店"] if word in shown] == []


def test_masked_words_are_nowhere_and_a_lift_brings_all_back(
    store: Database, reader: Reader, bring, tmp_path: Path
) -> None:
    article_id = bring(SPREAD).id
    retag(store, reader, tmp_path / "retag.json")
    before, shown_before = as_it_is(get(store, article_id)), public(store)
    assert NICK in shown_before
    assert spaced(SHOP) in shown_before
    assert mask(store, article_id) == []
    assert_hidden(store)
    article = get(store, article_id)
    assert "［隐去］" in article.title
    assert "去年公布了委外" in article.public_text
    assert {one.tactic_code for one in article.tactic_mentions} >= {"workplace_contact", "insult_abuse"}
    for tag in published.tags_of(article):
        assert tag.passage is not None
    lift(store, reader, article_id)
    assert as_it_is(get(store, article_id)) == before
    assert public(store) == shown_before


def test_what_a_mask_covers_is_tagged_again_when_it_is_lifted(store: Database, reader: Reader, bring) -> None:
    article_id, words = bring().id, ["打电话到他单位骂人", "晨星消费金融"]
    before = as_it_is(get(store, article_id))
    assert tags(store, article_id) >= {"insult_abuse", "workplace_contact", "chenxing_cf", "yunling_bank"}
    mask(store, article_id, *words)
    assert tags(store, article_id) & {"insult_abuse", "workplace_contact", "chenxing_cf", "yunling_bank"} == {
        "yunling_bank"
    }
    lift(store, reader, article_id, *words)
    assert as_it_is(get(store, article_id)) == before


def test_masks_stay_when_everything_is_read_again_and_that_changes_nothing(
    store: Database, reader: Reader, bring, tmp_path: Path
) -> None:
    article_id = bring().id
    mask(store, article_id)
    before, version = as_it_is(get(store, article_id)), get(store, article_id).version
    totals = retag(store, reader, tmp_path / "retag.json")
    assert totals["articles"].changed == 0
    assert (as_it_is(get(store, article_id)), get(store, article_id).version) == (before, version)


def test_what_is_found_private_later_is_masked_beside_what_a_moderator_masked(
    store: Database, reader: Reader, bring, tmp_path: Path
) -> None:
    # As a reader of before read it, that knew no telephone numbers.
    text = f"我的电话是13800138000。{TEXT}"
    found = Reading(text, "zh-Hans", gaps=[Gap(text.index("云岭"), "近来", 0.5)])
    article_id = bring(reading=found).id
    mask(store, article_id)
    assert "13800138000" in get(store, article_id).public_text
    retag(store, reader, tmp_path / "retag.json")
    assert_hidden(store)
    article = get(store, article_id)
    assert "我的电话是［电话］" in article.public_text
    assert article.public_text[article.gaps[0]["position"] :][:4] == "云岭银行"
    assert tags(store, article_id) >= {"insult_abuse", "yunling_bank"}
    lift(store, reader, article_id)
    shown = get(store, article_id).public_text
    assert NICK in shown
    assert "13800138000" not in shown
    assert retag(store, reader, tmp_path / "retag.json")["articles"].changed == 0


def test_what_the_crawler_brings_again_is_masked_and_so_is_what_it_brought_before(
    store: Database, reader: Reader, bring
) -> None:
    article_id = bring().id
    bring(TEXT + f"{NICK}昨天报了警。")
    mask(store, article_id)
    assert_hidden(store)
    assert bring(TEXT + f"{NICK}昨天报了警。").outcome == "unchanged"
    assert bring(TEXT + f"警方找{NICK}和{SHOP}的人谈了话。", title=f"{SHOP}出事了").outcome == "changed"
    assert_hidden(store)
    rows = article_history.versions_of(store, article_id)
    assert [bool(row.before_masks) for row in rows] == [True, True, True]
    lift(store, reader, article_id)
    texts = [row.public_text for row in article_history.versions_of(store, article_id)]
    assert [text and text.count(NICK) for text in texts] == [1, 2, None]
    assert get(store, article_id).title == f"{SHOP}出事了"


def test_copies_are_masked_too_whichever_comes_first_or_takes_the_place(store: Database, reader: Reader, bring) -> None:
    first, copy = bring(name="first"), bring(name="copy")
    assert copy.how == "exact"
    mask(store, first.id)
    late = bring(SPREAD.replace("邻居说，", "街坊说，"), name="late")
    early = bring(name="early", day=1)
    assert [late.outcome, early.outcome] == ["duplicate", "new"]
    assert records.count_public(store)["article"] == 1
    assert_hidden(store)
    for name in ("early", "first"):
        article_history.mark_gone(store, f"https://{name}.invalid/", "http_404")
        assert records.count_public(store)["article"] == 1
        assert_hidden(store)
    lift(store, reader, copy.id)
    assert NICK in get(store, copy.id).public_text


def test_a_page_that_repeats_a_masked_article_which_is_gone_is_masked(store: Database, bring) -> None:
    article_id = bring().id
    mask(store, article_id)
    article_history.mark_gone(store, "https://first.invalid/", "http_404")
    assert bring(name="elsewhere").outcome == "new"
    assert_hidden(store)


def test_posts_too_short_to_be_copies_are_masked_where_they_say_the_same(store: Database, bring) -> None:
    short = {"form": "post", "title": None, "details": {}}
    ids = [bring(f"催收去{SHOP}找{NICK}了", name=f"board{number}", **short).id for number in range(2)]
    mask(store, ids[0])
    assert bring(f"催收去{SHOP}找{NICK}了", name="board2", **short).outcome == "new"
    assert records.count_public(store)["article"] == 3
    assert_hidden(store)


def test_a_title_made_of_first_words_holds_no_half_of_what_is_masked(store: Database, bring) -> None:
    text = "催" * 36 + f"收的人找到了{NICK}，" + TEXT
    article_id = bring(text, title=None, details={}).id
    mask(store, article_id, f"收的人找到了{NICK}")
    assert "收的人" not in get(store, article_id).title
    assert "收的人" not in public(store)


def test_gaps_move_along_and_a_guess_tells_nothing(store: Database, reader: Reader, bring) -> None:
    found = reader.read(TEXT, kind="article")
    gaps = [Gap(0, NICK, 0.5), Gap(TEXT.index("云岭"), "近来", 0.5), Gap(TEXT.index("头老三"), "大", 0.5)]
    article_id = bring(reading=replace(found, gaps=gaps, relevant=True)).id
    mask(store, article_id)
    [gap] = get(store, article_id).gaps
    assert get(store, article_id).public_text[gap["position"] :].startswith("云岭银行")
    lift(store, reader, article_id)
    assert len(get(store, article_id).gaps) == 3


def test_an_address_that_tells_what_is_masked_is_not_shown(store: Database, bring) -> None:
    article_id = bring(path="%E8%83%96%E5%A4%B4%E8%80%81%E4%B8%89.html").id
    mask(store, article_id)
    assert published.source_address(get(store, article_id)) is None
    assert "%E8%83%96" not in public(store)
    assert tells("https://x.invalid/" + "%C5%D6%CD%B7%C0%CF%C8%FD", WORDS)


def test_the_second_moderator_is_told_and_so_is_one_whom_the_crawler_overtook(store: Database, bring) -> None:
    article_id = bring().id
    seen = get(store, article_id).version
    mask(store, article_id, NICK)
    with pytest.raises(Changed):
        article_masks.hide_words(store, article_id, seen, [SHOP], "private_data", "staff:gao")
    seen = get(store, article_id).version
    bring(TEXT + "又补了一句。")
    with pytest.raises(Changed):
        article_masks.hide_words(store, article_id, seen, [SHOP], "private_data", "staff:gao")
    assert get(store, article_id).hidden_words == [NICK]


@pytest.mark.parametrize(
    ("words", "reason", "code"),
    [([" "], "other", "nothing"), (["胖"], "other", "short"), (["没有的话"], "other", "not_found"),
     ([NICK], "whim", "reason"), ([f"{number:03}家" for number in range(201)], "other", "many")],
)  # fmt: skip
def test_what_can_not_be_masked_is_refused(store: Database, bring, words, reason, code) -> None:
    article_id = bring().id
    with pytest.raises(RefusedEdit) as refused:
        article_masks.hide_words(store, article_id, 1, words, reason, "staff:lin")
    assert refused.value.code == code
    with pytest.raises(UnknownRecord):
        article_masks.hide_words(store, "a000000000000", 1, [NICK], "other", "staff:lin")
    assert get(store, article_id).version == 1


def test_the_log_says_who_masked_and_lifted_and_never_what(store: Database, reader: Reader, bring) -> None:
    article_id = bring().id
    outbox.mark_done(store, [row.pk for row in outbox.waiting(store, 99)])
    assert mask(store, article_id, NICK, "没有的话") == ["没有的话"]
    assert [row.record_id for row in outbox.waiting(store, 99)] == [article_id]
    lift(store, reader, article_id, NICK)
    events = audit.events_of(store, article_id)[-2:]
    assert [(event.action, event.actor, event.details) for event in events] == [
        ("article.masked", "staff:lin", {"reason": "private_data", "masks": 1}),
        ("article.unmasked", "staff:lin", {"reason": "other", "masks": 1}),
    ]
    assert NICK not in str([event.details for event in events])


def test_what_is_masked_while_it_is_taken_down_is_masked_when_it_is_restored(store: Database, bring) -> None:
    article_id = bring().id
    removals.settle(store, article_id, Settlement("taken_down", "other", f"{NICK}要求撤下"), "staff:lin")
    mask(store, article_id)
    removals.settle(store, article_id, Settlement("restored", "other", "已遮盖"), "staff:lin")
    assert get(store, article_id).status == "indexed"
    assert_hidden(store)
    assert NICK not in "".join(line.note for line in removals.log(store, 9))
