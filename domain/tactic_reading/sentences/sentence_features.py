"""What the model of sentences weighs of a sentence, by name; for training and for explaining."""

from collections.abc import Iterator
from operator import add

from domain.tactic_reading.lexicon.concepts import SENTENCE, Concepts, concept_names, empty_symbols
from domain.tactic_reading.lexicon.latin_words import WORD, latin_pieces
from domain.tactic_reading.lexicon.word_groups import GROUP, word_groups

# How far apart, in concepts, two may stand to count as a pair: 打电话 (给) 我妈.
REACH = 3
CONCEPT_WEIGHT, CHARACTER_WEIGHT, GROUP_WEIGHT, WORD_WEIGHT = 0.5, 0.2, 0.3, 0.4
# How the names of what is spelled begin: 'a is a character, 'ab a pair that stands together.
SPELLED = "'"


def sentence_places(concepts: Concepts, length: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each sentence as (first, last, start, end): its concepts, and its characters in a text of `length`."""
    stops, starts, ends = concepts.stops, concepts.starts, concepts.ends
    first = start = 0
    while (place := stops.find(SENTENCE, first)) >= 0:
        yield first, place, start, starts[place]
        first, start = place + 1, ends[place]
    yield first, len(stops), start, length


def sentence_around(concepts: Concepts, place: int, length: int) -> tuple[int, int]:
    """Return where the sentence of a concept begins and ends in a text of `length`, characters."""
    before, after = concepts.stops.rfind(SENTENCE, 0, place), concepts.stops.find(SENTENCE, place)
    return concepts.ends[before] if before >= 0 else 0, concepts.starts[after] if after >= 0 else length


def sentence_features(symbols: str, text: str) -> dict[str, float]:
    """Return what the model weighs of a sentence, by name."""
    names = concept_names()
    telling = [symbol for symbol in symbols if symbol not in empty_symbols()]
    rows = [names.get(symbol, [symbol]) for symbol in telling]
    values: dict[str, float] = {}
    for place, row in enumerate(rows):
        for name in row:
            values[name] = CONCEPT_WEIGHT
            for other in rows[place + 1 : place + 1 + REACH]:
                values.update({f"{name}>{second}": CONCEPT_WEIGHT for second in other})
    spelled = {*text, *map(add, text, text[1:])}
    values |= {SPELLED + piece: CHARACTER_WEIGHT for piece in spelled}
    values |= dict.fromkeys(latin_pieces(text), WORD_WEIGHT)
    for word in spelled & word_groups().keys():
        for name in word_groups()[word]:
            values[name] = values.get(name, 0.0) + GROUP_WEIGHT
    return values


def weight_of(name: str) -> float:
    """Return what a feature weighs wherever it stands."""
    return {SPELLED: CHARACTER_WEIGHT, GROUP: GROUP_WEIGHT, WORD: WORD_WEIGHT}.get(name[0], CONCEPT_WEIGHT)
