"""Private data that only texts in Latin letters show: names with capitals, and their addresses and employers."""

import itertools
import re
from collections.abc import Iterator

from domain.redaction.english.places import english_places
from domain.redaction.english.words import PERSON, first_names, small_words, words_of
from domain.redaction.finds import PrivateFind, places_of

_SMALL = "[a-zà-ÿĀ-ſơưḀ-ỿ]"
_WORD = (
    r"(?:O['’][A-Z][a-z]+-[A-Z][a-z]+|Ma?c[A-Z][a-z]+"
    rf"|O['’][A-ZÀ-ÞĐ]{_SMALL}+|[A-ZÀ-ÞĐ]{_SMALL}+(?:['’-][A-ZÀ-ÞĐ]?{_SMALL}+)?|[A-Z]['’]?[A-Z]+)"
)
_LINK = (
    r"(?: [A-Z]\.?)?(?: (?:de|da|di|van|von|la|al|el|bin|binti|binte|ibn|del|dos|du|ter|ten|y|e)(?: la| der?| den)?)?"
)
# Words with capitals in a row, a middle initial or a small word between them.
CAPITALS = re.compile(rf"(?<![A-Za-zÀ-ſḀ-ỿ]){_WORD}(?:{_LINK} {_WORD}){{1,7}}(?![A-Za-zÀ-ſḀ-ỿ])")
WORD = re.compile(rf"{_WORD}")
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
    rf"|\b(?i:{PERSON})(?:[,:]| is| was)?|英文名)[\s(\"“:–—-]{{1,3}}$"
)
# Behind a name that nothing announces: Robert Kessler called, Tanya Brooks from the agency; or the end of a letter.
ACTING = re.compile(
    r",? (?:said|says|told|called|calls|texted|threatened|threatens|left|asked|asks|who\b|owes|owed|is my|was my"
    r"|from (?:the|their|your|this)|here\b)|:|, your|,? you\b|\s*$"
)
# What stands before a name that may hold everyday words: a message for Thaddeus Brightwater.
BESIDE_BEFORE = re.compile(r"\b(?:for|from|to|by|about|with|and|or|,|is|was|named|owed|reached|emailed|sued|against) $")
# - Roderick Achterberg, at the end of a letter
SIGNING = re.compile(r"(?:[–—~]|(?<!\w)-{1,2}) ?$")
SIGNED = re.compile(r"[.!]?\s*(?:$|\n)")
CALLED_OUT = re.compile(r"[:,!]| -|[–—]")
INITIALS = re.compile(
    r"(?:^|[–—-] ?|[“\"(]|[Ss]igned,? |[Rr]egards,\s|[Ss]incerely,\s"
    r"|\b(?:cc:|as|by|from|named|called|is|to|Mr|Mrs|Ms|Dr|Agent|Officer)\.? )"
    r"(?P<name>(?:[A-Z]\. ?){1,2} ?[A-Z][a-z]{2,})(?=\s*$|[”\",)]| (?:said|called|told|from|who|has|is|at)\b)",
    re.M,
)
_PINYIN = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?an?g?|[iu]?ao|[iu]?ei?|i?e?ng?|i?ong?|i?ou?|u[oi]|[iu]n?g?|er)"
PINYIN_GIVEN = re.compile(rf"{_PINYIN}(?:-?{_PINYIN})?")
# Words of four letters or more around a name, up to the end of the sentence, by which a headline is told.
SENTENCE_WORD, SENTENCE_END = re.compile(r"[A-Za-z]{4,}"), re.compile(r"[.!?;\n] ?|[\u3002\uff0c]")
HEADLINE, FEWEST_IN_A_HEADLINE = 80, 3
MOST_WORDS = 3
SUFFIXES = frozenset(("jr", "sr", "ii", "iii"))
# Nothing of the kind is in a text without a word and, behind a space, a capital.
HINT = re.compile(r"[A-Za-z0-9.,:;!?'’\"-] [A-Z]|[A-Z][a-z]+ [A-Z]")


def find_english(cased: str) -> Iterator[PrivateFind]:
    """Yield what is private in an English text; `cased` keeps its capitals."""
    if not HINT.search(cased):
        return
    yield from english_places(cased)
    yield from _names(cased)


def _names(cased: str) -> Iterator[PrivateFind]:
    found: dict[str, str] = {}
    for run in CAPITALS.finditer(cased):
        start, end, words = _without_others(run.start(), run[0])
        if len(words) > MOST_WORDS:
            start, end, words = _two_of_many(cased, start, end)
        reason = _why_a_name(cased, start, end, words)
        if reason:
            found.setdefault(cased[start:end], reason)
    for match in INITIALS.finditer(cased):
        yield PrivateFind("name", *match.span("name"), "initials and a surname that sign a text")
    surnames = {name.split()[-1]: f"the surname of somebody named in full: {why}" for name, why in found.items()}
    institutions = words_of("no_names.txt", "institutions")
    again = {name: why for name, why in surnames.items() if len(name) > 3 and name.lower() not in institutions} | found
    for start, end in places_of(cased, again):
        if not _is_latin(cased[start - 1 : start]) and not _is_latin(cased[end : end + 1]):
            yield PrivateFind("name", start, end, again[cased[start:end]])


