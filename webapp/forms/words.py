"""The sentence that a reader sees for each refusal: what is the matter, and what to do about it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import ValidationError

WORDS = {
    "missing": _l("This is needed."),
    "nothing_told": _l("Tick at least one thing that happened, or write what happened."),
    "not_text": _l("This must be text."),
    "unreadable_characters": _l(
        "The text holds characters that can’t be kept. Type it again, or paste it as plain text."
    ),
    "too_long": _l("This is too long: %(length)s characters, and %(longest)s is the most. Shorten it."),
    "not_a_day": _l("This is no day that the calendar has. Give it like 2026-11-22."),
    "not_a_time": _l("This is no time of day. Give it like 21:05, or leave it empty."),
    "nothing_in_it": _l("Fill in at least one of these, or leave this one out."),
    "in_the_future": _l("This day is still to come. Check the year, the month and the day."),
    "too_early": _l("This day is too long ago. Check the year."),
    "unknown_region": _l("This region is not in our list. Choose one from it, or leave it out."),
    "unknown_tactic": _l("This is not in the list of tactics."),
    "unknown_choice": _l("Choose one of: %(choices)s."),
    "unknown_field": _l("There is no such field."),
    "too_many": _l("There are too many of these."),
    "given_twice": _l("This was given twice. Give it once."),
    "wrong_type": _l("This has the wrong form."),
}
# What pydantic itself says, in our codes.
_OURS = {"missing": "missing", "extra_forbidden": "unknown_field", "too_long": "too_many"}


def words_for(code: str, context: dict[str, Any] | None = None) -> str:
    """Return the sentence for a code in the reader's language."""
    sentence = str(WORDS[code])
    return sentence % context if context else sentence


def refusals(error: ValidationError) -> list[dict[str, str]]:
    """Return [{field, code, detail}] of what was refused; `field` is a path such as `threats.0.tactic`."""
    found = []
    for one in error.errors(include_url=False, include_input=False):
        code = one["type"]
        context = one.get("ctx")
        if code not in WORDS or (code == "too_long" and "longest" not in (context or {})):
            code, context = _OURS.get(code, "wrong_type"), None
        path = ".".join(str(part) for part in one["loc"]) or ("narrative" if code == "nothing_told" else "")
        found.append({"field": path, "code": code, "detail": words_for(code, context)})
    return found
