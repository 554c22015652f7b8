"""What would be published of a filing: shown to its writer before it is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from domain.filings.reading_filings import read_filing
from domain.readings import Reading
from domain.regions import Region, province_of, regions
from domain.store.intake.complaints import Filing
from domain.text import fold
from webapp.filing.plain_tactics import plain_name
from webapp.shell import language
from webapp.shell.services import services

# What is masked, and why: each kind leads to a person in its own way.
MASKS = {
    "cn_id": (_l("an ID number"), _l("it says at once who somebody is")),
    "phone": (_l("a mobile number"), _l("it reaches a person")),
    "landline": (_l("a telephone number"), _l("it reaches a person")),
    "bank_card": (_l("a bank card number"), _l("it leads to a person and to their money")),
    "email": (_l("an e-mail address"), _l("it reaches a person")),
    "qq": (_l("a QQ number"), _l("it reaches a person")),
    "wechat": (_l("a WeChat name"), _l("it reaches a person")),
    "account": (_l("an account"), _l("it leads to a person")),
    "name": (_l("a person’s name"), _l("it says who somebody is")),
    "address": (_l("an address"), _l("it says where somebody lives or works")),
    "plate": (_l("a number plate"), _l("it leads to a person")),
    "workplace": (_l("a workplace"), _l("it narrows down who somebody is")),
    "url_private": (_l("a private link"), _l("it can open something that is yours alone")),
    "contract_no": (_l("a contract number"), _l("the lender knows whose it is")),
    "own": (_l("masked at your wish"), _l("you asked for it below")),
}
OTHER = (_l("private data"), _l("it could lead to a person"))


@dataclass(frozen=True)
class Piece:
    """A piece of the text as published; `number` leads to the reason of a mask, 0 for plain words."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class MaskKind:
    """One kind of mask in the texts: what it stands for, why, and how often."""

    number: int
    name: str
    reason: str
    count: int


@dataclass(frozen=True)
class Preview:
    """The filing in the words of a published record."""

    lender: str
    lender_is_known: bool
    collector: str
    pieces: list[Piece]
    scripts: list[list[Piece]]
    masks: list[MaskKind]
    not_found: list[str]
    ticked: list[str]
    place: str
    product: str
    abouts: tuple[str, ...]
    language: str


def preview_of(filing: Filing) -> Preview:
    """Read a filing as it will be read when it is kept; nothing is kept here."""
    read = read_filing(services().reader, filing)
    readings = [read.narrative, *read.scripts]
    masks = _counted(readings)
    numbers = {kind: number for number, kind in enumerate(masks, start=1)}
    lender, collector = services().names_of_lender(filing.lender), services().names_of_lender(filing.collector)
    return Preview(
        lender=in_language(lender) if lender else filing.lender,
        lender_is_known=lender is not None,
        collector=in_language(collector) if collector else filing.collector,
        pieces=_pieces(read.narrative, numbers),
        scripts=[_pieces(reading, numbers) for reading in read.scripts],
        masks=[MaskKind(numbers[kind], *_words_for(kind), count) for kind, count in masks.items()],
        not_found=_not_found(filing),
        ticked=[plain_name(tactic) for tactic in services().tactics if tactic.code in filing.tactics],
        place=place_name(filing.region),
        product=read.product,
        abouts=read.abouts,
        language=read.narrative.language,
    )


def in_language(names: Mapping[str, str]) -> str:
    """Return the name for the reader's language of {catalogue: name}."""
    return names[language.CATALOGUES[language.chosen()]]


def place_name(code: str | None) -> str:
    """Return province and city in the reader's language, empty for none."""
    region, province = regions().get(code or ""), province_of(code or "")
    places: list[Region] = [place for place in dict.fromkeys((province, region)) if place is not None]
    names = [language.name_of(place) for place in places]
    return ", ".join(reversed(names)) if language.chosen() == "en" else " ".join(names)


def _pieces(reading: Reading, numbers: Mapping[str, int]) -> list[Piece]:
    text, pieces, done = reading.public_text, [], 0
    for mask in sorted(reading.masks, key=lambda mask: mask.start):
        pieces += [Piece(text[done : mask.start]), Piece(text[mask.start : mask.end], numbers[mask.type])]
        done = mask.end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def _counted(readings: Iterable[Reading]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reading in readings:
        for mask in reading.masks:
            counts[mask.type] = counts.get(mask.type, 0) + 1
    return counts


def _words_for(kind: str) -> tuple[str, str]:
    name, reason = MASKS.get(kind, OTHER)
    return str(name), str(reason)


def _not_found(filing: Filing) -> list[str]:
    """Return the words to be masked that stand nowhere: a slip in typing would leave them to be read."""
    texts = [filing.narrative, filing.product, *(text for text, _ in filing.all_scripts)]
    whole = fold("\n".join([*texts, *(event.about for event in filing.events)]))
    return [word for word in filing.more_masks if fold(word).strip() not in whole]
