"""The forms of the receipt's pages. Each carries the receipt in a hidden field: in no address and in no cookie."""

import re
import secrets
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import FileStorage
from wtforms import StringField

from domain.models import CONSENTS, OUTCOMES
from domain.safekeeping.receipts import canonical_receipt
from webapp.forms import rules
from webapp.forms.parts import LONGEST_NARRATIVE
from webapp.forms.words import words_for

# Longer than any receipt with spaces and hyphens; what is longer is something else, and is not looked up.
LONGEST_RECEIPT = 200
LONGEST_LETTER = 5_000
FORM_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


class ReceiptForm(FlaskForm):  # type: ignore[misc]
    """A receipt as a person types it; spaces, case, width and look-alike letters don't matter."""

    receipt = StringField()

    @property
    def is_stale(self) -> bool:
        """Whether the form's token is missing or another session's."""
        return "csrf_token" in self.errors

    @property
    def typed(self) -> str:
        """What was typed, empty when it can be no receipt."""
        typed = self.receipt.data or ""
        return typed if len(typed) <= LONGEST_RECEIPT and canonical_receipt(typed) else ""

    def check(self) -> bool:
        """Tell whether the token holds, each field came once, and what the form asks for can be done."""
        self.validate()
        for field in self:
            field.errors = list(field.errors)
            if len(field.raw_data or []) > 1:
                field.errors.append(words_for("given_twice"))
        if not self.errors or self.is_stale:
            self.read()
        return not self.errors

    def read(self) -> None:
        """Check the fields beside the receipt; a subclass says how."""

    def refuse(self, field: str, sentence: str) -> None:
        """Put a sentence beside a field."""
        self[field].errors = [*self[field].errors, sentence]

    def text_in(self, field: str, longest: int) -> str:
        """Return a text as it is kept, and say beside its field what is the matter with it."""
        try:
            return rules.text(self[field].data, longest, required=True)
        except PydanticCustomError as error:
            sentence = (
                _("Write something here first.") if error.type == "missing" else words_for(error.type, error.context)
            )
            self.refuse(field, sentence)
            return ""


class LetterForm(ReceiptForm):
    """A letter to the moderators. `key` is new for each page, so that a reload sends nothing twice."""

    words = StringField()
    key = StringField()

    def read(self) -> None:
        """Check the letter."""
        self.words.data = self.text_in("words", LONGEST_LETTER) or self.words.data
        if not FORM_KEY.fullmatch(self.key.data or ""):
            self.key.data = new_key()


class OutcomeForm(ReceiptForm):
    """What became of one threat."""

    threat = StringField()
    outcome = StringField()

    def read(self) -> None:
        """Check the outcome."""
        if self.outcome.data not in OUTCOMES:
            self.refuse("outcome", _("Choose what became of it."))


class ConsentForm(ReceiptForm):
    """What may be published from now on."""

    consent = StringField()

    def read(self) -> None:
        """Check the consent."""
        if self.consent.data not in CONSENTS:
            self.refuse("consent", _("Choose what may be published."))


class CorrectionForm(ReceiptForm):
    """A new text in the place of the old one."""

    narrative = StringField()

    def read(self) -> None:
        """Check the text."""
        self.narrative.data = self.text_in("narrative", LONGEST_NARRATIVE) or self.narrative.data


class EvidenceForm(ReceiptForm):
    """Files to be added."""

    # Where sentences about the files stand; the files themselves come beside the fields, as `files`.
    added = StringField()

    @property
    def sent(self) -> list[FileStorage]:
        """The files that came; a browser sends an empty part where none was chosen."""
        return [file for file in request.files.getlist("files") if file.filename]

    def read(self) -> None:
        """Check that there is a file."""
        if not self.sent:
            self.refuse("added", _("Choose at least one file."))


def new_key() -> str:
    """Return a key for a form that must not be taken twice."""
    return secrets.token_urlsafe(18)


def errors_of(form: Any) -> list[tuple[str, str]]:
    """Return what was refused as (id of the field on the page, sentence)."""
    return [(field.name, str(sentence)) for field in form if field.name != "csrf_token" for sentence in field.errors]
