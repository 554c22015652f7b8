"""A whole filing as it is sent over the API, and as the pages send it at the end."""

from __future__ import annotations

from pydantic import model_validator

from domain.reading import Reader
from domain.store.intake.complaints import Filing
from webapp.forms import parts, rules
from webapp.shell.language import CATALOGUES


class FilingBody(
    parts.MasksPart,
    parts.ConsentPart,
    parts.PlacePart,
    parts.ThreatsPart,
    parts.TacticsPart,
    parts.ScriptsPart,
    parts.EventsPart,
    parts.StoryPart,
    parts.LoanPart,
    parts.LenderPart,
    parts.WriterPart,
):
    """A filing as it is sent. Validate with `context={"tactics": the codes of the taxonomy}`."""

    language: parts.one_of(tuple(CATALOGUES)) = "zh-Hans"  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _tells_something(self) -> FilingBody:
        if not self.tactics and not self.narrative:
            raise rules.refusal("nothing_told")
        return self

    def filing(self, reader: Reader, lender: str | None = None, asked: str = "") -> Filing:
        """Return what is to be kept. `lender` is the slug that the borrower chose, else the name is looked up.

        `asked` is what was sent besides the name when the page asked which lender is meant.
        """
        return Filing(
            lender=lender or reader.resolve_lender(self.lender) or self.lender,
            narrative=self.narrative,
            tactics=tuple(dict.fromkeys(self.tactics)),
            consent=self.consent,
            occurred_on=self.occurred_on,
            region=self.region,
            product=self.product,
            scripts=tuple(self.scripts),
            threats=tuple(threat.threat() for threat in self.threats),
            contact=self.contact,
            language=self.language,
            collector=reader.resolve_lender(self.collector) or self.collector,
            written_by=self.written_by,
            events=tuple(event.event() for event in self.events),
            overdue=self.overdue,
            amount=self.amount,
            wants=tuple(dict.fromkeys(self.wants)),
            more_masks=tuple(dict.fromkeys(self.more_masks)),
            # NUL is in no name, so no name and choice look like another name.
            lender_sent=f"{self.lender}\0{asked}" if asked else self.lender,
            collector_sent=self.collector,
        )
