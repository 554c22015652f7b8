"""How much of the private data is masked, and what is masked that need not be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.lenders import LenderEntry
from evaluation.measuring.rates import share
from evaluation.measuring.sets import Row

CHECKED_NUMBERS = {"cn_id", "bank_card"}
ACCOUNTS = {"phone", "landline", "qq", "wechat", "email"}
PERSONS_AND_PLACES = {"name", "address", "workplace"}
# What a borrower must still be able to call: 12378, 12368, 110, 95xxx, 96xxx, 400 and 800, toll-free numbers abroad.
HOTLINE = re.compile(
    r"(?<!\d)(?:1[12]\d{1,3}|9[56]\d{3,4}|[48]00[- ]?\d{3,4}[- ]?\d{3,4}|1-8\d\d-\d{3}-\d{4}|0800[ \d]{6,10})(?!\d)"
)


def characters(spans: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the offsets that spans cover."""
    return {offset for span in spans for offset in range(span["start"], span["end"])}


def private_data_figures(pairs: Sequence[tuple[Row, Row]], lenders: Sequence[LenderEntry]) -> dict[str, float | None]:
    """Return what share of private data of each kind was masked, and what of the rest; pairs are (labelled, found)."""
    aliases = {entry.slug: [alias.text for alias in entry.aliases] for entry in lenders}
    masked_for_nothing = clear = kept = to_keep = numbers_kept = numbers = 0
    for labelled, found in pairs:
        private = characters(labelled["pii"])
        wrong = characters(found["pii"]) - private
        masked_for_nothing += len(wrong)
        clear += len(labelled["text"]) - len(private)
        for start, end in _names_and_hotlines(labelled, aliases, private):
            to_keep += 1
            kept += wrong.isdisjoint(range(start, end))
        for span in labelled["keep"]:
            numbers += 1
            numbers_kept += wrong.isdisjoint(range(span["start"], span["end"]))
    return {
        "checked numbers": _whole(pairs, CHECKED_NUMBERS),
        "phones and accounts": _whole(pairs, ACCOUNTS),
        "names and places": _covered(pairs, PERSONS_AND_PLACES),
        "other private data": _covered(pairs, {"plate", "url_private", "contract_no"}),
        "masked for nothing": share(masked_for_nothing, clear),
        "names and hotlines kept": share(kept, to_keep),
        "sums and dates kept": share(numbers_kept, numbers),
    }


def missed(labelled: Row, found: Row) -> list[str]:
    """Return the private data of a text that was not masked to its last character."""
    hit = characters(found["pii"])
    return [
        f"{span['type']} {span['text']}"
        for span in labelled["pii"]
        if not hit.issuperset(range(span["start"], span["end"]))
    ]


def _whole(pairs: Sequence[tuple[Row, Row]], types: set[str]) -> float | None:
    """Return the share of spans that are masked from end to end: half a phone number is a phone number."""
    spans = done = 0
    for labelled, found in pairs:
        hit = characters(found["pii"])
        for span in labelled["pii"]:
            if span["type"] in types:
                spans += 1
                done += hit.issuperset(range(span["start"], span["end"]))
    return share(done, spans)


def _covered(pairs: Sequence[tuple[Row, Row]], types: set[str]) -> float | None:
    """Return the share of characters that are masked."""
    there = done = 0
    for labelled, found in pairs:
        own = characters(span for span in labelled["pii"] if span["type"] in types)
        there += len(own)
        done += len(own & characters(found["pii"]))
    return share(done, there)


def _names_and_hotlines(row: Row, aliases: dict[str, list[str]], private: set[int]) -> list[tuple[int, int]]:
    """Return where the labelled lenders are named (the longest alias counts) and where hotlines stand."""
    text = row["text"].lower()
    names = [name.lower() for slug in row["lenders"] + row["background_lenders"] for name in aliases[slug]]
    places = []
    if names:
        longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        places = [match.span() for match in re.finditer(longest_first, text)]
    for span in row["keep"]:
        if HOTLINE.fullmatch(span["text"]):
            places.append((span["start"], span["end"]))
    return [(start, end) for start, end in places if private.isdisjoint(range(start, end))]
