"""What a reading says, as finds with their passages: lenders, tactics, threats and what became of them, masks.

Offsets are code points of the public text; those named `original_…` are in the text as it was given.
"""

from dataclasses import dataclass, field

from domain.language import LanguagePassage, passages_of


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
    original_start: int = 0
    original_end: int = 0
    operators: tuple[str, ...] = ()  # whose product it is; see `Reading.subjects`


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
    original_start: int = 0
    original_end: int = 0


# Of the outcomes of several threats, what happened says more than what did not, and that more than what may yet come.
WEIGHTIEST = ("happened", "not_happened", "not_yet", "unknown")


@dataclass(frozen=True)
class Told:
    """The words at [start, end) of the public text that tell what became of a threat, code points."""

    start: int
    end: int
    quote: str
    confidence: float
    reason: str
    original_start: int = 0
    original_end: int = 0


@dataclass(frozen=True)
class ThreatFind:
    """A threat of the tactic `code` in the public text at [start, end), and what the text says became of it.

    `outcome` is happened, not_happened, not_yet or unknown, and empty, as `told` is None, where the text says nothing.
    """

    code: str
    start: int
    end: int
    quote: str
    outcome: str = ""
    told: Told | None = None
    original_start: int = 0
    original_end: int = 0


@dataclass(frozen=True)
class Mask:
    """A piece of private data: where the mask stands in the public text, and where the value stood in the original."""

    type: str
    start: int
    end: int
    original_start: int
    original_end: int
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Gap:
    """A word that the source lost, at `position` of the public text, with a guess that is never filled in."""

    position: int
    guess: str
    confidence: float
    original_position: int = 0


@dataclass(frozen=True)
class Reading:
    """The reading of one text. `public_text` is repaired and masked.

    Offsets are code points in it; those named `original_…` are in the text as it was given.
    """

    public_text: str
    language: str  # zh-Hans | zh-Hant | en
    lenders: list[LenderFind] = field(default_factory=list)
    tactics: list[TacticFind] = field(default_factory=list)
    masks: list[Mask] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    relevant: bool = True
    speaker: str = "borrower"
    threats: list[ThreatFind] = field(default_factory=list)

    @property
    def threat_outcome(self) -> ThreatFind | None:
        """Of the threats of which the text says what became of them, the one of which it says most."""
        told = [threat for threat in self.threats if threat.outcome]
        return min(told, key=lambda threat: WEIGHTIEST.index(threat.outcome), default=None)

    @property
    def passages(self) -> list[LanguagePassage]:
        """The passages of the public text by language and script."""
        return passages_of(self.public_text)

    @property
    def subjects(self) -> set[str]:
        """The slugs of the lenders that the text is about; a product is left to its operator where both are named."""
        named = {find.slug: find for find in self.lenders if find.role == "subject"}
        return {slug for slug, find in named.items() if not named.keys() & set(find.operators)}
