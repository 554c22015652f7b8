"""A text as whole numbers: what the models add up is looked up by numbers quicker than by words."""

from array import array
from collections.abc import Iterable, Sequence
from sys import byteorder

from domain.tactic_reading.concepts import SENTENCE

# How far apart, in concepts, two may stand to count as a pair: 打电话 (给) 我妈.
REACH = 3
UTF_32 = "utf-32-le" if byteorder == "little" else "utf-32-be"


def codes_of(text: str) -> list[int]:
    """Return the codes of the characters, at a fifth of the time that asking for each takes."""
    return memoryview(text.encode(UTF_32, "surrogatepass")).cast("I").tolist()


def pairs_of(text: str, reach: int = 1) -> list[int]:
    """Return a code for each two characters that stand so far apart: both side by side in 64 bits.

    To lay them out and read them as one takes a fifth of the time that adding them up takes.
    """
    if len(text) <= reach:
        return []
    codes, both = array("I"), array("I", bytes(8 * (len(text) - reach)))
    codes.frombytes(text.encode(UTF_32, "surrogatepass"))
    both[::2], both[1::2] = codes[:-reach], codes[reach:]
    return memoryview(both).cast("B").cast("Q").tolist()


def code_of(piece: str) -> int:
    """Return the code of one character or of a pair."""
    return ord(piece) if len(piece) == 1 else pairs_of(piece)[0]


def piece_of(code: int) -> str:
    """Return the character or the pair (none of NUL) that has a code."""
    return code.to_bytes(8, byteorder).decode(UTF_32, "surrogatepass").replace("\0", "")


class CodedText:
    """The telling symbols of a text with the pairs that they make, to be cut at any sentence or clause."""

    def __init__(self, stops: str, empty: Iterable[str], folded: str, characters: Sequence[int]) -> None:
        """Take the symbols (`Concepts.stops`), those that tell nothing, the text and the codes of its characters."""
        for symbol in empty:
            stops = stops.replace(symbol, "")
        self.symbols, self._characters = stops, characters
        # Each pair stands where its left character does.
        self._spelled = pairs_of(folded)
        self._codes = codes_of(stops)
        # Each pair stands where its right symbol does.
        self._pairs = [[0] * reach + pairs_of(stops, reach) for reach in range(1, REACH + 1)]

    def near(self, first: int, last: int) -> set[int]:
        """Return the codes of the symbols [first, last) and of the pairs of them that stand near each other."""
        one, two, three = self._pairs
        return {
            *self._codes[first:last], *one[first + 1 : last], *two[first + 2 : last], *three[first + 3 : last],
        }  # fmt: skip

    def spelled(self, start: int, end: int) -> set[int]:
        """Return the codes of the characters [start, end) of the text and of the pairs that they make."""
        return {*self._characters[start:end], *self._spelled[start : end - 1]}

    def sentences(self) -> list[tuple[int, int]]:
        """Return the (first, last) of each sentence among `symbols`."""
        places, first = [], 0
        while (stop := self.symbols.find(SENTENCE, first)) >= 0:
            places.append((first, stop))
            first = stop + 1
        places.append((first, len(self.symbols)))
        return places
