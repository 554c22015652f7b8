"""Fields as a browser sends them → answers as they lie in a draft → values as the rules take them. Pure."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.forms.rules import plain
from webapp.forms.steps import BORROWER, DATE, MOST_ROWS, Rows, Step

Answers = dict[str, Any]
# What one answer may hold in a draft, whatever the rules say of it: it is given back as it was typed.
LONGEST_KEPT = 400_000
# “I’d rather not say” is a choice of its own on the page, and none to the rules.
UNSAID = "unsaid"


def answers_in(form: MultiDict[str, str], step: Step) -> Answers:
    """Return what was typed on a page, as it was typed; nothing for a form that does not hold the page's fields."""
    if form.get("page") != step.name:
        return {}
    answers: Answers = {name: form[name][:LONGEST_KEPT] for name in step.singles if name in form}
    answers |= {name: form.getlist(name)[:200] for name in step.lists}
    return answers | {rows.name: _rows_in(form, rows) for rows in step.rows}


def given_twice(form: MultiDict[str, str], step: Step) -> list[str]:
    """Return the fields of one value that came with two: which of them was meant nobody can tell."""
    names = [*step.singles, "csrf_token", "carried"]
    for rows in step.rows:
        names += [f"{rows.name}-{number}-{name}" for number in range(MOST_ROWS) for name in rows.singles]
    return [name for name in names if len(form.getlist(name)) > 1]


def without_empty_rows(answers: Answers, step: Step) -> Answers:
    """Return the answers without rows in which nothing was filled in."""
    for rows in step.rows:
        empty = {number for number, row in enumerate(answers.get(rows.name, [])) if not any(row.values())}
        answers = without_rows(answers, rows.name, empty)
    return answers


def without_rows(answers: Answers, name: str, numbers: set[int]) -> Answers:
    """Return the answers without some rows (counted from 0); messages stay with the events that they belong to."""
    rows = answers.get(name, [])
    answers = answers | {name: [row for number, row in enumerate(rows) if number not in numbers]}
    if name != "events" or not numbers:
        return answers
    left = [number for number in range(len(rows)) if number not in numbers]
    moved = {str(old + 1): str(new + 1) for new, old in enumerate(left)}
    scripts = [row | {"event": moved.get(row.get("event", ""), "")} for row in answers.get("scripts", [])]
    return answers | {"scripts": scripts}


def values_of(answers: Answers, step: Step) -> dict[str, Any]:
    """Return the values of a page's fields as FilingBody names them."""
    make = {
        "lender": _lender, "loan": _loan, "events": _events, "words": _words, "threats": _threats,
        "received": _received, "check": _check, "writer": _writer,
    }.get(step.name)  # fmt: skip
    if make is not None:
        return make(answers)
    names = (*step.singles, *(name for name in step.lists if name != "tactics_offered"))
    return {name: answers.get(name, [] if name in step.lists else "") for name in names}


def day_of(row: Mapping[str, Any]) -> str:
    """Return year, month and day as YYYY-MM-DD, empty for none; what is no day is left to the rule to refuse."""
    parts = [str(row.get(name) or "").strip() for name in DATE]
    if not any(parts):
        return ""
    # Full-width digits come from a Chinese keyboard; int() reads them, a pattern for digits may not.
    digits = [str(int(part)) if part.isdecimal() and len(part) <= 4 else part[:8] for part in parts]
    return f"{digits[0]:0>4}-{digits[1]:0>2}-{digits[2]:0>2}"


def _rows_in(form: MultiDict[str, str], rows: Rows) -> list[dict[str, Any]]:
    found = []
    for number in range(MOST_ROWS):
        prefix = f"{rows.name}-{number}-"
        if not any(f"{prefix}{name}" in form for name in rows.singles + rows.lists):
            continue
        row: dict[str, Any] = {name: form.get(prefix + name, "")[:LONGEST_KEPT] for name in rows.singles}
        found.append(row | {name: form.getlist(prefix + name)[:20] for name in rows.lists})
    return found


def _writer(answers: Answers) -> dict[str, Any]:
    return {"written_by": answers.get("written_by", "")}


def _lender(answers: Answers) -> dict[str, Any]:
    return {name: answers.get(name, "") for name in ("lender", "collector")}


def _loan(answers: Answers) -> dict[str, Any]:
    values = {name: answers.get(name, "") for name in ("product", "overdue", "amount")}
    return {name: "" if value == UNSAID else value for name, value in values.items()}


def _event(row: Mapping[str, Any], scripts: list[str]) -> dict[str, Any]:
    time = str(row.get("time") or "").strip().replace("：", ":").replace(".", ":")
    return {
        "occurred_on": day_of(row), "occurred_at": "".join(str(int(c)) if c.isdecimal() else c for c in time),
        "about": row.get("about", ""), "channel": row.get("channel", ""), "contacted": row.get("contacted", []),
        "scripts": scripts,
    }  # fmt: skip


def _events(answers: Answers) -> dict[str, Any]:
    rows = [row for row in answers.get("events", []) if any(row.values())]
    return {"events": [_event(row, _scripts(answers, number)) for number, row in enumerate(rows, start=1)]}


def _words(answers: Answers) -> dict[str, Any]:
    rows = [row for row in answers.get("events", []) if any(row.values())]
    numbers = {str(number) for number in range(1, len(rows) + 1)}
    alone = [row for row in answers.get("scripts", []) if row.get("event", "") not in numbers]
    return {"scripts": [row["text"] for row in alone if plain(row.get("text", ""))]}


def _scripts(answers: Answers, event: int) -> list[str]:
    rows = [row for row in answers.get("scripts", []) if row.get("event") == str(event)]
    return [row["text"] for row in rows if plain(row.get("text", ""))]


def _threats(answers: Answers) -> dict[str, Any]:
    rows = [row for row in answers.get("threats", []) if any(row.values())]
    return {
        "threats": [
            {"kind": row.get("kind", ""), "announced_for": day_of(row), "outcome": row.get("outcome", "")}
            for row in rows
        ]
    }


def _received(answers: Answers) -> dict[str, Any]:
    """A relative's one page: what was received is one event, and the one who was contacted is the one who writes."""
    values: dict[str, Any] = {"narrative": answers.get("narrative", ""), "scripts": [], "events": []}
    scripts = [row["text"] for row in answers.get("scripts", [])[:1] if plain(row.get("text", ""))]
    first: dict[str, Any] = next(iter(answers.get("events", [])), {})
    row = {name: first.get(name, "") for name in (*DATE, "time", "about", "channel")}
    writer = answers.get("written_by", BORROWER)
    if any(row.values()):
        values["events"] = [_event(row | {"contacted": [writer]}, scripts)]
    else:
        values["scripts"] = scripts
    return values


def _check(answers: Answers) -> dict[str, Any]:
    lines = [plain(line) for line in str(answers.get("more_masks", "")).replace("\r", "\n").split("\n")]
    return {"more_masks": list(dict.fromkeys(line for line in lines if line))}
