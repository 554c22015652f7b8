"""What a filing must be: the one rule that the page and the API go by."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from domain.models import CONSENTS, OUTCOMES
from domain.reading import Reader
from domain.store.complaints import Filing, Threat
from webapp.forms import rules
from webapp.language import CATALOGUES

# A narrative as long as a short story; the longest of those that people post on forums have 6,000 characters.
LONGEST_NARRATIVE = 20_000
LONGEST_SCRIPT = 5_000
LONGEST_LENDER = 200
LONGEST_PRODUCT = 60
LONGEST_CONTACT = 300
MOST_SCRIPTS = MOST_THREATS = 20

Tactic = Annotated[str, BeforeValidator(rules.tactic)]
Consent = Annotated[str, BeforeValidator(partial(rules.one_of, choices=CONSENTS))]
Outcome = Annotated[str, BeforeValidator(partial(rules.one_of, choices=OUTCOMES))]
Language = Annotated[str, BeforeValidator(partial(rules.one_of, choices=tuple(CATALOGUES)))]
Day = Annotated[date | None, BeforeValidator(rules.day)]
DayAhead = Annotated[date | None, BeforeValidator(partial(rules.day, may_be_ahead=True))]
Region = Annotated[str | None, BeforeValidator(rules.region)]


def _text(longest: int, required: bool = False) -> Any:
    return Annotated[str, BeforeValidator(partial(rules.text, longest=longest, required=required))]


class ThreatBody(BaseModel):
    """What the collector announced, for when, and what became of it."""

    model_config = ConfigDict(extra="forbid")

    tactic: Tactic
    announced_for: DayAhead = None
    outcome: Outcome


class FilingBody(BaseModel):
    """A filing as it is sent. Validate with `context={"tactics": the codes of the taxonomy}`."""

    model_config = ConfigDict(extra="forbid")

    lender: _text(LONGEST_LENDER, required=True)  # type: ignore[valid-type]
    narrative: _text(LONGEST_NARRATIVE) = ""  # type: ignore[valid-type]
    tactics: list[Tactic] = Field(default=[], max_length=100)
    consent: Consent
    occurred_on: Day = None
    region: Region = None
    product: _text(LONGEST_PRODUCT) = ""  # type: ignore[valid-type]
    scripts: list[_text(LONGEST_SCRIPT, required=True)] = Field(default=[], max_length=MOST_SCRIPTS)  # type: ignore[valid-type]
    threats: list[ThreatBody] = Field(default=[], max_length=MOST_THREATS)
    contact: _text(LONGEST_CONTACT) = ""  # type: ignore[valid-type]
    language: Language = "zh-Hans"

    @model_validator(mode="after")
    def _tells_something(self) -> FilingBody:
        if not self.tactics and not self.narrative:
            raise rules.refusal("nothing_told")
        return self

    def filing(self, reader: Reader, lender: str | None = None) -> Filing:
        """Return what is to be kept. `lender` is the slug that the borrower chose, else the name is looked up."""
        return Filing(
            lender=lender or reader.resolve_lender(self.lender) or self.lender,
            narrative=self.narrative,
            tactics=tuple(dict.fromkeys(self.tactics)),
            consent=self.consent,
            occurred_on=self.occurred_on,
            region=self.region,
            # It is published as it stands beside the narrative, so what is private in it goes at once.
            product=reader.read(self.product, kind="complaint").public_text if self.product else "",
            scripts=tuple(self.scripts),
            threats=tuple(Threat(threat.tactic, threat.announced_for, threat.outcome) for threat in self.threats),
            contact=self.contact,
            language=self.language,
        )
