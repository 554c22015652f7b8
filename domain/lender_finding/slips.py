"""How many slips lie between two words: a character changed, added, left out, or two exchanged."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trace:
    """The characters of a word and the pairs of them, by which words with few slips are told quickly from the rest."""

    characters: frozenset[str]
    pairs: frozenset[str]

    def may_slip_to(self, name: "Trace", allowed: int) -> bool:
        """Rule out quickly: a slip costs one character and three pairs at most."""
        return len(self.characters - name.characters) <= allowed and len(self.pairs - name.pairs) <= 3 * allowed


def trace_of(word: str) -> Trace:
    """Return the trace of a word."""
    return Trace(frozenset(word), frozenset(word[at : at + 2] for at in range(len(word) - 1)))


def slips_in_beginning(typed: str, name: str, allowed: int) -> int:
    """Return the slips, 1 to `allowed`, between what was typed and a name or its beginning; 0 where there are more.

    Where nothing is wrong the answer is 1 as well: there is nothing to be told apart. Optimal string alignment, worked
    out only where the two can still meet.
    """
    many = allowed + 1
    width = len(typed) + allowed
    name = name[:width]
    earlier: list[int] = []
    before = [min(at, many) for at in range(len(name) + 1)]
    for at, character in enumerate(typed, 1):
        low, high = max(1, at - allowed), min(len(name), at + allowed)
        row = [many] * (len(name) + 1)
        if at <= allowed:
            row[0] = at
        for place in range(low, high + 1):
            against = name[place - 1]
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (character != against))
            if at > 1 and place > 1 and character == name[place - 2] and typed[at - 2] == against:
                cost = min(cost, earlier[place - 2] + 1)
            row[place] = cost
        if min(row) > allowed:
            return 0
        earlier, before = before, row
    fewest = min(before[max(1, len(typed) - allowed) :], default=many)
    return 0 if fewest > allowed else max(1, fewest)
