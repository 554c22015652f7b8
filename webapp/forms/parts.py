"""The parts of a filing and what each must be: the one rule that the page and the API go by."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from domain.models import (
    AMOUNT_BANDS,
    ANNOUNCED_AS,
    CHANNELS,
    CONSENTS,
    CONTACTED,
    OUTCOMES,
    OVERDUE_BANDS,
    THREAT_KINDS,
    WANTS,
    WRITERS,
)
from domain.store.intake.complaints import Event, Threat
from webapp.forms import rules

# A narrative as long as a short story; the longest of those that people post on forums have 6,000 characters.
LONGEST_NARRATIVE = 20_000
LONGEST_SCRIPT = 5_000
LONGEST_LENDER = 200
LONGEST_PRODUCT = 60
LONGEST_CONTACT = 300
LONGEST_ABOUT = 100
LONGEST_MASK = 200
MOST_SCRIPTS = MOST_THREATS = MOST_EVENTS = 20
MOST_MASKS = 50


def one_of(choices: tuple[str, ...]) -> Any:
    """Return the type of a field that takes one of the choices."""
    return Annotated[str, BeforeValidator(partial(rules.one_of, choices=choices))]


def maybe_one_of(choices: tuple[str, ...]) -> Any:
    """Return the type of a field that takes one of the choices or nothing."""
    return Annotated[str | None, BeforeValidator(partial(rules.maybe_one_of, choices=choices))]


def text(longest: int, required: bool = False) -> Any:
    """Return the type of a field for a text of at most `longest` characters."""
    return Annotated[str, BeforeValidator(partial(rules.text, longest=longest, required=required))]


Tactic = Annotated[str, BeforeValidator(rules.tactic)]
Lender = Annotated[str, BeforeValidator(partial(rules.lender, longest=LONGEST_LENDER))]
Day = Annotated[date | None, BeforeValidator(rules.day)]
DayAhead = Annotated[date | None, BeforeValidator(partial(rules.day, may_be_ahead=True))]
TimeOfDay = Annotated[str | None, BeforeValidator(rules.time_of_day)]
Region = Annotated[str | None, BeforeValidator(rules.region)]
Script = text(LONGEST_SCRIPT, required=True)
Mask = text(LONGEST_MASK, required=True)
Contacted, Want = one_of(CONTACTED), one_of(WANTS)


class Part(BaseModel):
    """A part of a filing: the page validates the parts one by one, the API all of them together."""

    model_config = ConfigDict(extra="forbid")


class ThreatBody(Part):
    """What the collector announced, for when, and what became of it. `tactic` or `kind` must be there."""

    tactic: Tactic | None = None
    kind: maybe_one_of(THREAT_KINDS) = None  # type: ignore[valid-type]
    announced_for: DayAhead = None
    outcome: one_of(OUTCOMES)  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _says_what(self) -> ThreatBody:
        if not self.tactic and not self.kind:
            raise rules.refusal("missing")
        return self

    def threat(self) -> Threat:
        """Return what is to be kept."""
        return Threat(self.tactic or ANNOUNCED_AS[self.kind], self.announced_for, self.outcome, self.kind or "")


class EventBody(Part):
    """One thing that happened; any part may be missing, but not all of them."""

    occurred_on: Day = None
    occurred_at: TimeOfDay = None
    about: text(LONGEST_ABOUT) = ""  # type: ignore[valid-type]
    channel: maybe_one_of(CHANNELS) = None  # type: ignore[valid-type]
    contacted: list[Contacted] = Field(default=[], max_length=len(CONTACTED))  # type: ignore[valid-type]
    scripts: list[Script] = Field(default=[], max_length=MOST_SCRIPTS)  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _says_something(self) -> EventBody:
        if not any(self.__dict__.values()):
            raise rules.refusal("nothing_in_it")
        return self

    def event(self) -> Event:
        """Return what is to be kept."""
        return Event(
            self.occurred_on, self.occurred_at, self.about, self.channel, tuple(dict.fromkeys(self.contacted)),
            tuple(self.scripts),
        )  # fmt: skip


class WriterPart(Part):
    """Who writes."""

    written_by: one_of(WRITERS) = "borrower"  # type: ignore[valid-type]


class LenderPart(Part):
    """Whom it is about; see rules.lender for who may leave it out."""

    lender: Lender = Field(default="", validate_default=True)
    collector: text(LONGEST_LENDER) = ""  # type: ignore[valid-type]


class LoanPart(Part):
    """What loan it is, and how long and how much is overdue, in bands."""

    product: text(LONGEST_PRODUCT) = ""  # type: ignore[valid-type]
    overdue: maybe_one_of(OVERDUE_BANDS) = None  # type: ignore[valid-type]
    amount: maybe_one_of(AMOUNT_BANDS) = None  # type: ignore[valid-type]


class StoryPart(Part):
    """What happened, in the writer's words."""

    narrative: text(LONGEST_NARRATIVE) = ""  # type: ignore[valid-type]


class EventsPart(Part):
    """What happened, one by one."""

    occurred_on: Day = None
    events: list[EventBody] = Field(default=[], max_length=MOST_EVENTS)


class ScriptsPart(Part):
    """The collector's messages that belong to no event."""

    scripts: list[Script] = Field(default=[], max_length=MOST_SCRIPTS)  # type: ignore[valid-type]


class TacticsPart(Part):
    """What the collectors did, by the codes of the taxonomy."""

    tactics: list[Tactic] = Field(default=[], max_length=100)


class ThreatsPart(Part):
    """What was announced."""

    threats: list[ThreatBody] = Field(default=[], max_length=MOST_THREATS)


class PlacePart(Part):
    """Where it happened, and what the writer wants."""

    region: Region = None
    wants: list[Want] = Field(default=[], max_length=len(WANTS))  # type: ignore[valid-type]


class ConsentPart(Part):
    """What may be published, and how the writer can be reached."""

    consent: one_of(CONSENTS)  # type: ignore[valid-type]
    contact: text(LONGEST_CONTACT) = ""  # type: ignore[valid-type]


class MasksPart(Part):
    """Words that the writer wants masked besides what the program finds."""

    more_masks: list[Mask] = Field(default=[], max_length=MOST_MASKS)  # type: ignore[valid-type]
