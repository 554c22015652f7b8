"""One record: its public words with the passages behind each tag, and where it comes from."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for

from domain.models import Article, Complaint, LenderMention
from domain.publishing import published
from domain.publishing.published import Passage, Record, Tag
from domain.store import records
from domain.store.gathering import article_history
from domain.store.intake import evidence
from domain.store.moderating import removals
from webapp import words
from webapp.filing import evidence_words
from webapp.published.versions import Version, versions
from webapp.searching.addresses import address
from webapp.searching.cards import title_of
from webapp.searching.passages import LostWord, Piece, Span, paragraphs
from webapp.searching.vocabularies import label
from webapp.shell.services import services
from webapp.staff.moderation import moderation_words

blueprint = Blueprint("records", __name__)
# What the macros that show records need on whichever page they are used.
blueprint.app_context_processor(lambda: {"words": words, "label": label, "address": address, "published": published})


@dataclass(frozen=True)
class NumberedTag:
    """A tag and the number under which its passage is marked in the text; 0 where it has none."""

    number: int
    tag: Tag


@dataclass(frozen=True)
class Naming:
    """Where and why a record names a lender; `passage` is None where the borrower chose it from the list."""

    mention: LenderMention
    passage: Passage | None


@blueprint.get("/records/<record_id>")
def record(record_id: str) -> Response:
    """Show a public record; a copy leads to its original, and of anything else nobody learns that it exists."""
    found = public_record(record_id)
    if found is None:
        return gone(record_id)
    if found.id != record_id:
        return make_response(redirect(url_for("records.record", record_id=found.id), 302))
    tags = numbered_tags(found)
    return make_response(
        render_template(
            "records/record.html",
            record=found,
            kind=published.kind_of(found),
            title=title_of(found),
            tags=tags,
            namings=namings(found),
            files=evidence.released_files(services().database, found.id) if isinstance(found, Complaint) else [],
            evidence_words=evidence_words,
            lines=marked_lines(found, tags),
            versions=versions_of(found),
        )
    )


def gone(record_id: str) -> Response:
    """Say of an article that its source took it away, with what was kept to check it by, or that we took it down."""
    found = records.get(services().database, record_id)
    if not isinstance(found, Article) or found.status != "gone":
        return taken_down(record_id)
    reason = words.GONE_REASONS.get(found.gone_reason, words.GONE_REASONS["http_404"])
    page = render_template("records/gone.html", record=found, reason=reason, versions=versions_of(found))
    return make_response(page, 410)


def versions_of(found: Record) -> list[Version]:
    """Return how an article read at each time it was fetched; nothing of a complaint."""
    if not isinstance(found, Article):
        return []
    return versions(found, article_history.versions_of(services().database, found.id))


def taken_down(record_id: str) -> Response:
    """Say when and why a record was taken down, as the public log does; of all others nobody learns that they exist."""
    removal = removals.stands_taken_down(services().database, record_id)
    if removal is None:
        abort(404)
    page = render_template("disputes/gone.html", removal=removal, words_of=moderation_words)
    return make_response(page, 410)


def public_record(record_id: str) -> Record | None:
    """Return the record if readers may see it, or the original of which it is a copy.

    Withdrawn, held, private and unknown ones are alike None: a borrower who took a complaint back need not have it
    confirmed that there was one.
    """
    found = records.get(services().database, record_id)
    if isinstance(found, Article) and found.status == "duplicate_of" and found.duplicate_of is not None:
        found = records.get(services().database, found.duplicate_of.id)
    return found if found is not None and records.is_public(found) else None


def numbered_tags(found: Record) -> list[NumberedTag]:
    """Return the tags, those with a passage numbered in the order of the text."""
    tags = published.tags_of(found)
    without = [NumberedTag(0, tag) for tag in tags if tag.passage is None]
    return without + [
        NumberedTag(number, tag) for number, tag in enumerate((tag for tag in tags if tag.passage), start=1)
    ]


def namings(found: Record) -> list[Naming]:
    """Return the lenders' mentions, each lender's first one in the role that it has."""
    seen: dict[tuple[str, str], Naming] = {}
    for mention in found.lender_mentions:
        passage = published.passage_at(found, mention.start, mention.end, mention.surface)
        seen.setdefault((mention.lender.shown.slug, mention.role), Naming(mention, passage))
    return list(seen.values())


def marked_lines(found: Record, tags: list[NumberedTag]) -> list[list[Piece]]:
    """Return the public text cut at its passages, the lenders' names and the words that the source lost."""
    spans = [Span(t.tag.passage.start, t.tag.passage.end, t.number) for t in tags if t.tag.passage]
    for mention in found.lender_mentions:
        passage = published.passage_at(found, mention.start, mention.end, mention.surface)
        spans += [Span(passage.start, passage.end)] if passage else []
    lost = [LostWord(gap["position"], gap["guess"]) for gap in found.gaps] if isinstance(found, Article) else []
    return paragraphs(published.text_of(found), spans, lost)
