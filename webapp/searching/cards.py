"""A record in a list: what it is, whom it is about, which tactics it tells of and how, and its words around a match."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from domain.publishing import published
from domain.publishing.published import Record
from domain.store import records
from indexer.highlights import Pieces, highlight, snippet
from webapp.searching.vocabularies import tactics_by_code
from webapp.shell.language import name_of
from webapp.shell.services import services

# A card is read at a glance; the record's own page has all of its tags.
TAGS_ON_A_CARD = 5


@dataclass(frozen=True)
class CardTag:
    """A tactic and how it is asserted, once for each such pair; `counted` if it enters the count of complaints."""

    code: str
    assertion: str
    counted: bool


@dataclass(frozen=True)
class Card:
    """One result. `title` and `snippet` are pieces of text, each with whether it matches the search."""

    record: Record
    kind: str
    title: Pieces
    snippet: Pieces
    tags: list[CardTag]
    more_tags: int


def found_records(record_ids: Iterable[str]) -> list[Record]:
    """Return the public records among these, in this order; what was withdrawn since it was indexed is not there."""
    ids = list(record_ids)
    loaded = records.load(services().database, ids)
    return [loaded[record_id] for record_id in ids if record_id in loaded and records.is_public(loaded[record_id])]


def cards(found: Sequence[Record], search_term: str = "") -> list[Card]:
    """Return the cards of these records, marked where they match."""
    return [card(record, search_term) for record in found]


def card(record: Record, search_term: str = "") -> Card:
    """Return the card of one record."""
    tags = distinct_tags(record)
    return Card(
        record=record,
        kind=published.kind_of(record),
        title=highlight(search_term, title_of(record)),
        snippet=snippet(search_term, searchable_text(record)),
        tags=tags[:TAGS_ON_A_CARD],
        more_tags=max(0, len(tags) - TAGS_ON_A_CARD),
    )


def title_of(record: Record) -> str:
    """Return a record's title in the reader's language."""
    known = tactics_by_code()
    return published.title_of(
        record,
        [name_of(known[code]) for code in published.tactic_codes(record) if code in known],
        [name_of(lender) for lender in published.subjects_of(record)],
        gettext("Lender not in our register"),
    )


def searchable_text(record: Record) -> str:
    """Return the words that a search looks through, as the index has them: the text, then the collector's messages."""
    return "\n".join([published.text_of(record), *published.scripts_of(record)]).strip()


def distinct_tags(record: Record) -> list[CardTag]:
    """Return each (tactic, assertion) once, counted ones first."""
    counted: dict[tuple[str, str], bool] = {}
    for tag in published.tags_of(record):
        counted[tag.code, tag.assertion] = counted.get((tag.code, tag.assertion), False) or tag.counted
    tags = [CardTag(code, assertion, is_counted) for (code, assertion), is_counted in counted.items()]
    return sorted(tags, key=lambda tag: not tag.counted)
