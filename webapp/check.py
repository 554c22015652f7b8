"""Checking a message: what a collector's message announces and what that is called here. Nothing is kept."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from pydantic_core import PydanticCustomError

from domain.models import Tactic
from domain.readings import Reading
from webapp.forms import rules
from webapp.forms.words import words_for
from webapp.shell.routes import takes
from webapp.shell.security import never_store
from webapp.shell.services import services

blueprint = Blueprint("check", __name__)
# It changes nothing and keeps nothing, so another site's form could do no harm here.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]
LONGEST_MESSAGE = 5_000
# 没有人会上门 speaks of a visit and announces none.
NOT_SAID = frozenset({"denial"})
# 已到您小区门口 reads like a visit that took place, but a message shows no visit: these codes are shown as one claim.
VISITS = "visit"


# How an outcome is shown: as what the text says, for nobody here knows.
OUTCOMES: dict[str, Any] = {
    "happened": _l("The text says that it happened:"),
    "not_happened": _l("The text says that it did not happen:"),
    "not_yet": _l("The text says that it is still to come:"),
    "unknown": _l("The text says that this is not known:"),
}


@dataclass(frozen=True)
class Followed:
    """A threat of the message with what the message says became of it, in words, and the words that say so."""

    tactic: Tactic
    quote: str
    outcome: str
    told: str


@dataclass(frozen=True)
class Finding:
    """A tactic that the message speaks of, with the passages that say so."""

    tactic: Tactic
    quotes: list[str]


@blueprint.before_request
def keep_nothing() -> None:
    """Let no cache keep what is pasted."""
    never_store()


@blueprint.get("/check")
def ask() -> str:
    """Ask for the message."""
    return render_template("check/ask.html", message="", error="")


@blueprint.post("/check")
@takes("message")
def look() -> Response:
    """Show what the message speaks of; it is read in memory and forgotten with the answer."""
    given = request.form.getlist("message")
    try:
        message = rules.text(given[0] if given else "", LONGEST_MESSAGE, required=True)
        if len(given) > 1:
            raise rules.refusal("given_twice")
    except PydanticCustomError as refusal:
        page = render_template("check/ask.html", message="".join(given[:1]), error=words_for_error(refusal))
        return make_response(page, 400)
    reading = services().reader.read(message, kind="complaint", on_collection=True)
    found = findings_in(reading)
    return make_response(
        render_template(
            "check/look.html",
            message=message,
            visit_quotes=[
                quote for finding in found if finding.tactic.group_code == VISITS for quote in finding.quotes
            ],
            visit_tactics=[tactic for tactic in services().tactics if tactic.group_code == VISITS],
            others=[finding for finding in found if finding.tactic.group_code != VISITS],
            followed=followed_in(reading),
            outcomes=OUTCOMES,
            visit_told=tells_of_a_visit(reading),
        )
    )


def findings_in(reading: Reading) -> list[Finding]:
    """Return what the message speaks of, in the order of the taxonomy."""
    quotes: dict[str, list[str]] = {}
    for find in reading.tactics:
        if find.assertion not in NOT_SAID:
            quotes.setdefault(find.code, []).append(find.quote)
    return [Finding(tactic, quotes[tactic.code]) for tactic in services().tactics if tactic.code in quotes]


def followed_in(reading: Reading) -> list[Followed]:
    """Return the threats of which the message says what became of them, in its order."""
    tactics = {tactic.code: tactic for tactic in services().tactics}
    return [
        Followed(tactics[threat.code], threat.quote, threat.outcome, threat.told.quote)
        for threat in reading.threats
        if threat.told and threat.code in tactics
    ]


def tells_of_a_visit(reading: Reading) -> bool:
    """Whether who pasted it tells, in their own words, that somebody came."""
    made = ("visit_actual", "visit_intrusive")
    lived = [find for find in reading.tactics if find.code in made and find.assertion == "first_hand_claim"]
    return reading.speaker == "borrower" and bool(lived)


def words_for_error(refusal: PydanticCustomError) -> str:
    """Return the sentence for what was refused."""
    return words_for(refusal.type, refusal.context)
