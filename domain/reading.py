"""What a text says, taken together: lenders, tactics and private data, each find with its passage and its reason."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LenderFind:
    """A lender named in the public text at [start, end), code points."""

    slug: str
    role: str  # subject | background
    start: int
    end: int
    surface: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class TacticFind:
    """A tactic spoken of in the public text at [start, end), code points, and how it is asserted."""

    code: str
    assertion: str
    start: int
    end: int
    quote: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Mask:
    """A piece of private data: where the mask stands in the public text, and where the value stood in the original."""

    type: str
    start: int
    end: int
    original_start: int
    original_end: int
    reason: str


@dataclass(frozen=True)
class Gap:
    """A word that the source lost, at `position` of the public text, with a guess that is never filled in."""

    position: int
    guess: str
    confidence: float


@dataclass(frozen=True)
class Reading:
    """The reading of one text. `public_text` is repaired and masked; every offset but the masks' originals is in it."""

    public_text: str
    language: str  # zh-Hans | zh-Hant | en
    lenders: list[LenderFind] = field(default_factory=list)
    tactics: list[TacticFind] = field(default_factory=list)
    masks: list[Mask] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    relevant: bool = True
