"""Articles: stored once each, copies folded into the first, a changed page kept as a new version of its row."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.models import Article, ArticleKey, ArticleVersion, LenderMention, Source, TacticMention
from domain.readings import Reading
from domain.store import audit, outbox, records
from domain.store.database import Database, in_turn, now
from domain.store.gathering import copies, hidden
from domain.store.gathering.hidden import before_masks, lead_of, text_before_masks
from domain.store.plain_inserts import PlainWriter
from domain.store.retagging.as_read import as_read, lender_values, tactic_values
from domain.text import fold

ARTICLES = "articles"
# Asked for each page, so made once: to put a statement together takes longer than to answer it.
_HAS_ADDRESS = select(Article.pk).where(Article.canonical_url == bindparam("address"))
_SOURCE = select(Source.pk).where(Source.slug == bindparam("slug"))


@dataclass(frozen=True)
class Page:
    """An article or post as it was fetched and read. `published_on` is a day in China; `title` may be missing.

    `named_beside` are lenders (slug → reason) that are named not in the text but beside it: in the title, in the
    title of the thread, in a field of the source. `details` are what the source says beside the text, masked.
    """

    source: str
    url: str
    canonical_url: str
    title: str | None
    reading: Reading
    published_on: date | None
    fetched_at: datetime
    site_name: str = ""
    form: str = "article"
    author: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    named_beside: Mapping[str, str] = field(default_factory=dict)
    copies: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Saved:
    """What became of a page: `new`, `unchanged`, `changed`, `duplicate` (of `duplicate_of`) or `irrelevant`.

    `how` says of a copy whether it is an `exact` or a `near` one.
    """

    id: str
    outcome: str
    duplicate_of: str | None = None
    how: str | None = None


Archived = Callable[[], Sequence[Mapping[str, Any]]]
_Row = dict[str, Any]


def save_article(database: Database, page: Page, is_sample: bool = False) -> Saved:
    """Keep a page. The same address again changes nothing or makes a new version; a text told elsewhere is a copy."""
    return save_articles(database, [(page, lambda: page.copies)], is_sample)[0]


def save_articles(database: Database, pages: Sequence[tuple[Page, Archived]], is_sample: bool = False) -> list[Saved]:
    """Keep pages in one transaction, all of them or none, each as `save_article` does; return what became of each.

    Beside each page stands what puts it into the archive and says where: it is called only for what is new or changed.
    """
    with database.writing() as session:
        # Two crawlers with the same text at the same moment: the second has to see the first's.
        in_turn(session, ARTICLES)
        saved = []
        for page, archived in pages:
            saved.append(_save(session, page, archived, is_sample))
            # The next one may be about the same rows, and some were written past the session.
            session.flush()
            session.expire_all()
        return saved


def _save(session: Session, page: Page, archived: Archived, is_sample: bool) -> Saved:
    content_hash = content_hash_of(page.reading.public_text)
    known = _known(session, page.canonical_url)
    if known is not None and (_is_as(known, page, content_hash) or known.status == "taken_down"):
        return Saved(known.id, "unchanged", known.duplicate_of.id if known.duplicate_of else None)
    # What is archived must be on disk before a row says so.
    page = replace(page, copies=archived())
    words = hidden.joined([known.hidden_words if known else [], hidden.words_of_same_text(session, content_hash)])
    if known is None and not words and (saved := _save_first(session, page, content_hash, is_sample)):
        return saved
    article = known or _new_article(session, page, is_sample)
    if known is not None:
        _set_down(session, known)
    _fill(session, article, page, content_hash)
    session.flush()
    if words:
        hidden.put_on(article, words)
        session.flush()
    if not copies.is_too_short(page.form, page.reading.public_text):
        text = copies.told(article.pk, content_hash, page.reading.public_text)
        copies.fold(session, article, copies.find_first(session, text))
    if article.status == "irrelevant":
        copies.release(session, article)
    session.add(_version_of(article, page.copies))
    outbox.announce(session, article.id)
    outcome, first = _outcome(known, article), article.duplicate_of
    audit.note(session, "crawler", f"article.{outcome}", article.id, source=page.source)
    return Saved(article.id, outcome, first.id if first else None, article.duplicate_how)


def _known(session: Session, address: str) -> Article | None:
    """Return the article of an address, for this transaction alone; most pages of a crawl have none."""
    if not PlainWriter.within(session.connection()).ask(_HAS_ADDRESS, {"address": address}):
        return None
    return session.scalar(select(Article).where(Article.canonical_url == address).with_for_update())


def _is_as(known: Article, page: Page, content_hash: str) -> bool:
    before = before_masks(known)
    said = (known.content_hash, before["title"], before["details"])
    return said == (content_hash, _title(page), dict(page.details)) and known.status != "gone"


def _set_down(session: Session, article: Article) -> None:
    """Put the present text into the row of its version, before the next one takes its place."""
    query = select(ArticleVersion).where(ArticleVersion.article_pk == article.pk)
    row = session.scalars(query.order_by(ArticleVersion.version.desc()).limit(1)).first()
    if row is None:  # saved before versions were kept
        row = _version_of(article)
        session.add(row)
    row.public_text = article.public_text
    if row.before_masks:
        row.before_masks = row.before_masks | {"text": text_before_masks(article)}


def _version_of(article: Article, archived: Sequence[Mapping[str, Any]] = ()) -> ArticleVersion:
    before = article.before_masks
    return ArticleVersion(
        article_pk=article.pk, version=article.version, fetched_at=article.fetched_at, title=article.title,
        content_hash=article.content_hash, details=article.details, copies=[dict(copy) for copy in archived],
        before_masks={"title": before["title"], "details": before["details"], "text": None} if before else None,
    )  # fmt: skip


def content_hash_of(public_text: str) -> str:
    """Return the hash by which exact copies are found: of the folded text, without the title (copies retitle)."""
    return hashlib.sha256(fold("".join(public_text.split())).encode("utf-8", "surrogatepass")).hexdigest()


def _title(page: Page) -> str:
    if page.title:
        return page.title[:500]
    return lead_of(page.reading.public_text)


def _new_article(session: Session, page: Page, is_sample: bool) -> Article:
    article = Article(**_row_of_new(session, page, is_sample), version=0, status="fetched")
    session.add(article)
    return article


def _row_of_new(session: Session, page: Page, is_sample: bool) -> dict[str, Any]:
    found = PlainWriter.within(session.connection()).ask(_SOURCE, {"slug": page.source})
    if not found:
        raise ValueError(f"no source {page.source}")
    return {
        "id": records.new_id(records.ARTICLE_PREFIX), "source_pk": found[0][0], "canonical_url": page.canonical_url,
        "is_sample": is_sample,
    }  # fmt: skip


def _save_first(session: Session, page: Page, content_hash: str, is_sample: bool) -> Saved | None:
    """Keep a page whose text was not met before, by plain statements; return None where it is a copy of another.

    Most pages of a crawl are such: by the unit of work they took three times as long.
    """
    row = _row_of_new(session, page, is_sample) | _values(page, content_hash) | {"version": 1}
    text = copies.told(copies.NOT_STORED, content_hash, page.reading.public_text)
    may_be_copied = not copies.is_too_short(page.form, page.reading.public_text)
    if may_be_copied and copies.has_first(session, text):
        return None
    writer = PlainWriter.within(session.connection())
    article = {"article_pk": writer.add(Article, row)}
    lenders, beside, tactics = _mentions(session, page)
    for named in (lenders, beside):  # one by one: who is named beside the text stands at no place in it
        writer.add_all(LenderMention, [article | mention for mention in named])
    writer.add_all(TacticMention, [article | mention for mention in tactics])
    version = {name: row[name] for name in ("version", "fetched_at", "title", "content_hash", "details")}
    writer.add_all(ArticleVersion, [article | version | {"copies": [dict(copy) for copy in page.copies]}])
    if may_be_copied and row["status"] == "indexed":
        writer.add_all(ArticleKey, [article | {"key": key} for key in text.keys])
    outbox.announce_new(writer, row["id"])
    outcome = "new" if row["status"] == "indexed" else "irrelevant"
    audit.note(session, "crawler", f"article.{outcome}", row["id"], source=page.source)
    return Saved(row["id"], outcome)


def _mentions(session: Session, page: Page) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """Return the rows of the lenders that a page names in its text, of those beside it, and of its tactics."""
    found = {find.slug for find in page.reading.lenders}
    beside = {slug: reason for slug, reason in page.named_beside.items() if slug not in found}
    keys = records.lender_keys(session, [*found, *beside]) if found or beside else {}
    named = [
        {"lender_pk": keys[slug], "role": "subject", "said_by": "classifier", "confidence": 0.9, "reason": reason}
        for slug, reason in beside.items()
        if slug in keys
    ]
    return lender_values(page.reading, keys), named, tactic_values(page.reading, may_count=False)


def _fill(session: Session, article: Article, page: Page, content_hash: str) -> None:
    article.version += 1
    article.hidden_words, article.before_masks = [], None
    for name, value in _values(page, content_hash).items():
        setattr(article, name, value)
    lenders, beside, tactics = _mentions(session, page)
    article.lender_mentions = [LenderMention(**row) for row in lenders + beside]
    article.tactic_mentions = [TacticMention(**row) for row in tactics]


def _values(page: Page, content_hash: str) -> dict[str, Any]:
    """Return the columns that say what a page is now."""
    reading = page.reading
    return {
        "url": page.url, "site_name": page.site_name, "title": _title(page), "title_is_given": page.title is not None,
        "public_text": reading.public_text, "language": reading.language,
        "gaps": [{"position": gap.position, "guess": gap.guess, "confidence": gap.confidence} for gap in reading.gaps],
        "published_on": page.published_on, "fetched_at": page.fetched_at, "updated_at": now(), "form": page.form,
        "author": page.author[:40], "details": dict(page.details), "gone_at": None, "gone_reason": "",
        "content_hash": content_hash, "status": "indexed" if reading.relevant else "irrelevant",
        "as_read": as_read(reading),
    }  # fmt: skip


def _outcome(known: Article | None, article: Article) -> str:
    if article.status == "duplicate_of":
        return "duplicate"
    if article.status == "irrelevant":
        return "irrelevant"
    return "new" if known is None else "changed"
