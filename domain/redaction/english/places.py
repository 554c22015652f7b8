"""Addresses, employers and number plates in texts in Latin letters."""

import re
from collections.abc import Iterator

from domain.redaction.english.words import PERSON, small_words, words_of
from domain.redaction.finds import PrivateFind

_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Terrace|Ter|Circle|Cir"
    "|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Loop|Square|Sq|Close|Crescent|Cres|Gardens|Grove|Mews|Row|Walk|Rise"
    "|Hill|Park|View|Green|Path|Pike|Alley|Crossing|Run|Parade|Quay|Wharf|Esplanade|Bend|Ridge|Cove|Vale|Wynd|Brae"
)
# 14 Elm St., Dayton; of 9 Albion Terrace. Said they… the sentence ends with the street.
_SHORT = r"(?:(?<=\b[A-Z][a-z])\.|(?<=Ave)\.|(?<=Blvd)\.)?"
_UNIT = (
    r"(?:[Aa]pt|APT|[Uu]nit|UNIT|[Ss]uite|[Ss]te|STE|#|[Aa]partment|[Ff]lat|[Rr]oom|[Rr]m|[Ff]loor|[Ff]l|[Ll]ot"
    r"|[Tt]railer|Plot|Blk|BLK|Block)\.? ?#?(?:\d\w{0,5}|[A-Za-z]\d{0,4}(?![A-Za-z]))"
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
    rf"(?:[A-Z][a-z']+|\d{{1,3}}(?:st|nd|rd|th))(?: [A-Z][a-z']+){{0,3}} (?:{_STREET})\b{_SHORT}"
    rf"(?: [NSEW]{{1,2}}\b)?(?:,? {_UNIT})?(?:,? {_PLACE}(?:, {_PLACE})?)?{_CODE}"
)
# Whatever leads up to a postcode: 6 Bryn Eithin, Llanelli, SA15 4UJ; Apartment 4, Quayside, Bantry, Co. Cork P75 X0R2.
_POSTCODE = (
    r"(?:[A-Z]{2},? \d{5}(?:-\d{4})?|(?:QLD|NSW|VIC|WA|SA|TAS|ACT|NT),? \d{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
    r"|[A-Z]\d[\dW] ?[A-Z\d]{4}"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:Singapore|Delhi|Mumbai|Bengaluru|Chennai|Kolkata) \d{6})"
)
# CALL 555-010-9914 BEFORE 5 PM OR AN AGENT WILL VISIT|1206 Delmar Street, Macon, GA 31204
_STEP = (
    r"(?!(?:BEFORE|AFTER|OR|AN|AM|PM|WILL|VISIT|YOUR|IS|BY|AT|ON|TODAY|TO|CALL)\b)"
    r"(?:[A-Z\d#][\w'’.&/-]*|of|the|de|des|du|la|le|les|on|upon|and|y|Co\.),?"
)
BEFORE_A_POSTCODE = re.compile(
    rf"\b(?:{_UNIT},?|\d{{1,6}}[A-Za-z]?(?:[-/]\d{{1,5}})?,?|[A-Z][a-z]+ (?:Cottage|House|Farm|Lodge|Villa|Barn),)"
    rf"(?: {_STEP}){{1,12}}? {_POSTCODE}(?![A-Za-z\d])"
)
LIVES_ON = re.compile(
    r"\b(?:live[sd]?|living|house|home|flat|stay(?:ing|s)?) (?:in the [a-z]+ [a-z]+ )?(?:on|at) "
    rf"(?P<name>(?:County Road|State Route|Highway|Route) \d+|[A-Z][a-z']+(?: [A-Z][a-z']+){{0,2}}"
    rf" (?:{_STREET})\b{_SHORT}(?:, {_PLACE})?)"
)
HONG_KONG = re.compile(
    r"\b(?:Flat|Rm|Room|Unit|Shop|House) \d?\w{1,4},?(?: \d{1,3}/F)?(?:,? (?:Block|Tower|Phase) \w{1,3})?"
    r"(?:,? (?:\d{1,4}[A-Z]? )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}){1,5}(?:,? (?:N\.?T\.?|H\.?K\.?))?"
)
# Blk 7 Lot 12, Villa Rosario, Bacoor, Cavite
LOT = re.compile(r"\b[Bb](?:lk|lock)\.? ?\d{1,3},? [Ll]ot\.? ?\d{1,3}(?:,? [A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}){1,5}")
# H. No. 14-2-33/B, Gandhi Nagar, Warangal 506002
INDIAN = re.compile(
    r"\b(?:H\.? ?No|D(?:oor)?\.? ?[Nn]o|(?:House|Plot|Flat|Shop|Qtr\.?) [Nn]o)\.? ?[:#]?\d[\w/-]{0,12}"
    r"(?:,? [A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}){1,5}(?:[ ,-]{1,3}\d{3} ?\d{3})?"
)
# Plot 14, Admiralty Way, Lekki Phase 1, Lagos
PLOT = re.compile(r"\b(?:Plot|Stand|Erf) \d{1,5}\w?(?:,? [A-Z][\w'-]+(?: (?:\d{1,3}|[A-Z][\w'-]+)){0,3}){1,5}")
BOX = re.compile(
    rf"\b(?:(?:Rural Route|RR|HC) \d{{1,4}},? )?(?:[Pp]\.? ?[Oo]\.? ?)?[Bb]ox \d{{1,6}}(?:,? {_PLACE})?{_CODE}"
)
_FIRM = (
    r"(?P<name>(?:St\.? )?[A-Z][\w'’&-]{0,30}(?: (?:of|and|&|the|[A-Z][\w'’&-]{0,30})){0,6}"
    r"(?<! of)(?<! and)(?<! the)(?<! &))"
)
WORKPLACE = re.compile(
    r"(?:(?:[Ww]ork|[Cc]lean|[Cc]ook|[Dd]rive|[Dd]eliver|[Tt]each|[Nn]urse|[Ww]eld|[Ww]ait|[Ss]tudy|[Vv]olunteer)(?:s|es|ed|ing)?"
    r"(?: [a-z]+){0,3} (?:at|for|in):?|[Ww]here (?:he|she|I|they|my \w+) (?:works?|teach(?:es)?),"
    r"|\b(?:[Yy]ou|[Hh]e|[Ss]he|[Tt]hey|I)(?: are| is| am|['’](?:re|s|m)) (?:now )?at"
    r"|[Ee]mploye[dr](?:\s?:| by| is| at|,)"
    r"|(?:[Mm]y|[Tt]he|[Oo]ur) (?:employer|job|workplace|company|school|shop|store|restaurant|salon|office|work|diner"
    r"|bakery|daycare),?(?: at| is"
    r"| called|,)?|[Ii] (?:teach|study|serve|volunteer|own|run|manage)(?: at)?"
    r"|(?:outside|attends?|go(?:es)? to|enrolled (?:at|in)|start(?:ed)? at)"
    r"|[Ee]mployed(?: [a-z]+){0,5} (?:at|by|with|for)"
    r"|[Mm]y [a-z]+['’]s (?:garage|shop|store|salon|office|firm|company|school|restaurant),"
    rf"|(?:job|student|driver|shift|HR|payroll|reception|receptionist|front desk|foreman|{PERSON}) (?:at|of"
    rf"|for)) (?:the |an? )?{_FIRM}"
)


