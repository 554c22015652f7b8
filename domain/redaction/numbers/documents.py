"""Numbers of papers that hold letters or blanks: passports, permits, cards of Hong Kong and Taiwan, hidden digits."""

import re
from collections.abc import Iterator

from domain.redaction.finds import LATIN_BEGINS, LATIN_LETTER, PrivateFind, matches_from
from domain.redaction.numbers.labels import CARD_LABEL, ID_LABEL

_BEFORE, _AFTER = r"(?<![a-z0-9])", r"(?![a-z0-9])"
# A123456(3) of Hong Kong, 1234567(8) of Macau with the word before it, A123456789 of Taiwan, E12345678 of a passport.
PAPER = re.compile(
    rf"{_BEFORE}(?P<sure>[a-z]{{1,2}}\d{{6}}\s?\([\da]\))|{_BEFORE}(?:[a-z][12]\d{{8}}|[a-z]{{1,2}}\d{{6,9}}(?:\([\da]\))?"
    rf"|\d{{7}}\(\d\)){_AFTER}",
    re.ASCII,
)
# Whatever PAPER finds holds one of these, which are looked for in a fifth of the time.
LETTER_AND_DIGITS, DIGITS_AND_BRACKET = re.compile(r"[a-z]\d{6}", re.ASCII), re.compile(r"\d{7}\(", re.ASCII)
PAPER_LABEL = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|居住证|居留证|驾驶?证|军官证|社保|passport|permit|driver'?s license|license)"
    r"[^,。;!?\n]{0,10}$"
)
# 台胞证00012376: digits alone, only with the word right before them
LABELLED = re.compile(
    r"(?:台胞证|回乡证|通行证|居住证|军官证|士兵证|社保卡?)(?:号码?)?[:是为\s]{0,3}(?P<id>\d{8,10})(?!\d)", re.ASCII
)
# 92…: the code of a shop that one person keeps; those of companies are public
OWN_SHOP = re.compile(r"92(?<![\da-z]92)\d{6}[a-z\d]{10}(?![\da-z])", re.ASCII)
HIDDEN = re.compile(r"[x*#•][x*#•]{1,11}")
SHOWN_BEFORE = re.compile(r"[\d][\dx*#• -]{0,20}$", re.ASCII)
SHOWN_AFTER = re.compile(r"[\dx*#• -]{0,20}\d(?![a-z0-9])", re.ASCII)
SIZES = (15, 16, 17, 18, 19)
FEWEST_SHOWN = 8  # of 138****0002 only seven are: that is how a number is written to be shown


def find_documents(folded: str) -> Iterator[PrivateFind]:
    """Yield numbers of papers with letters in them, and numbers with hidden digits (6222 02** **** 1234)."""
    has_latin = LATIN_LETTER.search(folded) is not None
    may_hold_papers = (has_latin and LETTER_AND_DIGITS.search(folded)) or (
        "(" in folded and DIGITS_AND_BRACKET.search(folded)
    )
    for match in matches_from(LATIN_BEGINS, PAPER, folded) if may_hold_papers else ():
        before = folded[max(0, match.start() - 20) : match.start()]
        if match["sure"] or ID_LABEL.search(before) or PAPER_LABEL.search(before):
            yield PrivateFind("cn_id", *match.span(), "the form of the number of a passport, permit or identity card")
    for match in LABELLED.finditer(folded):
        yield PrivateFind("cn_id", *match.span("id"), "digits after the word for a permit")
    for match in OWN_SHOP.finditer(folded) if has_latin else ():
        if not match[0].isdigit():
            yield PrivateFind("contract_no", *match.span(), "the credit code of a shop that one person keeps")
    last = 0
    for hidden in HIDDEN.finditer(folded):
        if hidden.start() < last:
            continue
        opening = SHOWN_BEFORE.search(folded, max(last, hidden.start() - 20), hidden.start())
        closing = SHOWN_AFTER.match(folded, hidden.end(), hidden.end() + 20)
        if opening and closing:
            start, end = opening.start(), closing.end()
            places = re.sub("[ -]", "", folded[start:end])
            if len(places) in SIZES and sum(place.isdigit() for place in places) >= FEWEST_SHOWN:
                is_card = len(places) != 18 or CARD_LABEL.search(folded, max(0, start - 20), start)
                yield PrivateFind("bank_card" if is_card else "cn_id", start, end, "a number with hidden digits")
                last = end
