"""Private data that only texts in Latin letters show: names with capitals, addresses, employers."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from domain.redaction.finds import PrivateFind, places_of

FOLDER = Path(__file__).parent
_WORD = (
    r"(?:O['’][A-Z][a-z]+-[A-Z][a-z]+|Ma?c[A-Z][a-z]+"
    r"|O['’][A-Z][a-z]+|[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?|[A-Z]['’]?[A-Z]+)"
)
_LINK = r"(?: [A-Z]\.?)?(?: (?:de|da|van|von|la|al|bin|del|dos)(?: la)?)?"
# Words with capitals in a row, a middle initial or a small word between them.
CAPITALS = re.compile(rf"(?<![A-Za-z]){_WORD}(?:{_LINK} {_WORD}){{1,7}}(?![A-Za-z])")
WORD = re.compile(rf"{_WORD}")
_PERSON = (
    "husband|wife|brother|sister|mother|father|mom|mum|dad|son|daughter|boss|manager|supervisor|co-?worker"
    "|colleague|friend"
    "|neighbou?r|landlord|landlady|room-?mate|flatmate|agent|collector|attorney|solicitor|lawyer|bailiff|officer"
    "|detective"
    "|investigator|representative|rep|pastor|aunt|uncle|cousin|nephew|niece|partner|girlfriend|boyfriend|fianc[eé]e?"
    "|ex|teacher"
    "|coach|borrower|debtor|customer|holder|caller|nurse|doctor|clerk|guarantor|co-?signer|reference|tenant"
    "|client|employee|mate"
)
NAMING = re.compile(
    r"(?:[Mm]y (?:full |legal )?name(?:'s| is|:)|\b(?:I am|I'm|[Tt]his is)|\b[Nn]ames?:"
    r"|\b(?:named|called|by the name of)"
    r"|[Ss]igned,?"
    r"|[Ss]incerely,?|[Yy]ours (?:truly|faithfully|sincerely),?|[Rr]egards,?|[Tt]hank(?:s| you),|[Aa]ttn:?"
    r"|ATTN:?|NOTICE:?|[Nn]otice(?: to|:)?"
    r"|WARNING:?|FAO:?|\bR[Ee]:|\b(?:[Dd]ear|DEAR|HELLO|Hello|Hi|HI|Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|DR|Attorney"
    r"|Officer|Agent|Detective)\b\.?"
    r"|[Aa]sk(?:ed|ing|s)? for|[Ll]ooking for|[Ss]p(?:oke|eak|oken) (?:with|to)|[Rr]egarding|[Mm]essage for"
    r"|[Cc]oncerning"
    rf"|\b(?i:{_PERSON})[,:]?|英文名)[\s(\"“:–—-]{{1,3}}$"
)
# Behind a name that nothing announces: Robert Kessler called, Tanya Brooks from the agency; or the end of a letter.
ACTING = re.compile(
    r",? (?:said|says|told|called|calls|texted|threatened|threatens|left|asked|asks|who\b|owes|owed|is my|was my"
    r"|from (?:the|their|your|this))|:|, your|,? you\b|\s*$"
)
# What stands beside a name that may be any other: a message for Thaddeus Brightwater, and Ottoline Marsh was late.
BESIDE_BEFORE = re.compile(r"\b(?:for|from|to|by|about|with|and|or|,|is|was|named|owed|reached|emailed|sued|against) $")
BESIDE_AFTER = re.compile(
    r"(?: was| is| had| has| and I\b| got| works| worked| lives| lived| told| said| called| texted| of [A-Z]"
    r"|, (?:my|a|who|his|her|the)\b"
    r"|['’]s (?:phone|number|account|debt|loan|house|door|name|wife|husband|mother|father|job|employer))"
)
INITIALS = re.compile(
    r"(?:^|[–—-] ?|[Ss]igned,? |[Rr]egards,\s|[Ss]incerely,\s)(?P<name>(?:[A-Z]\. ?){1,2} ?[A-Z][a-z]{2,})(?=\s*$)",
    re.M,
)
_PINYIN = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?an?g?|[iu]?ao|[iu]?ei?|i?e?ng?|i?ong?|i?ou?|u[oi]|[iu]n?g?|er)"
PINYIN_GIVEN = re.compile(rf"{_PINYIN}(?:-?{_PINYIN})?")
_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Terrace|Ter|Circle|Cir"
    "|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Loop|Square|Sq|Close|Crescent|Cres|Gardens|Grove|Mews|Row|Walk|Rise"
    "|Hill|Park|View|Green|Path|Pike|Alley|Crossing|Run"
)
_UNIT = (
    r"(?:[Aa]pt|APT|[Uu]nit|UNIT|[Ss]uite|[Ss]te|STE|#|[Aa]partment|[Ff]lat|[Rr]oom|[Rr]m|[Ff]loor|[Ff]l|[Ll]ot"
    r"|[Tt]railer)\.? ?#?\w{1,6}"
)
_PLACE = r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}"
_CODE = (
    r"(?:,? [A-Z]{2,3}\b)?(?:,? (?:\d{5}(?:-\d{4})?|\d{4}(?!\d)"
    r"|[A-Z]\d[A-Z] \d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}))?"
)
ADDRESS = re.compile(
    rf"\b(?:{_UNIT},? )?(?:\d{{1,3}}/F,? )?(?:[A-Z][a-z]+ (?:Tower|Building|House|Court|Mansions?|Centre|Plaza),? )?"
    r"(?:\d{1,4}/)?\d{1,6}[A-Za-z]?,? (?:[NSEW]{1,2}\.? "
    r"|North |South |East |West |Old |New |St\. )?"
    rf"(?:[A-Z][a-z']+|\d{{1,3}}(?:st|nd|rd|th))(?: [A-Z][a-z']+){{0,3}} (?:{_STREET})\b\.?"
    rf"(?: [NSEW]{{1,2}}\b)?(?:,? {_UNIT})?(?:,? {_PLACE}(?:, {_PLACE})?)?{_CODE}"
)
LIVES_ON = re.compile(
    r"\b(?:live[sd]?|living|house|home|stay(?:ing|s)?) (?:on|at) "
    rf"(?P<name>(?:County Road|State Route|Highway|Route) \d+|[A-Z][a-z']+(?: [A-Z][a-z']+){{0,2}} (?:{_STREET})\b\.?)"
)
HONG_KONG = re.compile(
    r"\b(?:Flat|Rm|Room|Unit) \w{1,4},? \d{1,3}/F(?:,? (?:Block|Tower|Phase) \w{1,3})?"
    r"(?:,? [A-Z][a-z]+(?: [A-Z][a-z]+){0,3}){1,4}"
)
BOX = re.compile(rf"\b[Pp]\.? ?[Oo]\.? ?[Bb]ox \d{{1,6}}(?:,? {_PLACE})?{_CODE}")
_FIRM = (
    r"(?P<name>[A-Z][\w'’&-]{0,30}(?: (?:of|and|&|the|[A-Z][\w'’&-]{0,30})){0,6}"
    r"(?<! of)(?<! and)(?<! the)(?<! &))"
)
WORKPLACE = re.compile(
    r"(?:[Ww]ork(?:s|ed|ing)? (?:at|for|in)|[Ww]here (?:he|she|I|they|my \w+) (?:works?|teach(?:es)?),"
    r"|[Ee]mploye[dr] (?:by|is|at|,)"
    r"|[Mm]y (?:employer|job|workplace|company|school|shop|store|restaurant|salon|office|work),?(?: at| is"
    r"| called|,)?|[Ii] (?:teach|study|serve|volunteer|own|run) (?:at )?"
    rf"|(?:job|student|driver|shift|HR|payroll|reception|receptionist|front desk|foreman|{_PERSON}) (?:at|of"
    rf"|for)) (?:the |an? )?{_FIRM}"
)


OF_EMPLOYER = re.compile(
    r"[A-Z][a-z'’-]+ (?:of|at|from) (?P<name>(?:[A-Z][\w'’&-]{1,20} ){1,4}"
    r"(?:Surgery|School|Hospital|Clinic|Academy|College|University|Elementary|Dental|Motors|Logistics|Bakery"
    r"|Salon|Garage|Nursery"
    r"|Pharmacy|Plumbing|Ltd|Inc|LLC|Company|Co)\b)"
)
# Nothing of the kind is in a text without a word and, behind a space, a capital.
HINT = re.compile(r"[A-Za-z0-9.,:;!?'’\"-] [A-Z]|[A-Z][a-z]+ [A-Z]")


@lru_cache(maxsize=8)
def _words(file: str, row: str = "") -> frozenset[str]:
    """Return the words of a file, or those of one of its rows (`row: word word`)."""
    text = (FOLDER / file).read_text("utf-8")
    if row:
        text = next(line for line in text.splitlines() if line.startswith(f"{row}:")).partition(":")[2]
    return frozenset(text.split())


def first_names() -> frozenset[str]:
    """Return common first names of many countries, in small letters."""
    return _words("first_names.txt")


def small_words() -> frozenset[str]:
    """Return words that begin or end a sentence beside a name and are none."""
    return _words("no_names.txt", "openers") | _words("no_names.txt", "closers")


def find_english(cased: str) -> Iterator[PrivateFind]:
    """Yield what is private in an English text; `cased` keeps its capitals."""
    if not HINT.search(cased):
        return
    for pattern in (ADDRESS, BOX, HONG_KONG):
        for match in pattern.finditer(cased):
            yield PrivateFind("address", *match.span(), "a house number and a street, or a post office box")
    for match in LIVES_ON.finditer(cased):
        yield PrivateFind("address", *match.span("name"), "the street that somebody lives on")
    for match in WORKPLACE.finditer(cased):
        if len(match["name"].split()) > 1 and not _is_lender(match["name"]):
            yield PrivateFind("workplace", *match.span("name"), "an employer after a word that ties it to a person")
    for match in OF_EMPLOYER.finditer(cased):
        yield PrivateFind("workplace", *match.span("name"), "an employer after a person's name")
    yield from _names(cased)


def _names(cased: str) -> Iterator[PrivateFind]:
    found: dict[str, str] = {}
    for run in CAPITALS.finditer(cased):
        start, end, words = _without_others(run.start(), run[0])
        name = cased[start:end]
        reason = _why_a_name(cased, start, end, words)
        if reason:
            found.setdefault(name, reason)
    for match in INITIALS.finditer(cased):
        yield PrivateFind("name", *match.span("name"), "initials and a surname that sign a text")
    surnames = {name.split()[-1]: f"the surname of somebody named in full: {why}" for name, why in found.items()}
    institutions = _words("no_names.txt", "institutions")
    again = {name: why for name, why in surnames.items() if len(name) > 3 and name.lower() not in institutions} | found
    for start, end in places_of(cased, again):
        if not cased[start - 1 : start].isalnum() and not cased[end : end + 1].isalnum():
            yield PrivateFind("name", start, end, again[cased[start:end]])


def _without_others(start: int, run: str) -> tuple[int, int, list[str]]:
    """Leave out what only begins or ends a sentence beside a name: Yesterday Robert Kessler, MARCUS BELL OWES US."""
    openers, closers = _words("no_names.txt", "openers"), _words("no_names.txt", "closers")
    words = list(WORD.finditer(run))
    while words and words[0][0].lower() in openers:
        words.pop(0)
    while words and words[-1][0].lower() in closers:
        words.pop()
    if not words:
        return start, start, []
    return start + words[0].start(), start + words[-1].end(), [word[0] for word in words]


def _why_a_name(cased: str, start: int, end: int, words: list[str]) -> str:
    """Return why words with capitals are a person's name, or nothing."""
    small = [word.lower() for word in words]
    if not 2 <= len(words) <= 3 or not _words("no_names.txt", "institutions").isdisjoint(small):
        return ""
    if small[0] in _words("first_names.txt"):
        return "a common first name and a surname"
    if NAMING.search(cased, max(0, start - 30), start):
        return "a full name after a word that introduces one"
    if small[0] in _words("pinyin_surnames.txt") and PINYIN_GIVEN.fullmatch(small[1]):
        return "a Chinese surname and a given name in Latin letters"
    if small[0] in _words("pinyin_surnames.txt") and len(words) == 3 and max(map(len, small)) < 6:
        return "a surname and a given name as Hong Kong spells them"
    if (start and cased[start - 1] == "\n") and ACTING.match(cased, end):
        return "a full name alone on a line or before an address to somebody"
    is_beside = BESIDE_BEFORE.search(cased, max(0, start - 12), start) or BESIDE_AFTER.match(cased, end)
    if is_beside and len(words) == 2 and not any(word.isupper() for word in words):
        return "two words with capitals where a person can stand"
    return ""


def _is_lender(name: str) -> bool:
    """Whether the words of a name are those of a lender or an agency: Maple Crest Lending."""
    lending = _words("no_names.txt", "lending")
    return any(word.strip(".,").lower() in lending for word in name.split())