# KX19 ZRT, MH 12 QX 4471: the forms of British and Indian number plates (ON 12 MAY 2025 is a day)
PLATES = re.compile(
    r"(?<![A-Za-z\d-])(?:[A-HJ-PR-Y]{2}(?:0[2-9]|[12]\d|[5-7]\d) ?[A-HJ-PR-Z]{3}"
    r"|(?:A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[KP]|WB)"
    r"[ -]?\d{1,2}[ -]?(?!JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{1,3}[ -]?\d{4})(?![A-Za-z\d-])"
)
# 我男友在Potala Inn做前台
IN_CHINESE = re.compile(
    r"[在喺于] ?(?P<name>[A-Z][\w'’&-]+(?: (?:[A-Z&][\w'’&-]*|of|and)){0,4}) ?"
    r"(?=做|当|當|上班|工作|打工|实习|實習|兼职|兼職|端|洗|返工)",
    re.ASCII,
)
# Brookhaven Care Centre|and Morningstar, Ashbourne College|I: the sentence goes on
OTHERS_BEHIND = re.compile(r"(?<=[a-z])(?: I| and [A-Z]\w*(?: [A-Z]\w*)*)$")
OF_EMPLOYER = re.compile(
    r"[A-Z][a-z'’-]+ (?:of|at|from) (?P<name>(?:[A-Z][\w'’&-]{1,20} ){1,4}"
    r"(?:Surgery|School|Hospital|Clinic|Academy|College|University|Elementary|Dental|Motors|Logistics|Bakery"
    r"|Salon|Garage|Nursery"
    r"|Pharmacy|Plumbing|Ltd|Inc|LLC|Company|Co)\b)"
)
# the Red Lion in Wexcombe, where I pull pints
WHERE = re.compile(
    r"(?P<name>[A-Z][\w'’&-]+(?: (?:of|and|&|[A-Z][\w'’&-]+)){0,4}(?: in [A-Z][a-z]+)?),? where "
    r"(?:I|he|she|we|they|my \w+|our \w+) (?:work|pull|wait|teach|serve|clean|cook|stud|volunteer|nurs|train"
    r"|groom|drive|bartend|intern|coach|sing|stock|tutor|cut hair"
    r"|live|stay|go)"
)
# Somewhere that a borrower, a relative or a child goes to every day, whoever tells of it.
DAILY = re.compile(
    r"\b(?P<name>(?:St\.? )?(?:[A-Z][\w'’&-]{1,20} (?:(?:of|and|&) )?){1,4}(?:"
    r"Elementary School|Elementary|School|College|University"
    r"|Academy|Preschool|Kindergarten|Daycare|Day Care|Nursery School"
    r"|Dental|Diner|Bakery|Roofing|Plumbing"
    r"|Freight|Trucking|Towing|Landscaping|Poultry Processing|Sheet Metal|Auto Body|Auto Repair|Hair Salon|Nail Bar"
    r"|Barber Shop|Care Home|Inn|Hotel|Co-op|Feed Store|Hardware|Orthodontics|Upholstery|Opticians|Florists?"
    r"|Caf[eé]|Deli|Grill|Tavern"
    r"|Clinic|Surgery|(?:Veterinary |Animal )?Hospital|Garage|Pharmacy"
    r"|Nail Spa|Nail Salon|Nursery|Infirmary"
    r"|Motor Repairs|High School|Day Nursery|Nursing Centre|Care Centre|Care Center|Bus Depot"
    r"|Foundry|Hospice|Haulage|Dairy|Ranch|Vineyards?|Winery|Records Office|Public Library|Nursing Home"
    r"|Medical Center|Children['’]s Hospital|Church|Laundry|Motel|Brewery|Orchards?|Farms?))\b"
)


