"""Row → document: the one place. What isn't put in here can't be found, counted or leaked."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from domain.lenders import LenderEntry
from domain.models import Article, Complaint
from domain.publishing import published
from domain.settings import SITE_TIME_ZONE
from indexer import analysis

Record = Complaint | Article

# All names a lender goes by, by slug: a search for WeBank finds what was filed against 微众银行.
LenderNames = Mapping[str, Sequence[str]]

# Room for 2 × 2**33 seconds around 1970 (1833 to 2106), one bit for the kind and 2**29 rows of each kind: 63 bits,
# since Elasticsearch's `long` has a sign.
_SECOND_BITS, _ROW_BITS = 33, 29

# The head of an article is its first sentences: about the 120 characters that a news lead or a complaint's first
# two sentences take (晨星消费金融的催收员今天给我公司前台打了电话，说… names lender, tactic and place in 40).
LEAD_UNITS = 120
# 催收 once in passing is a mention; three times is a subject. Twice is what one sentence and its repetition give.
OFTEN_TIMES = 3


@dataclass(frozen=True)
class Tokens:
    """A text three ways (see mapping.WAYS): `unit` one string, `pair` and `stem` one string for each run."""

    unit: str
    pair: tuple[str, ...]
    stem: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """What an engine is given of one record. Keyword fields hold sorted, distinct values; `day` is 20261125."""

    id: str
    version: int
    sort_number: int
    day: int
    month: str
    kind: str
    lender: tuple[str, ...]
    tactic: tuple[str, ...]
    assertion: tuple[str, ...]
    tactic_assertion: tuple[str, ...]
    region: tuple[str, ...]
    source: str
    title: Tokens
    text: Tokens
    name: Tokens
    lead: str
    often: str

    @property
    def content_hash(self) -> str:
        """Return a hash of everything that is indexed but the version."""
        content = {name: value for name, value in asdict(self).items() if name != "version"}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def values(self) -> dict[str, object]:
        """Return {field of mapping.FIELDS: number, string or list of strings}."""
        values: dict[str, object] = {}
        for name, value in vars(self).items():
            if isinstance(value, Tokens):
                values |= {f"{name}_{way}": _listed(part) for way, part in vars(value).items()}
            else:
                values[name] = _listed(value)
        return values | {"content_hash": self.content_hash}


def document(record: Record, names: LenderNames) -> Document:
    """Make the document of a complaint or an article; `names` as from `lender_names`."""
    return complaint_document(record, names) if isinstance(record, Complaint) else article_document(record, names)


def complaint_document(complaint: Complaint, names: LenderNames) -> Document:
    """Make a complaint's document. Under consent `figures` it is counted and its texts are not in it.

    It has no title of its own; its lender's names stand for it, as in the title that pages give it.
    """
    return _document(
        complaint, names, instant=complaint.received_at, region=complaint.region,
        title=_names(_slugs(complaint), names),
        text="\n".join([published.text_of(complaint), *published.scripts_of(complaint)]),
    )  # fmt: skip


def article_document(article: Article, names: LenderNames) -> Document:
    """Make an article's document. Its tactics are mentions; they are never counted as complaints."""
    day = article.published_on
    return _document(
        article, names, instant=datetime.combine(day, time(), SITE_TIME_ZONE) if day else article.fetched_at,
        region=None, title=article.title, text=published.text_of(article),
    )  # fmt: skip


def lender_names(entries: Iterable[LenderEntry]) -> dict[str, tuple[str, ...]]:
    """Return every name of each lender but the contextual ones.

    Those are words of other things too: 马上 would put all of 马上消费金融 into the answers about 马上还钱.
    """
    return {
        entry.slug: tuple(
            dict.fromkeys(
                name
                for name in (
                    entry.name_zh_hans, entry.name_zh_hant, entry.name_en, entry.legal_name,
                    *(alias.text for alias in entry.aliases if alias.strength == "strong"),
                )
                if name
            )
        )
        for entry in entries
    }  # fmt: skip


def sort_number(instant: datetime, kind: str, row: int) -> int:
    """Return the one number that results are sorted and paged by: unique, and later when the record is later."""
    if not 0 < row < 1 << _ROW_BITS:
        raise ValueError(f"row {row} doesn't fit into a sort number")
    middle = 1 << (_SECOND_BITS - 1)
    second = min(max(int(instant.timestamp()) + middle, 0), 2 * middle - 1)
    return (second << (_ROW_BITS + 1)) | ((kind == "article") << _ROW_BITS) | row


def day_number(day: date) -> int:
    """Return a day as the index holds it: 2026-11-25 → 20261125."""
    return day.year * 10000 + day.month * 100 + day.day


def tokens(text: str) -> Tokens:
    """Cut a text in the three ways of mapping.WAYS."""
    texts = analysis.unit_texts(text)
    found = list(analysis.runs(texts))
    return Tokens(
        unit=" ".join(texts),
        pair=tuple(" ".join(analysis.pairs(run)) for single, run in found if single and len(run) > 1),
        stem=tuple(" ".join(analysis.stem(word) for word in run) for single, run in found if not single),
    )


def _document(
    record: Record, names: LenderNames, *, instant: datetime, region: str | None, title: str, text: str
) -> Document:
    day, kind, lenders = published.day_of(record), published.kind_of(record), _slugs(record)
    text_tokens = tokens(text)
    text_units = text_tokens.unit.split()
    counts = Counter(analysis.keys(text_units))
    mentions = record.tactic_mentions
    return Document(
        id=record.id, version=record.version, sort_number=sort_number(instant, kind, record.pk),
        day=day_number(day), month=f"{day:%Y-%m}", kind=kind, lender=lenders,
        tactic=_values(published.tactic_codes(record)), assertion=_values(mention.assertion for mention in mentions),
        tactic_assertion=_values(f"{mention.tactic_code}:{mention.assertion}" for mention in mentions),
        region=_values([region] if region else []), source=published.source_of(record)[0],
        title=tokens(title), text=text_tokens, name=tokens(_names(lenders, names)),
        lead=" ".join(_values(analysis.keys(text_units[:LEAD_UNITS]))),
        often=" ".join(_values(key for key, times in counts.items() if times >= OFTEN_TIMES)),
    )  # fmt: skip


def _slugs(record: Record) -> tuple[str, ...]:
    return _values(lender.slug for lender in published.subjects_of(record))


def _names(lenders: Iterable[str], names: LenderNames) -> str:
    return "\n".join(name for slug in lenders for name in names.get(slug, ()))


def _values(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
