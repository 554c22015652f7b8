"""The query tree that both engines translate: engine-neutral, frozen, without any empty list of parts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Everything:
    """Every document."""


@dataclass(frozen=True)
class Nothing:
    """No document."""


@dataclass(frozen=True)
class Term:
    """Documents whose field has the token."""

    field: str
    value: str


@dataclass(frozen=True)
class OneOf:
    """Documents whose keyword field has at least one of the values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Documents whose field has two or more tokens next to each other; with `prefix` the last one only begins so."""

    field: str
    values: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Prefix:
    """Documents whose field has a token that begins so."""

    field: str
    value: str


@dataclass(frozen=True)
class Range:
    """Documents whose number is between both ends, which are included; None is no limit (never both)."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class All:
    """Documents that all parts match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class AtLeast:
    """Documents that so many of the parts match; once is OR."""

    times: int
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """Documents that the part doesn't match."""

    part: "Node"


Node = Everything | Nothing | Term | OneOf | Phrase | Prefix | Range | All | AtLeast | Not


def every(parts: "list[Node] | tuple[Node, ...]") -> Node:
    """Join parts by AND; no part is Everything."""
    kept = [part for part in parts if not isinstance(part, Everything)]
    if any(isinstance(part, Nothing) for part in kept):
        return Nothing()
    return kept[0] if len(kept) == 1 else All(tuple(kept)) if kept else Everything()


def either(parts: "list[Node] | tuple[Node, ...]") -> Node:
    """Join parts by OR; no part is Nothing."""
    kept = [part for part in parts if not isinstance(part, Nothing)]
    return kept[0] if len(kept) == 1 else AtLeast(1, tuple(kept)) if kept else Nothing()
