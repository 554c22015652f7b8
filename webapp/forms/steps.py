"""The pages of the flow: what each asks, in which order, and for whom."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from webapp.forms import parts
from webapp.forms.parts import Part

BORROWER = "borrower"
DATE = ("year", "month", "day")
# A person who has more to tell than this tells it in the story; the API takes more.
MOST_ROWS = 8


@dataclass(frozen=True)
class Rows:
    """A group of fields that is asked several times, as `events-0-channel`. `fixed` rows are always shown."""

    name: str
    singles: tuple[str, ...]
    lists: tuple[str, ...] = ()
    fixed: int = 0


@dataclass(frozen=True)
class Step:
    """One page. `singles` are fields with one value, `lists` with several; `parts` are the rules they go by."""

    name: str
    title: Any
    parts: tuple[type[Part], ...] = ()
    singles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    rows: tuple[Rows, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of all its fields, rows as `events-0-channel` for the first."""
        of_rows = tuple(f"{rows.name}-0-{name}" for rows in self.rows for name in rows.singles + rows.lists)
        return self.singles + self.lists + of_rows


EVENTS = Rows("events", (*DATE, "time", "about", "channel"), ("contacted",))
SCRIPTS = Rows("scripts", ("text", "event"))
THREATS = Rows("threats", ("kind", *DATE, "outcome"))

WRITER = Step("writer", _l("Who is writing"), (parts.WriterPart,), ("written_by", "website", "lender"))
LENDER = Step(
    "lender", _l("Lender"), (parts.LenderPart,), ("lender", "lender_asked", "lender_choice", "collector")
)  # fmt: skip
LOAN = Step("loan", _l("The loan"), (parts.LoanPart,), ("product", "overdue", "amount"))
STORY = Step("story", _l("What happened"), (parts.StoryPart,), ("narrative",))
EVENTS_STEP = Step("events", _l("One by one"), (parts.EventsPart,), rows=(EVENTS,))
SCRIPTS_STEP = Step("words", _l("Their words"), (parts.ScriptsPart,), rows=(SCRIPTS,))
TACTICS = Step("tactics", _l("What they did"), (parts.TacticsPart,), lists=("tactics", "tactics_offered"))
THREATS_STEP = Step("threats", _l("What they announced"), (parts.ThreatsPart,), rows=(THREATS,))
PLACE = Step("place", _l("Where, and what you want"), (parts.PlacePart,), ("region",), ("wants",))
CONSENT = Step("consent", _l("What may be published"), (parts.ConsentPart,), ("consent", "contact"))
EVIDENCE = Step("evidence", _l("Pictures, recordings, papers"))
CHECK = Step("check", _l("Check before you send"), (parts.MasksPart,), ("more_masks", "website"))
# For somebody whom collectors turned to about another's debt: what they received, how and when, on one page.
RECEIVED = Step(
    "received", _l("What you received"), (parts.StoryPart, parts.EventsPart, parts.ScriptsPart), ("narrative",),
    rows=(
        Rows("events", (*DATE, "time", "about", "channel"), fixed=1), Rows("scripts", ("text",), fixed=1),
    ),
)  # fmt: skip

LONG = (WRITER, LENDER, LOAN, STORY, EVENTS_STEP, SCRIPTS_STEP, TACTICS, THREATS_STEP, PLACE, CONSENT, EVIDENCE, CHECK)
SHORT = (WRITER, LENDER, RECEIVED, CONSENT, EVIDENCE, CHECK)
STEPS = {step.name: step for step in (*LONG, *SHORT)}


def steps_for(answers: dict[str, Any]) -> tuple[Step, ...]:
    """Return the pages for who writes: all of them for a borrower, a short form for the others."""
    return LONG if answers.get("written_by", BORROWER) == BORROWER else SHORT


def neighbour(answers: dict[str, Any], step: Step, by: int) -> Step:
    """Return the page `by` places on (or back, when negative); the first and the last have nothing beyond them."""
    steps = steps_for(answers)
    at = steps.index(step) if step in steps else 0
    return steps[min(max(at + by, 0), len(steps) - 1)]
