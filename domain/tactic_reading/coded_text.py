"""A text as whole numbers: what the models add up is looked up by numbers quicker than by words."""

from collections.abc import Iterable, Sequence
from operator import add
from sys import byteorder

from domain.tactic_reading.concepts import SENTENCE

# How far apart, in concepts, two may stand to count as a pair: 打电话 (给) 我妈.
REACH = 3
# A pair of symbols is one whole number: the left one's code times this, and the right one's.
PAIR = 0x10000
UTF_32 = "utf-32-le" if byteorder == "little" else "utf-32-be"


def codes_of(text: str) -> list[int]:
    """Return the codes of the characters, at a fifth of the time that asking for each takes."""
    return memoryview(text.encode(UTF_32, "surrogatepass")).cast("I").tolist()


class CodedText:
    """The telling symbols of a text with the pairs that they make, to be cut at any sentence or clause."""

    def __init__(self, stops: str, empty: Iterable[str], characters: Sequence[int]) -> None:
        """Take the symbols (`Concepts.stops`), those that tell nothing, and the codes of the text's characters."""
        for symbol in empty:
            stops = stops.replace(symbol, "")
        self.symbols, self.characters = stops, characters
        self._codes = codes_of(stops)
        lefts = [code * PAIR for code in self._codes]
        # Each pair stands where its right symbol does.
        self._pairs = [[*([0] * reach), *map(add, lefts, self._codes[reach:])] for reach in range(1, REACH + 1)]

    def near(self, first: int, last: int) -> set[int]:
        """Return the codes of the symbols [first, last) and of the pairs of them that stand near each other."""
        one, two, three = self._pairs
        return {
            *self._codes[first:last], *one[first + 1 : last], *two[first + 2 : last], *three[first + 3 : last],
        }  # fmt: skip

    def sentences(self) -> list[tuple[int, int]]:
        """Return the (first, last) of each sentence among `symbols`."""
        places, first = [], 0
        while (stop := self.symbols.find(SENTENCE, first)) >= 0:
            places.append((first, stop))
            first = stop + 1
        places.append((first, len(self.symbols)))
        return places
