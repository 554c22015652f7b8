"""Lists of English words by which names are told: first names, words beside a name, words of institutions."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
# What a person is to the writer, or by trade: for a pattern.
PERSON = (
    "husband|wife|brother|sister|mother|father|mom|mum|dad|son|daughter|boss|manager|supervisor|co-?worker"
    "|colleague|friend"
    "|neighbou?r|landlord|landlady|room-?mate|flatmate|agent|collector|attorney|solicitor|lawyer|bailiff|officer"
    "|detective"
    "|investigator|representative|rep|pastor|aunt|uncle|cousin|nephew|niece|partner|girlfriend|boyfriend|fianc[eé]e?"
    "|ex|teacher"
    "|coach|borrower|debtor|customer|holder|caller|nurse|doctor|clerk|guarantor|co-?signer|reference|tenant"
    "|client|employee|mate"
)


@lru_cache(maxsize=8)
def words_of(file: str, row: str = "") -> frozenset[str]:
    """Return the words of a file, or those of one of its rows (`row: word word`)."""
    text = (FOLDER / file).read_text("utf-8")
    if row:
        text = next(line for line in text.splitlines() if line.startswith(f"{row}:")).partition(":")[2]
    return frozenset(text.split())


def first_names() -> frozenset[str]:
    """Return common first names of many countries, in small letters."""
    return words_of("first_names.txt")


def small_words() -> frozenset[str]:
    """Return words that begin or end a sentence beside a name and are none."""
    return words_of("no_names.txt", "openers") | words_of("no_names.txt", "closers")


def verbs() -> frozenset[str]:
    """Return words that go on behind a first name and are no surname: my sister grace works…"""
    return words_of("no_names.txt", "verbs")
