"""The form of the page /complaints/new: fields as a browser sends them, put into the shape that the API takes."""

import re
import secrets
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from pydantic import ValidationError
from wtforms import SelectMultipleField, StringField

from domain.lender_names import LenderSuggestion
from domain.store.complaints import Filing
from webapp import language
from webapp.forms.body import FilingBody
from webapp.forms.words import refusals, words_for
from webapp.services import services

# The answer to "which lender do you mean?" that keeps the name as it was typed.
AS_TYPED = "-"
DATE_PARTS = ("year", "month", "day")
FORM_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


class FilingForm(FlaskForm):  # type: ignore[misc]
    """A filing; after `validate()`, `filing()` is what to keep and `suggestions` the lenders that may be meant."""

    key = StringField()
    lender = StringField()
    # For which typed name the choice below was made: after a change of the name it no longer holds.
    lender_asked = StringField()
    lender_choice = StringField()
    tactics = SelectMultipleField(choices=[], validate_choice=False)
    narrative = StringField()
    year = StringField()
    month = StringField()
    day = StringField()
    region = StringField()
    product = StringField()
    consent = StringField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.body: FilingBody | None = None
        self.suggestions: list[LenderSuggestion] = []
        if not FORM_KEY.fullmatch(self.key.data or ""):
            self.renew_key()

    def renew_key(self) -> None:
        """Make what is sent from here on another filing."""
        self.key.data = secrets.token_urlsafe(18)

    @property
    def is_stale(self) -> bool:
        """Whether the form's token is missing or another session's: the text is given back, not lost."""
        return "csrf_token" in self.errors

    @property
    def idempotency_key(self) -> str:
        """The key under which one filing of this form is kept, apart from those of the API."""
        return f"form:{self.key.data}"

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the token, then the fields by the rule that the API has too, then which lender is meant."""
        super().validate(extra_validators)
        for field in self:
            field.errors = list(field.errors)
            if field.name != "tactics" and len(field.raw_data or []) > 1:
                field.errors.append(words_for("given_twice"))
        if not self.errors or set(self.errors) == {"csrf_token"}:
            self._read_body()
            self._ask_for_lender()
        return not self.errors

    def filing(self) -> Filing:
        """Return what is to be kept; only after `validate()` returned True."""
        assert self.body is not None  # noqa: S101 (for the type checker)
        choice = self.lender_choice.data if self._choice_holds() else None
        return self.body.filing(services().reader, choice if choice != AS_TYPED else None)

    def problems(self) -> list[tuple[str, str]]:
        """Return what was refused as (id of the field on the page, sentence)."""
        ids = {"tactics": "what", "month": "year", "day": "year"}
        refused = [field for field in self if field.errors and field.name != "csrf_token"]
        return [(ids.get(field.name, field.name), sentence) for field in refused for sentence in field.errors]

    def items(self) -> list[tuple[str, str]]:
        """Return everything typed as (name, value) pairs, for hidden fields: nothing is lost between two pages."""
        plain = [(field.name, field.data or "") for field in self if field.name not in ("csrf_token", "tactics")]
        return [*plain, *(("tactics", code) for code in self.tactics.data or ())]

    def _read_body(self) -> None:
        values: dict[str, Any] = {
            name: self[name].data or "" for name in ("lender", "narrative", "region", "product", "consent")
        }
        values |= {"tactics": self.tactics.data or [], "language": language.chosen(), "occurred_on": self._day()}
        codes = {tactic.code for tactic in services().tactics}
        try:
            self.body = FilingBody.model_validate(values, context={"tactics": codes})
        except ValidationError as error:
            for one in refusals(error):
                name = {"occurred_on": "year"}.get(one["field"], one["field"].split(".")[0])
                self[name].errors.append(_own_words(name, one))
            # The rule for both fields together is not reached while another field is wrong: say everything at once.
            if not (self.narrative.errors or self.tactics.errors or self.tactics.data or values["narrative"].strip()):
                self.narrative.errors.append(words_for("nothing_told"))

    def _day(self) -> str:
        parts = [(self[name].data or "").strip() for name in DATE_PARTS]
        if not any(parts):
            return ""
        # Full-width digits come from a Chinese keyboard; int() reads them, a pattern for digits may not.
        digits = [str(int(part)) if part.isdecimal() and len(part) <= 4 else part[:8] for part in parts]
        return f"{digits[0]:0>4}-{digits[1]:0>2}-{digits[2]:0>2}"

    def _ask_for_lender(self) -> None:
        if self.lender.errors or not self.lender.data:
            return
        reader = services().reader
        if reader.resolve_lender(self.lender.data.strip()):
            return
        self.suggestions = reader.suggest_lenders(self.lender.data)
        if self.suggestions and not self._choice_holds():
            self.lender_choice.data = ""
            self.lender_choice.errors.append(_("Choose which lender you mean, or keep the name as you typed it."))

    def _choice_holds(self) -> bool:
        choices = {suggestion.slug for suggestion in self.suggestions} | {AS_TYPED}
        return self.lender_asked.data == self.lender.data and self.lender_choice.data in choices


def _own_words(name: str, refusal: dict[str, str]) -> str:
    if refusal["code"] in ("missing", "unknown_choice"):
        if name == "lender":
            return str(_("Write the name of the lender or the app."))
        if name == "consent":
            return str(_("Choose what may be published."))
    return refusal["detail"]
