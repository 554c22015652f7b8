"""Copies of articles: the first published of a text stands for all, exact copies and spun ones are folded into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select, union_all
from sqlalchemy.orm import Session

from domain.fingerprints.article_prints import (
    ARTICLE_KEYS,
    ArticlePrint,
    are_copies,
    article_keys,
    tell_of_other_numbers,
)
from domain.models import Article, ArticleKey
from domain.store import outbox
from domain.store.database import now
from domain.store.gathering import hidden
from domain.store.gathering.hidden import text_before_masks
from domain.store.plain_inserts import PlainWriter

# 顶一下 under two threads is no copy: two people wrote it.
SHORTEST_COPIED_POST = 60
# Of the firsts that share a key with a text, so many that share the most are compared with it.
COMPARED = 12
# A key that more firsts than this have is one of a template and says no more.
LONGEST_LIST = 200
NO_KEY = -1
# What was taken down stays down wherever it is told again: its copies are folded into it, before any other.
FIRSTS = ("indexed", "taken_down")
# The prints of short texts are kept for the next of the same template: a text of 1,000 characters takes 100 kB.
LONGEST_KEPT_TEXT, PRINTS_KEPT = 1000, 128
# Of many more of them the numbers, which most texts of one template differ in: with its text 3 kB each.
NUMBERS_KEPT = 2048

# Made once: to put them together takes longer than to answer them.
_KEY_NAMES = [f"key_{number}" for number in range(ARTICLE_KEYS)]
_EXACT = (
    select(Article.pk)
    .where(
        Article.content_hash == bindparam("content_hash"),
        or_(*(Article.status == status for status in FIRSTS)),
        Article.pk != bindparam("own"),
    )
    .order_by(Article.status.desc(), Article.pk)
    .limit(1)
)


def _alike() -> Select[Any]:
    """One search of bounded length for each key: the same work among millions of articles as among few."""
    searches = []
    for name in _KEY_NAMES:
        one = select(ArticleKey.article_pk).where(ArticleKey.key == bindparam(name)).limit(LONGEST_LIST)
        searches.append(select(one.subquery().c.article_pk))
    found = union_all(*searches).subquery()
    ranked = select(found.c.article_pk).where(found.c.article_pk != bindparam("own")).group_by(found.c.article_pk)
    return ranked.order_by(func.count().desc(), found.c.article_pk).limit(COMPARED)


_ALIKE = _alike()
_PLACES = [f"pk_{number}" for number in range(COMPARED)]
# Of one that moderators masked the text before the masks is asked for by itself: few are.
_TEXTS = select(Article.pk, Article.public_text, Article.before_masks.is_not(None)).where(
    Article.pk.in_([bindparam(name) for name in _PLACES]), or_(*(Article.status == status for status in FIRSTS))
)
NOT_STORED = 0


@dataclass(frozen=True)
class First:
    """The article that another one is a copy of, and how: `exact` or `near`."""

    article: Article
    how: str


@dataclass(frozen=True)
class Told:
    """A text as its copies are found: `pk` is the number of its article, NOT_STORED for a new one."""

    pk: int
    content_hash: str
    print: ArticlePrint
    keys: Sequence[int]


def told(pk: int, content_hash: str, text: str) -> Told:
    """Return a text, without the masks that moderators put on it, as its copies are found."""
    own = print_of(text)
    _numbers_of(text)  # are at hand when another text is compared with this one
    return Told(pk, content_hash, own, list(dict.fromkeys(article_keys(own))))


def print_of(text: str) -> ArticlePrint:
    """Return the fingerprint of a text; those of short ones are at hand for a while."""
    return _print_at_hand(text) if len(text) <= LONGEST_KEPT_TEXT else ArticlePrint(text)


_print_at_hand = lru_cache(maxsize=PRINTS_KEPT)(ArticlePrint)


def _numbers_of(text: str) -> frozenset[str]:
    return _numbers_at_hand(text) if len(text) <= LONGEST_KEPT_TEXT else print_of(text).numbers


@lru_cache(maxsize=NUMBERS_KEPT)
def _numbers_at_hand(text: str) -> frozenset[str]:
    return print_of(text).numbers


def is_too_short(form: str, text: str) -> bool:
    """Whether a text may stand twice without being told again."""
    return form == "post" and len(text) < SHORTEST_COPIED_POST


def has_its_keys(session: Session, article: Article) -> bool:
    """Whether copies of a first are found by the keys of today; an earlier program may have stored others."""
    text = text_before_masks(article)
    wanted = [] if is_too_short(article.form, text) else told(article.pk, article.content_hash, text).keys
    return set(session.scalars(select(ArticleKey.key).where(ArticleKey.article_pk == article.pk))) == set(wanted)


def tells_its_first_again(article: Article) -> bool:
    """Whether a near copy is still found to be one."""
    texts = [text_before_masks(one) for one in (article, article.duplicate_of) if one is not None]
    return are_copies(*map(print_of, texts))


def find_first(session: Session, text: Told) -> First | None:
    """Return the article whose text this one tells again, public or taken down; None for a text of its own.

    What the session holds must be in the tables: see Session.flush.
    """
    found = PlainWriter.within(session.connection()).ask(_EXACT, {"content_hash": text.content_hash, "own": text.pk})
    pk, how = (found[0][0], "exact") if found else (_near(session, text), "near")
    return First(session.get_one(Article, pk), how) if pk is not None else None


def has_first(session: Session, text: Told) -> bool:
    """Tell whether there is one, and no more."""
    found = PlainWriter.within(session.connection()).ask(_EXACT, {"content_hash": text.content_hash, "own": text.pk})
    return bool(found) or _near(session, text) is not None


def fold(session: Session, article: Article, first: First | None) -> None:
    """Make an article a copy of `first`, or a first itself; the earlier published of two becomes the first.

    What moderators masked in one of them is masked in all.

    `article` is in the session and has its new text, days and status.
    """
    if first is not None and _is_earlier(article, first.article):
        article.duplicate_of, article.duplicate_how, article.status = None, None, "indexed"
        _become_copy(session, first.article, article, first.how)
        _touch(session, first.article)
    elif first is not None:
        _become_copy(session, article, first.article, first.how)
    else:
        article.duplicate_of = article.duplicate_how = None
    session.flush()
    _keep_keys(session, article)
    if first is not None:
        _keep_keys(session, first.article)
        for other in hidden.share(article):
            if other is not article:
                _touch(session, other)


def release(session: Session, article: Article) -> Article | None:
    """Let the earliest copy of an article that is gone or taken down stand in its place; return it, if there is one."""
    copies = sorted(article.copies, key=_age)
    session.execute(delete(ArticleKey).where(ArticleKey.article_pk == article.pk))
    if not copies:
        return None
    heir, others = copies[0], copies[1:]
    heir.duplicate_of, heir.duplicate_how, heir.status = None, None, "indexed"
    for copy in others:
        copy.duplicate_of = heir
    _touch(session, heir)
    session.flush()
    _keep_keys(session, heir)
    return heir


def _near(session: Session, text: Told) -> int | None:
    """Return the first of those that share the most keys which is told again here."""
    if not text.keys:
        return None
    keys = [*text.keys, *[NO_KEY] * (len(_KEY_NAMES) - len(text.keys))]
    values = dict(zip(_KEY_NAMES, keys, strict=True)) | {"own": text.pk}
    writer = PlainWriter.within(session.connection())
    pks = [pk for (pk,) in writer.ask(_ALIKE, values)]
    if not pks:
        return None
    places = dict(zip(_PLACES, [*pks, *[pks[0]] * (COMPARED - len(pks))], strict=True))
    found = {pk: _text_of(session, pk, shown, is_masked) for pk, shown, is_masked in writer.ask(_TEXTS, places)}
    return next((pk for pk in pks if pk in found and _is_told_again(text.print, found[pk])), None)


def _is_told_again(own: ArticlePrint, text: str) -> bool:
    """Whether a text is that of the print told again; most differ in their numbers, and no print of them is made."""
    if len(text) <= LONGEST_KEPT_TEXT and tell_of_other_numbers(own.numbers, _numbers_of(text)):
        return False
    return are_copies(own, print_of(text))


def _text_of(session: Session, pk: int, text: str, is_masked: bool) -> str:
    """Return a first's text without the masks that moderators put on it."""
    if not is_masked:
        return text
    before = session.scalar(select(Article.before_masks).where(Article.pk == pk))
    return str(before["text"]) if before else text