def _is_latin(character: str) -> bool:
    """Whether a word in Latin letters goes on here; a Chinese character ends it: 我叫Jason Kwok."""
    return character.isalnum() and character < "\u2e80"


def _without_others(start: int, run: str) -> tuple[int, int, list[str]]:
    """Leave out what only begins or ends a sentence beside a name: Yesterday Robert Kessler, MARCUS BELL OWES US."""
    openers, closers = words_of("no_names.txt", "openers"), words_of("no_names.txt", "closers")
    words = list(WORD.finditer(run))
    while words and words[0][0].lower() in openers:
        words.pop(0)
    while words and words[-1][0].lower() in closers | SUFFIXES:
        words.pop()
    if not words:
        return start, start, []
    return start + words[0].start(), start + words[-1].end(), [word[0] for word in words]


def _two_of_many(cased: str, start: int, end: int) -> tuple[int, int, list[str]]:
    """Return a first name and the word behind it among many words in capitals: PAY NOW DEBORAH KLINE OR WE VISIT."""
    words = list(WORD.finditer(cased, start, end))
    others = small_words() | words_of("no_names.txt", "common") | words_of("no_names.txt", "institutions")
    for first, last in itertools.pairwise(words):
        is_name = first[0].lower() in first_names() - small_words() and last[0].lower() not in others
        if is_name and first.end() + 1 == last.start():
            return first.start(), last.end(), [first[0], last[0]]
    return start, end, [word[0] for word in words]


def _why_a_name(cased: str, start: int, end: int, words: list[str]) -> str:
    """Return why words with capitals are a person's name, or nothing."""
    small = [word.lower() for word in words]
    is_word = len(words) == 2 and small[1] in words_of("no_names.txt", "surnames")
    if is_word and (small[0] in first_names() or NAMING.search(cased, max(0, start - 30), start)):
        return "a surname that is a word behind a common first name, or after a word that introduces one"
    if not 2 <= len(words) <= MOST_WORDS or not words_of("no_names.txt", "institutions").isdisjoint(small):
        return ""
    if "_".join(small) in words_of("no_names.txt", "phrases") or not words_of("no_names.txt", "linking").isdisjoint(
        small
    ):
        return ""
    if any(word.endswith(("'s", "’s")) for word in words[:-1]):
        return ""  # Apple's Vision Pro
    if small[0] in first_names():
        return "a common first name and a surname"
    if NAMING.search(cased, max(0, start - 30), start):
        return "a full name after a word that introduces one"
    if small[0] in words_of("pinyin_surnames.txt") and PINYIN_GIVEN.fullmatch(small[1]):
        return "a Chinese surname and a given name in Latin letters"
    if small[0] in words_of("pinyin_surnames.txt") and len(words) == 3 and max(map(len, small)) < 6:
        return "a surname and a given name as Hong Kong spells them"
    if (start and cased[start - 1] == "\n") and ACTING.match(cased, end):
        return "a full name alone on a line or before an address to somebody"
    if SIGNING.search(cased, max(0, start - 4), start) and SIGNED.match(cased, end):
        return "a full name that signs a text"
    if _in_a_headline(cased, start, end):
        return ""
    if len(words) == 2 and BESIDE_BEFORE.search(cased, max(0, start - 12), start) and not _is_loud(words):
        return "two words with capitals where a person can stand"
    if words_of("no_names.txt", "common").isdisjoint(small) and min(map(len, small)) > 1:
        # MARCUS BELL: stands before what is said to him; any two words of a headline have such capitals too.
        if not _is_loud(words):
            return "words with capitals that are no everyday words"
        if CALLED_OUT.match(cased, end):
            return "words in capitals before what is said to a person"
    return ""


def _in_a_headline(cased: str, start: int, end: int) -> bool:
    """Whether nearly all words around begin with a capital: any two of them may, then."""
    before, after = cased[max(0, start - HEADLINE) : start], cased[end : end + HEADLINE]
    around = [
        *SENTENCE_WORD.findall(SENTENCE_END.split(before)[-1]),
        *SENTENCE_WORD.findall(SENTENCE_END.split(after)[0]),
    ]
    return len(around) >= FEWEST_IN_A_HEADLINE and sum(word[0].isupper() for word in around) > 0.7 * len(around)


def _is_loud(words: list[str]) -> bool:
    return any(word.isupper() for word in words)
