"""Articles are read again from their stored text; what turns out off the subject leaves, and may come back."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, update

from domain.models import Article, ArticleKey
from domain.reading import Reader
from domain.readings import Mask, Reading
from domain.retagging import retag
from domain.store import Database, records
from domain.store.registries import registry
from tests.domain.retagging.steps import NEWS, announced, article, gather, reader, settle


class MasksMore(Reader):
    """A reader that has learnt to mask 名单."""

    def read(self, text: str, **how) -> Reading:
        read = super().read(text, **how)
        start = text.find("名单")
        if start < 0:
            return read
        mask = Mask("workplace", start, start + 4, start, start + 2, "a test")
        return replace(read, public_text=text.replace("名单", "［单位］"), masks=[*read.masks, mask])


def test_an_article_is_read_from_its_stored_text_and_its_gaps_move(every_database: Database, progress: Path) -> None:
    news = gather(every_database)
    with every_database.writing() as session:
        place = NEWS.index("催收人员")
        gaps = [{"position": place, "guess": "电话", "confidence": 0.9}, {"position": 0, "guess": "", "confidence": 0}]
        session.execute(update(Article).where(Article.id == news).values(gaps=gaps))
    retag(every_database, MasksMore(registry.lender_entries(every_database)), progress)
    found = article(every_database, news)
    assert "［单位］" in found.public_text
    assert found.public_text[found.gaps[0]["position"] :].startswith("催收人员")
    assert found.gaps[1]["position"] == 0


def test_an_article_off_the_subject_leaves_and_comes_back(every_database: Database, progress: Path) -> None:
    news = gather(every_database)
    settle(every_database)

    class FindsNothing(Reader):
        def read(self, text: str, **how) -> Reading:
            return replace(super().read(text, **how), relevant=False)

    entries = registry.lender_entries(every_database)
    assert retag(every_database, FindsNothing(entries), progress)["articles"].turned_irrelevant == 1
    assert article(every_database, news).status == "irrelevant"
    assert announced(every_database) == [news]
    assert retag(every_database, Reader(entries), progress)["articles"].turned_relevant == 1
    assert records.is_public(article(every_database, news))


def test_keys_of_an_earlier_program_are_made_anew(every_database: Database, progress: Path) -> None:
    news = gather(every_database)
    with every_database.writing() as session:
        wanted = set(session.scalars(select(ArticleKey.key)))
        session.execute(update(ArticleKey).values(key=ArticleKey.key + 1))
        session.execute(update(Article).values(as_read=None))
    retag(every_database, reader(every_database), progress)
    with every_database.reading() as session:
        assert set(session.scalars(select(ArticleKey.key))) == wanted
    assert article(every_database, news).status == "indexed"


def test_what_was_folded_and_is_no_copy_stands_for_itself_again(every_database: Database, progress: Path) -> None:
    first, other = gather(every_database), gather(every_database, "天气晴朗。" + NEWS[::-1], "other")
    with every_database.writing() as session:
        pk = session.scalar(select(Article.pk).where(Article.id == first))
        folded = {"status": "duplicate_of", "duplicate_of_pk": pk, "duplicate_how": "near", "as_read": None}
        session.execute(update(Article).where(Article.id == other).values(folded))
    assert retag(every_database, reader(every_database), progress)["articles"].parted == 1
    assert article(every_database, other).status in ("indexed", "irrelevant")
    assert article(every_database, other).duplicate_of is None


def test_two_posts_of_a_few_words_are_no_copies_when_read_again(every_database: Database, progress: Path) -> None:
    one, other = gather(every_database), gather(every_database, NEWS + "又及。", "other")
    with every_database.writing() as session:
        posts = {"form": "post", "status": "indexed", "duplicate_of_pk": None, "public_text": NEWS, "as_read": None}
        session.execute(update(Article).values(posts | {"content_hash": "same"}))
        session.execute(ArticleKey.__table__.delete())
    retag(every_database, reader(every_database), progress)
    assert [article(every_database, post).duplicate_of for post in (one, other)] == [None, None]


def test_articles_of_before_get_keys_and_copies_are_folded(every_database: Database, progress: Path) -> None:
    text = NEWS * 2 + "名单每半年更新一次。监管部门没有回应记者的提问。"
    first, copy = gather(every_database, text, "first"), gather(every_database, "天气晴朗。" + NEWS, "copy")
    with every_database.writing() as session:
        session.execute(ArticleKey.__table__.delete())
        session.execute(
            update(Article).where(Article.id == copy).values(public_text=text + "来源：别处", status="indexed")
        )
        session.execute(update(Article).values(as_read=None))
    retag(every_database, reader(every_database), progress)
    assert article(every_database, copy).duplicate_of.id == first
    assert article(every_database, copy).duplicate_how == "near"
