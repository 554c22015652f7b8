"""What a reader types into the search box → a tree of what must, may and must not be there. Pure, and never fails
but for length.

    上门催收            the phrase, exactly          微众银行 上门      both (space, AND)
    "debt collection"   the words as they are, in order      debt collectors   both, in any English form
    上门 OR 堵门        either                       -征信, NOT 征信    not this one
    weba*               words that begin so          (甲 OR 乙) 丙      grouped; AND binds before OR

Whatever can't be looked for (punctuation, emoji, operators without operands, unbalanced quotes and parentheses) is
left out; where nothing is left, nothing is found, and never everything.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis import BREAK, Unit, clean_fold, is_word, printable, units
from indexer.errors import InvalidQuery

# A borrower pastes the message that frightened him: those have up to 300 characters. 1,000 is no search any more.
LONGEST_TERM = 1000
MOST_LEAVES = 64
DEEPEST_GROUP = 20


@dataclass(frozen=True)
class Leaf:
    """Units that stand next to each other. `exact`: words as they are; `prefix`: the last word only begins so."""

    units: tuple[str, ...]
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True)
class Both:
    """All of the parts."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True)
class Either:
    """At least one of the parts."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True)
class Without:
    """Whatever the part doesn't match."""

    part: "Wanted"


Wanted = Leaf | Both | Either | Without

_CLOSING = {'"': '"“”', "“": '"“”', "”": '"“”', "「": "」", "『": "』"}
_TOKEN = re.compile(
    r"\s+"
    r"|(?P<bracket>[()])"
    r'|(?P<quote>["“”「『])'
    r"|(?P<minus>(?<![^\s(])[-−]+(?=[^\s)]))"
    r'|(?P<word>[^\s()"“”「『]+)'
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def parse(search_term: str) -> Wanted | None:
    """Return the tree, or None when nothing in the term can be looked for.

    Raises InvalidQuery: `too_long` over 1,000 characters, `too_complex` over 64 parts or 20 levels of parentheses.
    """
    if len(search_term) > LONGEST_TERM:
        raise InvalidQuery("too_long", str(len(search_term)))
    tokens = list(_tokens(unicodedata.normalize("NFKC", printable(search_term))))
    wanted = _Parser(tokens).whole()
    if wanted is not None and sum(1 for _ in leaves(wanted)) > MOST_LEAVES:
        raise InvalidQuery("too_complex")
    return wanted


def leaves(wanted: Wanted) -> Iterator[Leaf]:
    """Yield every leaf, those under a NOT too."""
    if isinstance(wanted, Leaf):
        yield wanted
    else:
        for part in [wanted.part] if isinstance(wanted, Without) else wanted.parts:
            yield from leaves(part)


def positive(wanted: Wanted) -> Wanted | None:
    """Return the tree without what is under a NOT: what can weigh, and what can be highlighted."""
    if isinstance(wanted, Leaf):
        return wanted
    if isinstance(wanted, Without):
        return None
    return _joined(type(wanted), [positive(part) for part in wanted.parts])


# A token is a bracket, an operator, or what can be looked for (None where nothing in it can).
_Token = str | Wanted | None


def _tokens(term: str) -> Iterator[_Token]:
    at = 0
    while at < len(term):
        match = _TOKEN.match(term, at)
        if match is None:
            at += 1
            continue
        kind, text, at = match.lastgroup, match.group(), match.end()
        if kind == "quote":
            end = next((i for i in range(at, len(term)) if term[i] in _CLOSING[text]), None)
            if end is not None:
                yield _phrase(term[at:end])
                at = end + 1
        elif kind == "minus":
            yield "NOT"
        elif kind == "bracket" or text in _OPERATORS:
            yield text
        elif kind == "word":
            yield _words(text)


def _phrase(text: str) -> Wanted | None:
    found = tuple(unit.text for unit in units(clean_fold(text)))
    return Leaf(found, exact=True) if found else None


def _words(text: str) -> Wanted | None:
    segments: list[list[Unit]] = [[]]
    for unit in units(clean_fold(text)):
        if unit.text == BREAK:
            segments.append([])
        else:
            segments[-1].append(unit)
    found = [Leaf(tuple(unit.text for unit in segment)) for segment in segments if segment]
    if found and text.endswith("*") and is_word(found[-1].units[-1]):
        found[-1] = Leaf(found[-1].units, prefix=True)
    return _joined(Both, found)


def _joined(kind: type[Both] | type[Either], parts: "list[Wanted] | list[Wanted | None] | list[Leaf]") -> Wanted | None:
    flat: list[Wanted] = []
    for part in parts:
        if part is not None:
            flat += part.parts if isinstance(part, kind) else (part,)
    return kind(tuple(dict.fromkeys(flat))) if len(set(flat)) > 1 else (flat[0] if flat else None)


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> Wanted | None:
        parts = [self.either()]
        while self.at < len(self.tokens):  # a closing bracket that nothing opened
            self.at += 1
            parts.append(self.either())
        return _joined(Both, parts)

    def either(self) -> Wanted | None:
        parts = [self.both()]
        while self.next_is("OR"):
            self.at += 1
            parts.append(self.both())
        return _joined(Either, parts)

    def both(self) -> Wanted | None:
        parts: list[Wanted | None] = []
        while self.at < len(self.tokens) and not self.next_is("OR", ")"):
            if self.next_is("AND"):
                self.at += 1
            else:
                parts.append(self.single())
        return _joined(Both, parts)

    def single(self) -> Wanted | None:
        refused = False
        while self.next_is("NOT"):
            self.at, refused = self.at + 1, not refused
        if self.at == len(self.tokens) or self.next_is("AND", "OR", ")"):
            return None
        token = self.tokens[self.at]
        self.at += 1
        found = self.group() if token == "(" else token  # noqa: S105
        assert not isinstance(found, str)  # noqa: S101
        return Without(found) if refused and found is not None else found

    def group(self) -> Wanted | None:
        self.depth += 1
        if self.depth > DEEPEST_GROUP:
            raise InvalidQuery("too_complex")
        found = self.either()
        self.at += 1  # the closing bracket, or the end
        self.depth -= 1
        return found

    def next_is(self, *texts: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in texts
