"""Two tabs on one draft: each page names the answers that it was made from, so that none is replaced unseen."""

import hashlib
import json
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from domain.filings.drafts import Draft
from domain.regions import regions
from webapp import words
from webapp.filing.plain_tactics import plain_name
from webapp.filing.previews import place_name
from webapp.forms.answers import Answers, answers_in
from webapp.forms.steps import CHECK, DATE, Step
from webapp.shell.services import services

# The name of the hidden field.
FIELD = "shown"
# What a page says of itself, and nobody typed.
_OWN = frozenset({"website", "tactics_offered", "lender_asked", "files_lost", "files_refused"})
_WORDS: dict[str, dict[str, Any]] = {
    "written_by": words.WRITERS, "channel": words.CHANNELS, "contacted": words.CONTACTED, "kind": words.THREAT_KINDS,
    "outcome": words.OUTCOMES, "overdue": words.OVERDUE_BANDS, "amount": words.AMOUNT_BANDS, "wants": words.WANTS,
    "consent": {"publish": _l("The text and the figures"), "figures": _l("The figures only"), "private": _l("Nothing")},
}  # fmt: skip


def fingerprint(answers: Answers, step: Step) -> str:
    """Return what tells whether the answers of a page are still the same; those of the check are all there are."""
    told = json.dumps(_in_order(_told(answers, step)), sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_outdated(kept: Draft, step: Step) -> bool:
    """Tell whether the page that was sent was made before another tab changed what it shows."""
    shown = request.form.get(FIELD, "")
    return bool(shown) and request.form.get("page") == step.name and shown != fingerprint(kept.answers, step)


def differs(kept: Draft, step: Step) -> bool:
    """Tell whether this tab and another said different things on the same page, both unlike what was there before."""
    sent = fingerprint(answers_in(request.form, step), step)
    return sent not in (request.form.get(FIELD), fingerprint(kept.answers, step))


def with_masks_of_both(kept: Draft) -> Draft:
    """Return the draft with the words to be masked that either tab has: one too many harms nobody."""
    lines = [*_lines(str(kept.answers.get("more_masks", ""))), *_lines(request.form.get("more_masks", ""))]
    return kept.with_answers({"more_masks": "\n".join(dict.fromkeys(lines))})


def other_answers(kept: Draft, step: Step) -> list[str]:
    """Return what another tab sent on a page, an answer or a row of answers each, in words."""
    told = _told(kept.answers, step)
    of_rows = {rows.name for rows in step.rows}
    found = [_in_words(name, value) for name, value in told.items() if name not in of_rows]
    found += [_row_in_words(row) for name in of_rows for row in told.get(name, [])]
    return [text for text in found if text.strip()]


def _told(answers: Answers, step: Step) -> Answers:
    if step is CHECK:
        return {name: value for name, value in answers.items() if name not in _OWN and value}
    told = {name: answers[name] for name in (*step.singles, *step.lists) if name not in _OWN and answers.get(name)}
    for rows in step.rows:
        filled = [{name: value for name, value in row.items() if value} for row in answers.get(rows.name, [])]
        told[rows.name] = [row for row in filled if row]
    return told


def _in_order(value: Any) -> Any:
    """Return the same with ticks in one order: a page sends them in its own."""
    if isinstance(value, dict):
        return {name: _in_order(part) for name, part in value.items()}
    if isinstance(value, list):
        return sorted(value) if all(isinstance(one, str) for one in value) else [_in_order(one) for one in value]
    return value


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _row_in_words(row: dict[str, Any]) -> str:
    day = "-".join(str(row.get(name, "")) for name in DATE if row.get(name))
    return ", ".join(filter(None, [day, *(_in_words(name, value) for name, value in row.items() if name not in DATE)]))


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(name, one) for one in value)
    if name == "tactics":
        return next((plain_name(tactic) for tactic in services().tactics if tactic.code == value), "")
    if name == "region":
        return place_name(value) if value in regions() else ""
    if name in _WORDS:
        return str(_WORDS[name].get(value, ""))
    return str(value)
