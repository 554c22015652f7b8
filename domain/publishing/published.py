"""What readers may see of a published record: one answer for the pages, the API and the exports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.models import Article, Complaint, Lender, LenderReply, TacticMention
from domain.publishing.hiding import tells
from domain.settings import SITE_TIME_ZONE

Record = Complaint | Article

# An article that denies a tactic, or only names it, does not speak of it as done or threatened: no tag to count it by.
UNCLAIMED_ASSERTIONS = frozenset({"denial", "context"})
# Where a complaint comes from: it was filed here.
COMPLAINT_SOURCE = "doorstep"


@dataclass(frozen=True)
class Passage:
    """A piece of the public text at [start, end), code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Tag:
    """What one mention says of a tactic; `passage` is None where it was ticked, or where the text is not shown."""

    code: str
    assertion: str
    counted: bool
    said_by: str
    confidence: float
    reason: str
    passage: Passage | None


@dataclass(frozen=True)
class PublishedEvent:
    """One thing that happened, as far as it may be shown; see models.CHANNELS and models.CONTACTED."""

    occurred_on: date | None
    occurred_at: str | None
    about: str
    channel: str | None
    contacted: tuple[str, ...]


@dataclass(frozen=True)
class NamedLender:
    """A lender that a record names: the subject of it, or only in its background."""

    lender: Lender
    role: str


def kind_of(record: Record) -> str:
    """Return `complaint` or `article`."""
    return "complaint" if isinstance(record, Complaint) else "article"


def day_of(record: Record) -> date:
    """Return the day that a record is counted under, in China: a complaint's receipt, an article's publication."""
    if isinstance(record, Complaint):
        return record.received_at.astimezone(SITE_TIME_ZONE).date()
    return record.published_on or record.fetched_at.astimezone(SITE_TIME_ZONE).date()


def meaning_of_day(record: Record) -> str:
    """Say what `day_of` is the day of: `received`, `published`, or `fetched` where an article names no day."""
    if isinstance(record, Complaint):
        return "received"
    return "published" if record.published_on else "fetched"


def shows_text(record: Record) -> bool:
    """Tell whether the words of a record may be shown; consent `figures` lets a complaint be counted and no more."""
    return isinstance(record, Article) or record.consent == "publish"


def text_of(record: Record) -> str:
    """Return the public text, empty where only the figures may be used."""
    return record.public_text if shows_text(record) else ""


def scripts_of(record: Record) -> list[str]:
    """Return the collector's messages as they may be published."""
    if isinstance(record, Article) or not shows_text(record):
        return []
    return [script.public_text for script in record.scripts]


def product_of(record: Record) -> str:
    """Return the product that a complaint names; free text, so only where the borrower lets the words be published."""
    return record.product if isinstance(record, Complaint) and shows_text(record) else ""


def collector_of(record: Record) -> Lender | None:
    """Return the collector's firm that a complaint names, if the registry has it; a name as typed is not published."""
    return record.collector.shown if isinstance(record, Complaint) and record.collector else None


def events_of(record: Record) -> list[PublishedEvent]:
    """Return what happened one by one.

    The time of day and the words of an event tell a collector which of their calls it was, and so who complains: they
    are shown only where the borrower lets the words be published.
    """
    if isinstance(record, Article):
        return []
    words = shows_text(record)
    return [
        PublishedEvent(
            event.occurred_on, event.occurred_at if words else None, event.about_public if words else "",
            event.channel, tuple(event.contacted),
        )
        for event in record.events
    ]  # fmt: skip


def replies_of(record: Record) -> list[LenderReply]:
    """Return what lenders replied, as it may be shown; a reply speaks of words, so only where those are shown."""
    return list(record.replies) if isinstance(record, Complaint) and shows_text(record) else []