def _become_copy(session: Session, article: Article, first: Article, how: str) -> None:
    """Fold an article into another one, and what was folded into it with it."""
    for copy in list(article.copies) if article.pk is not None else []:
        if copy is not first:
            copy.duplicate_of = first
    article.duplicate_of, article.duplicate_how, article.status = first, how, "duplicate_of"


def _keep_keys(session: Session, article: Article) -> None:
    """Store the keys of a first, and none of anything else."""
    session.execute(delete(ArticleKey).where(ArticleKey.article_pk == article.pk))
    if article.status in FIRSTS:
        keys = told(article.pk, article.content_hash, text_before_masks(article)).keys
        session.add_all([ArticleKey(key=key, article_pk=article.pk) for key in keys])


def _is_earlier(article: Article, other: Article) -> bool:
    """Whether an article names an earlier day; one that names none is later than one that does.

    Before one that was taken down nothing comes, or it would be public again by another door.
    """
    if other.status == "taken_down" or article.status != "indexed" or article.published_on is None:
        return False
    return other.published_on is None or article.published_on < other.published_on


def _age(article: Article) -> tuple[bool, str, int]:
    return article.published_on is None, str(article.published_on or ""), article.pk


def _touch(session: Session, article: Article) -> None:
    article.version += 1
    article.updated_at = now()
    outbox.announce(session, article.id)
