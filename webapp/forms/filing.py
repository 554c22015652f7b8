"""A page of the flow as it is checked, and the whole filing made of the pages' answers."""

from typing import Any

from flask_babel import gettext as _
from flask_wtf.csrf import validate_csrf
from pydantic import BaseModel, ValidationError, create_model
from wtforms.validators import ValidationError as CsrfRefused

from domain.lender_finding.names import LenderSuggestion
from domain.store.intake.complaints import Filing
from webapp.forms import rules
from webapp.forms.answers import Answers, values_of
from webapp.forms.body import FilingBody
from webapp.forms.steps import BORROWER, LENDER, RECEIVED, STEPS, TACTICS, Step, steps_for
from webapp.forms.words import refusals, words_for
from webapp.shell import language
from webapp.shell.services import services

# The answer to "which lender do you mean?" that keeps the name as it was typed.
AS_TYPED = "-"
# One model of each page's parts, made once.
_MODELS: dict[str, type[BaseModel]] = {
    step.name: step.parts[0] if len(step.parts) == 1 else create_model(step.name, __base__=step.parts)
    for step in STEPS.values()
    if step.parts
}


class StepForm:
    """What was typed on one page; after `check()`, `errors` is {id of a field on the page: sentence}."""

    def __init__(self, step: Step, answers: Answers) -> None:
        self.step = step
        self.answers = answers
        self.errors: dict[str, str] = {}
        self.suggestions: list[LenderSuggestion] = []

    def check(self, twice: list[str] | None = None) -> bool:
        """Check the page by the rules that the API has too; `twice` are fields that came with two values."""
        self.errors = {name: words_for("given_twice") for name in twice or ()}
        if self.step.name in _MODELS:
            try:
                _MODELS[self.step.name].model_validate(
                    values_of(self.answers, self.step), context=context(self.answers)
                )
            except ValidationError as error:
                for one in refusals(error):
                    name = place_on_page(one["field"])
                    self.errors.setdefault(name, _own_words(name, one, self.step))
        self._ask_for_lender()
        self._ask_for_something()
        return not self.errors

    def problems(self) -> list[tuple[str, str]]:
        """Return what was refused as (id of the field on the page, sentence)."""
        return list(self.errors.items())

    def _ask_for_lender(self) -> None:
        typed = rules.plain(str(self.answers.get("lender", "")))
        if self.step is not LENDER or "lender" in self.errors or not typed:
            return
        self.suggestions = suggestions_for(self.answers)
        if self.suggestions and not choice_of(self.answers, self.suggestions):
            self.errors["lender_choice"] = _("Choose which lender you mean, or keep the name as you typed it.")

    def _ask_for_something(self) -> None:
        """The rule for narrative and tactics together is met on the later of the two pages."""
        told = rules.plain(str(self.answers.get("narrative", "")))
        if self.step is TACTICS and not told and not self.answers.get("tactics"):
            self.errors["tactics"] = words_for("nothing_told")
        if self.step is RECEIVED and not told:
            self.errors.setdefault("narrative", _("Write what you received, or what was said to you."))


def has_valid_token(token: str | None) -> bool:
    """Tell whether a form's token is this session's; a stale one gives the text back, it is not an error page."""
    try:
        validate_csrf(token)
    except CsrfRefused:
        return False
    return True


def suggestions_for(answers: Answers) -> list[LenderSuggestion]:
    """Return the lenders that may be meant by a name that names none of them exactly."""
    typed = rules.plain(str(answers.get("lender", "")))
    reader = services().reader
    if not typed or len(typed) > 200 or reader.resolve_lender(typed):
        return []
    return reader.suggest_lenders(typed)


def choice_of(answers: Answers, suggestions: list[LenderSuggestion]) -> str:
    """Return the slug that was chosen, AS_TYPED, or nothing: a choice made for another name does not hold."""
    choice = _sent_choice(answers)
    return choice if choice in {suggestion.slug for suggestion in suggestions} | {AS_TYPED} else ""


def _sent_choice(answers: Answers) -> str:
    """Return the choice that was made for this name, whether or not it is offered by now."""
    return str(answers.get("lender_choice", "")) if answers.get("lender_asked") == answers.get("lender") else ""


def whole_filing(answers: Answers, is_sent: bool = False) -> Filing:
    """Return what is to be kept. Raises Incomplete, which names the page where something is missing.

    One that is sent is not asked which lender is meant: the registry may have changed since that was settled, and since
    the same was sent before.
    """
    values: dict[str, Any] = {"language": language.chosen()}
    for step in steps_for(answers):
        form = StepForm(step, answers)
        if not form.check() and not (is_sent and set(form.errors) == {"lender_choice"}):
            raise Incomplete(step)
        values |= values_of(answers, step)
    body = FilingBody.model_validate(values, context=context(answers))
    choice = choice_of(answers, suggestions_for(answers))
    return body.filing(services().reader, choice if choice != AS_TYPED else None, _sent_choice(answers))


class Incomplete(Exception):
    """Something on an earlier page is missing or wrong."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.name)
        self.step = step


def context(answers: Answers) -> dict[str, Any]:
    """Return what the rules have to know besides the values."""
    writer = answers.get("written_by") or BORROWER
    return {"tactics": services().tactic_codes, "written_by": writer}


def place_on_page(path: str) -> str:
    """Return the id of the field on the page for a path of the rules: `events.0.occurred_on` → `events-0-year`."""
    names = {"occurred_on": "year", "announced_for": "year", "occurred_at": "time"}
    pieces = [names.get(piece, piece) for piece in path.split(".")]
    if pieces[0] in ("events", "threats", "scripts") and len(pieces) > 1:
        if pieces[0] == "scripts" and len(pieces) == 2:
            pieces.append("text")
        if len(pieces) == 2:
            pieces.append("year" if pieces[0] == "events" else "kind")
        return "-".join(pieces[:3])
    return pieces[0]


def _own_words(name: str, refusal: dict[str, str], step: Step) -> str:
    if refusal["code"] == "not_a_day":  # the page has a field for each part
        return str(_("The calendar has no such day. Fill in year, month and day, or leave all three empty."))
    if refusal["code"] not in ("missing", "unknown_choice"):
        return refusal["detail"]
    sentences = {
        "lender": _("Write the name of the lender or the app."),
        "consent": _("Choose what may be published."),
        "written_by": _("Choose who is writing."),
    }
    field = name.rpartition("-")[2]
    of_rows = {
        "kind": _("Choose what was announced."),
        "outcome": _("Choose whether it happened. “I don’t know” is an answer too."),
    }
    own = sentences.get(name) or of_rows.get(field)
    return own or (
        _("Choose one of the answers on this page.") if refusal["code"] == "unknown_choice" else refusal["detail"]
    )