def lenders_of(record: Record) -> list[NamedLender]:
    """Return each lender once, subjects first, in the order in which the record names them."""
    subjects = [mention.lender.shown for mention in record.lender_mentions if mention.role == "subject"]
    if isinstance(record, Complaint) and record.lender is not None:
        subjects.insert(0, record.lender.shown)
    others = [mention.lender.shown for mention in record.lender_mentions if mention.role != "subject"]
    found: dict[str, NamedLender] = {}
    for role, lenders in (("subject", subjects), ("background", others)):
        for lender in lenders:
            found.setdefault(lender.slug, NamedLender(lender, role))
    return list(found.values())


def subjects_of(record: Record) -> list[Lender]:
    """Return the lenders that a record is about."""
    return [named.lender for named in lenders_of(record) if named.role == "subject"]


def tags_of(record: Record) -> list[Tag]:
    """Return every mention of a tactic with its evidence; mentions without a passage first, then in text order."""
    tags = [
        Tag(
            mention.tactic_code, mention.assertion, mention.counted, mention.said_by, mention.confidence,
            # A reason quotes the words that it rests on.
            mention.reason if shows_text(record) else "",
            passage_at(record, mention.start, mention.end, mention.quote),
        )
        for mention in record.tactic_mentions
    ]  # fmt: skip
    return sorted(tags, key=lambda tag: (tag.passage.start, tag.passage.end) if tag.passage else (-1, -1))


def passage_at(record: Record, start: int | None, end: int | None, quote: str) -> Passage | None:
    """Return the passage at these offsets.

    None where the words that stand there are no longer the ones that were read: a quote that was kept from before a
    strike-out must never bring back what was struck out.
    """
    if start is None or end is None or not 0 <= start < end:
        return None
    text = text_of(record)
    return Passage(start, end, text[start:end]) if end <= len(text) and text[start:end] == quote else None


def tactic_codes(record: Record) -> tuple[str, ...]:
    """Return the tactics that a record stands under, as in the index: a complaint's counted, an article's claims."""
    return tuple(
        dict.fromkeys(mention.tactic_code for mention in record.tactic_mentions if stands_for(record, mention))
    )


def stands_for(record: Record, mention: TacticMention) -> bool:
    """Tell whether this mention puts the record under its tactic."""
    if isinstance(record, Complaint):
        return mention.counted
    return mention.assertion not in UNCLAIMED_ASSERTIONS


def source_of(record: Record) -> tuple[str, str]:
    """Return (slug, name) of where the record comes from."""
    if isinstance(record, Complaint):
        return COMPLAINT_SOURCE, "Doorstep"
    return record.source.slug, record.site_name or record.source.name


def source_address(record: Record) -> str | None:
    """Return the article's own address if it is one that a browser may be sent to, and tells nothing that is masked."""
    if isinstance(record, Complaint):
        return None
    address = record.canonical_url if is_web_address(record.canonical_url) else record.url
    return address if is_web_address(address) and shows_address(record, address) else None


def shows_address(article: Article, address: str) -> bool:
    """Tell whether an address that belongs to an article may be shown: it can hold words that are masked in it."""
    return not (article.hidden_words and tells(address, article.hidden_words))


def is_web_address(address: str) -> bool:
    """Tell whether an address is http or https: anything else (javascript:, data:) is never made a link."""
    return address.lower().startswith(("http://", "https://"))


def title_of(record: Record, tactic_names: Sequence[str], lender_names: Sequence[str], unnamed: str) -> str:
    """Return an article's title; for a complaint, which has none: its lenders (or `unnamed`) and tactics."""
    if isinstance(record, Article):
        return record.title
    return complaint_title(lender_names or [unnamed], tactic_names)


def complaint_title(lender_names: Iterable[str], tactic_names: Sequence[str]) -> str:
    """Join names in the way of their script: 晨星消费金融：骂人、扬言上门; Yunling Bank: Insults, Visit threatened."""
    lenders = list(lender_names)
    chinese = any("\u4e00" <= character <= "\u9fff" for character in "".join([*lenders, *tactic_names]))
    comma, colon = ("、", "：") if chinese else (", ", ": ")
    return comma.join(lenders) + (colon + comma.join(tactic_names) if tactic_names else "")