def english_places(cased: str) -> Iterator[PrivateFind]:
    """Yield addresses, number plates and employers of an English text; `cased` keeps its capitals."""
    for pattern in (ADDRESS, BEFORE_A_POSTCODE, BOX, HONG_KONG, INDIAN, LOT, PLOT):
        for match in pattern.finditer(cased):
            yield PrivateFind("address", *match.span(), "a house number and a street, or a post office box")
    for match in LIVES_ON.finditer(cased):
        yield PrivateFind("address", *match.span("name"), "the street that somebody lives on")
    for match in WORKPLACE.finditer(cased):
        name = OTHERS_BEHIND.sub("", match["name"])
        if len(name.split()) > 1 and not _is_lender(name):
            start = match.start("name")
            yield PrivateFind(
                "workplace", start, start + len(name), "an employer after a word that ties it to a person"
            )
    for match in PLATES.finditer(cased):
        yield PrivateFind("plate", *match.span(), "the form of a British or an Indian number plate")
    for match in IN_CHINESE.finditer(cased):
        if not _is_lender(match["name"]):
            yield PrivateFind("workplace", *match.span("name"), "where somebody works, in Latin letters")
    for match in OF_EMPLOYER.finditer(cased):
        yield PrivateFind("workplace", *match.span("name"), "an employer after a person's name")
    for match in WHERE.finditer(cased):
        if not _is_lender(match["name"]):
            yield PrivateFind("workplace", *match.span("name"), "where somebody works or lives")
    for match in DAILY.finditer(cased):
        if not _is_lender(match["name"]) and match["name"].split()[0].lower() not in small_words():
            yield PrivateFind("workplace", *match.span("name"), "a school or a shop by its name")


def _is_lender(name: str) -> bool:
    """Whether the words of a name are those of a lender or an agency: Maple Crest Lending."""
    lending = words_of("no_names.txt", "lending")
    return any(word.strip(".,").lower() in lending for word in name.split())
