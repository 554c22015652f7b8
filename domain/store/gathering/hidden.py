"""Words that moderators masked in an article: put on wherever it shows them, and shared with its copies."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.models import Article, ArticleVersion, LenderMention, TacticMention
from domain.publishing.hiding import HiddenText, hide, hide_in_details, hide_in_gaps, strings_in
from domain.store.plain_inserts import PlainWriter
from domain.store.retagging.as_read import lender_key, tactic_key

# As many as a page of search names; what has no title is called by its first words.
LEAD_CHARACTERS, SHORTEST_LEAD, LONGEST_TITLE = 40, 12, 500

# Asked for each page that is stored, so made once.
_HAS_HIDDEN = (
    select(Article.pk)
    .where(Article.content_hash == bindparam("content_hash"), Article.before_masks.is_not(None))
    .limit(1)
)


def before_masks(article: Article) -> dict[str, Any]:
    """Return title, text, details and gaps of an article as they are without moderators' masks."""
    return article.before_masks or {
        "title": article.title, "text": article.public_text, "details": article.details, "gaps": article.gaps,
    }  # fmt: skip


def text_before_masks(article: Article) -> str:
    """Return the text by which copies are found."""
    return str(article.before_masks["text"]) if article.before_masks else article.public_text


def texts_before_masks(article: Article) -> list[str]:
    """Return all words of an article and of its versions that can be shown, without moderators' masks."""
    befores = [before_masks(article), *map(_version_before_masks, article.versions)]
    return [text for before in befores for text in texts_of(before)]


def texts_of(before: dict[str, Any]) -> list[str]:
    """Return title, text and what the source says beside it, as texts."""
    return [before["title"], before["text"] or "", *strings_in(before["details"])]


def lead_of(text: str) -> str:
    """Return the first words of a text, which stand in for a title that its page does not name."""
    lines = (line.strip() for line in text.splitlines())
    lead = next((line for line in lines if len(line) >= SHORTEST_LEAD), "")
    return lead[:LEAD_CHARACTERS] + ("…" if len(lead) > LEAD_CHARACTERS else "")


def put_on(article: Article, words: Sequence[str]) -> None:
    """Hide these words, and no others, in all that is shown of an article; its tags move along.

    A tag of which a mask takes something goes, and comes back when the article is read again without the mask.
    """
    before = before_masks(article)
    old = hide(before["text"], article.hidden_words, article.language)
    article.hidden_words = list(words)
    new = show(article, before)
    _move_tags(article, old, new)
    for row in article.versions:
        hide_in_version(row, article, before["text"])


def show(article: Article, before: dict[str, Any]) -> HiddenText:
    """Show an article as it is with its words hidden; `before` is as of `before_masks`."""
    words, language = article.hidden_words, article.language
    text = hide(before["text"], words, language)
    article.before_masks = before if words else None
    article.title = _title(before["title"], before["text"], text.text, words, language)
    article.public_text, article.details = text.text, hide_in_details(before["details"], words, language)
    article.gaps = hide_in_gaps(before["gaps"], text, words)
    return text


def hide_in_version(row: ArticleVersion, article: Article, present_text: str) -> None:
    """Hide an article's words in one of its versions; `present_text` is the text of one that has none of its own."""
    words, language = article.hidden_words, article.language
    before = _version_before_masks(row)
    text = present_text if before["text"] is None else before["text"]
    shown = hide(text, words, language).text
    row.before_masks = before if words else None
    row.title = _title(before["title"], text, shown, words, language)
    row.public_text = None if before["text"] is None else shown
    row.details = hide_in_details(before["details"], words, language)


def words_of_same_text(session: Session, content_hash: str) -> list[str]:
    """Return the words that are hidden in articles of the same text, whatever became of them."""
    if not PlainWriter.within(session.connection()).ask(_HAS_HIDDEN, {"content_hash": content_hash}):
        return []
    query = select(Article.hidden_words).where(Article.content_hash == content_hash, Article.before_masks.is_not(None))
    return joined(session.scalars(query.order_by(Article.pk)))


def family_of(article: Article) -> list[Article]:
    """Return an article, the first that it is a copy of, and that one's other copies."""
    first = article.duplicate_of or article
    return list(dict.fromkeys([first, *first.copies, article]))


def share(article: Article) -> list[Article]:
    """Hide in each of an article's copies what is hidden in one of them; return those that changed."""
    family = family_of(article)
    words = joined(one.hidden_words for one in family)
    lacking = [one for one in family if set(one.hidden_words) != set(words)]
    for one in lacking:
        put_on(one, words)
    return lacking


def joined(lists: Iterable[Sequence[str]]) -> list[str]:
    """Return all words of some lists, each once."""
    return list(dict.fromkeys(word for words in lists for word in words))


def _version_before_masks(row: ArticleVersion) -> dict[str, Any]:
    return row.before_masks or {"title": row.title, "text": row.public_text, "details": row.details}


def _title(title: str, text: str, shown: str, words: Sequence[str], language: str) -> str:
    # Cut after forty characters, a lead may hold half of what is hidden.
    return lead_of(shown) if title == lead_of(text) else hide(title, words, language).text[:LONGEST_TITLE]


def _move_tags(article: Article, old: HiddenText, new: HiddenText) -> None:
    """Move the tags of a text from where they stood to where they stand now."""
    lenders = [one for one in article.lender_mentions if _stays(one, old, new)]
    tactics = [one for one in article.tactic_mentions if _stays(one, old, new)]
    noted = article.as_read
    if noted and len(lenders) + len(tactics) < len(article.lender_mentions) + len(article.tactic_mentions):
        # What goes with a mask was not taken away by anybody: a later reading brings it back.
        left_lenders = {lender_key(one.lender.slug, one.role) for one in lenders}
        left_tactics = {tactic_key(one.tactic_code, one.assertion) for one in tactics}
        gone_lenders = {lender_key(one.lender.slug, one.role) for one in article.lender_mentions} - left_lenders
        gone_tactics = {tactic_key(one.tactic_code, one.assertion) for one in article.tactic_mentions} - left_tactics
        article.as_read = noted | {
            "lenders": [key for key in noted.get("lenders", []) if key not in gone_lenders],
            "tactics": [key for key in noted.get("tactics", []) if key not in gone_tactics],
        }
    article.lender_mentions, article.tactic_mentions = lenders, tactics


def _stays(mention: LenderMention | TacticMention, old: HiddenText, new: HiddenText) -> bool:
    """Move a tag; return whether it stays: what people said does, though without its place."""
    if mention.start is None or mention.end is None:
        return True
    place = new.way.after(*old.way.before(mention.start, mention.end))
    mention.start, mention.end = place or (None, None)
    return place is not None or mention.said_by != "classifier"
