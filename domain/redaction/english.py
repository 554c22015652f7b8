"""Private data that only English texts show: names with capitals, addresses, employers."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from domain.redaction.finds import PrivateFind

FIRST_NAMES_FILE = Path(__file__).with_name("first_names.txt")
_WORD = r"(?:[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?|Mc[A-Z][a-z]+|O['’][A-Z][a-z]+|[A-Z]{2,})"
_FULL_NAME = rf"(?P<name>{_WORD}(?: [A-Z]\.?)?(?: (?:de|da|van|von|la|al|bin) ?)?(?: {_WORD}){{1,2}})"
_RELATION = (
    "husband|wife|brother|sister|mother|father|son|daughter|boss|manager|supervisor|coworker|friend|neighbor|landlord"
    "|roommate|agent|collector|attorney|representative|pastor|aunt|uncle|cousin|partner|girlfriend|boyfriend"
)
INTRODUCED = re.compile(
    r"(?:[Mm]y (?:full )?name(?: is|:)|(?:I am|I'm|[Tt]his is)|\b[Nn]ame:|named|called|[Ss]igned,?|[Ss]incerely,?"
    r"|[Rr]egards,?|[Tt]hanks,?|[Aa]ttn:?|ATTN:?|NOTICE:?|[Nn]otice:?|WARNING:?|[Dd]ear|DEAR|HELLO|Hello|Hi|HI"
    rf"|(?:Mr|Mrs|Ms|Miss|Dr|MR|MRS|MS)\.?|(?:{_RELATION}),?)[\s:]{{1,2}}{_FULL_NAME}"
)
OPENING = re.compile(rf"(?:^|\n){_FULL_NAME}(?=:|, your|,? you)")
TITLES = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr)\.? ")
NO_NAMES = frozenset(Path(__file__).with_name("no_names.txt").read_text("utf-8").split())
_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Terrace|Ter|Circle|Cir"
    "|Parkway|Pkwy|Highway|Hwy|Trail|Loop|Square"
)
ADDRESS = re.compile(
    r"\b\d{1,6} (?:[NSEW]\.? |North |South |East |West )?(?:[A-Z][a-z]+|\d{1,3}(?:st|nd|rd|th))(?: [A-Z][a-z]+){0,3} "
    rf"(?:{_STREET})\b\.?(?:,? (?:[Aa]pt|APT|[Uu]nit|[Ss]uite|[Ss]te|#|[Aa]partment)\.? ?#?\w{{1,6}})?"
    r"(?:,? [A-Z][a-z]+(?: [A-Z][a-z]+){0,2})?(?:,? [A-Z]{2}\b)?(?: \d{5}(?:-\d{4})?)?"
)
WORKPLACE = re.compile(
    r"(?:[Ww]ork(?:s|ed|ing)? (?:at|for)|where (?:he|she|I|they) works?,|[Ee]mploye[dr] (?:by|is|at)"
    r"|my (?:employer|job|workplace|company|school),?(?: at| is)?"
    r"|(?:job|nurse|teacher|student|driver|clerk|manager|driver for) at) (?:the |an? )?"
    r"(?P<name>[A-Z][\w'&-]{0,30}(?: (?:of|and|&|the|[A-Z][\w'&-]{0,30})){0,6})"
)
SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(FIRST_NAMES_FILE.read_text("utf-8").split())


def find_english(cased: str) -> Iterator[PrivateFind]:
    """Yield what is private in an English text; `cased` keeps its capitals."""
    for match in SSN.finditer(cased):
        yield PrivateFind("cn_id", *match.span(), "the form of a social security number")
    for match in ADDRESS.finditer(cased):
        yield PrivateFind("address", *match.span(), "a house number and a street")
    for match in WORKPLACE.finditer(cased):
        if len(match["name"].split()) > 1 and not _is_institution(match["name"]):
            yield PrivateFind("workplace", *match.span("name"), "an employer after a word that ties it to a person")
    yield from _names(cased)


def _names(cased: str) -> Iterator[PrivateFind]:
    found: dict[str, str] = {}
    for pattern in (INTRODUCED, OPENING):
        for match in pattern.finditer(cased):
            name = TITLES.sub("", match["name"])
            if not _is_institution(name) and len(name.split()) > 1:
                found[name] = "a full name after a word that introduces one"
    for match in FULL_NAME.finditer(cased):
        if match["name"].split()[0].lower() in _first_names() and not _is_institution(match["name"]):
            found[match["name"]] = "a common first name and a surname"
    for name, reason in found.items():
        for place in re.finditer(re.escape(name), cased):
            yield PrivateFind("name", place.start(), place.end(), reason)


FULL_NAME = re.compile(rf"\b{_FULL_NAME}")


def _is_institution(name: str) -> bool:
    return any(word.strip(".,").lower() in NO_NAMES for word in name.split())
