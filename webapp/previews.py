"""What would be published of a filing: shown to the borrower before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from domain.filing import read_filing
from domain.models import Tactic
from domain.reading import Mask
from domain.regions import Region, province_of, regions
from domain.store.complaints import Filing
from webapp import language
from webapp.services import services

MASK_NAMES = {
    "cn_id": _l("an ID number"),
    "phone": _l("a mobile number"),
    "landline": _l("a telephone number"),
    "bank_card": _l("a bank card number"),
    "email": _l("an e-mail address"),
    "qq": _l("a QQ number"),
    "wechat": _l("a WeChat name"),
    "name": _l("a person’s name"),
    "address": _l("an address"),
    "plate": _l("a number plate"),
    "workplace": _l("a workplace"),
    "url_private": _l("a private link"),
    "contract_no": _l("a contract number"),
    "own": _l("masked at your wish"),
}


@dataclass(frozen=True)
class Piece:
    """A piece of the text as published; `mask` says what was masked there, empty for plain words."""

    text: str
    mask: str = ""


@dataclass(frozen=True)
class MaskCount:
    """How often one type of private data was masked."""

    name: str
    count: int


@dataclass(frozen=True)
class Preview:
    """The filing in the words of a published record."""

    lender: str
    lender_is_known: bool
    pieces: list[Piece]
    masks: list[MaskCount]
    ticked: list[Tactic]
    place: str
    product: str
    language: str


def preview_of(filing: Filing) -> Preview:
    """Read a filing as it will be read when it is kept; nothing is kept here."""
    read = read_filing(services().reader, filing)
    reading = read.narrative
    names = services().lender_names.get(filing.lender)
    return Preview(
        lender=in_language(names) if names else filing.lender,
        lender_is_known=names is not None,
        pieces=_pieces(reading.public_text, reading.masks),
        masks=_counted(reading.masks),
        ticked=[tactic for tactic in services().tactics if tactic.code in filing.tactics],
        place=place_name(filing.region),
        product=read.product,
        language=reading.language,
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


def _pieces(text: str, masks: list[Mask]) -> list[Piece]:
    pieces, done = [], 0
    for mask in sorted(masks, key=lambda mask: mask.start):
        pieces += [Piece(text[done : mask.start]), Piece(text[mask.start : mask.end], str(_mask_name(mask.type)))]
        done = mask.end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def _counted(masks: list[Mask]) -> list[MaskCount]:
    types = [mask.type for mask in masks]
    return [MaskCount(str(_mask_name(type_)), types.count(type_)) for type_ in dict.fromkeys(types)]


def _mask_name(type_: str) -> object:
    return MASK_NAMES.get(type_, _l("private data"))
