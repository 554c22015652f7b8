"""A text as the pieces of words that the encoder knows: of all ways to cut it, the likeliest (a unigram model)."""

from collections.abc import Sequence

# Stands for a blank, and before the first character (SentencePiece's sign).
BLANK = "\u2581"
# Log odds: what a character that no piece holds costs beyond the unlikeliest piece.
UNKNOWN_COSTS = 10.0


class Pieces:
    """The pieces in their order, which is that of the encoder's rows, each with its log likelihood."""

    def __init__(self, pieces: Sequence[str], likelihoods: Sequence[float]) -> None:
        """Take the pieces; the first three are the marks of the beginning, of the end and of what is unknown."""
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.begin, self.end, self._unknown = 0, 1, 2
        for mark in pieces[:3]:
            del self._numbers[mark]
        self._likelihoods = list(likelihoods)
        self._longest = max(map(len, self._numbers))
        self._worst = min(likelihoods) - UNKNOWN_COSTS

    def of(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a folded text, between the marks of its beginning and its end."""
        spelled = BLANK + BLANK.join(text.split())
        cuts = self._cuts(spelled)
        found, place = [self.end], len(spelled)
        while place:
            place, number = cuts[place]
            found.append(number)
        return [self.begin, *reversed(found)]

    def _cuts(self, spelled: str) -> list[tuple[int, int]]:
        """Return for each place where the last piece before it begins on the likeliest way, and its number."""
        size, numbers, likelihoods = len(spelled), self._numbers, self._likelihoods
        best = [float("-inf")] * (size + 1)
        best[0] = 0.0
        cuts = [(0, self._unknown)] * (size + 1)
        for start in range(size):
            so_far = best[start]
            if so_far + self._worst > best[start + 1]:
                best[start + 1] = so_far + self._worst
                cuts[start + 1] = (start, self._unknown)
            for end in range(start + 1, min(size, start + self._longest) + 1):
                number = numbers.get(spelled[start:end])
                if number is not None and so_far + likelihoods[number] > best[end]:
                    best[end] = so_far + likelihoods[number]
                    cuts[end] = (start, number)
        return cuts
