"""The tactics that the site tells apart, and the page of each."""

from typing import Any

from flask import Blueprint, abort, render_template

from domain.models import Tactic
from domain.tactics import taxonomy_document
from webapp.published.standing import standing
from webapp.searching.vocabularies import tactics_by_code
from webapp.shell.language import chosen
from webapp.shell.services import services

blueprint = Blueprint("tactics", __name__)


@blueprint.get("/tactics")
def tactics() -> str:
    """List the tactics by group."""
    groups: dict[str, list[Tactic]] = {}
    for found in services().tactics:
        groups.setdefault(found.group_code, []).append(found)
    return render_template("tactics/tactics.html", groups=groups)


@blueprint.get("/tactics/<code>")
def tactic(code: str) -> str:
    """Show one tactic: what it is, what it is not, and what is published about it."""
    found = tactics_by_code().get(code)
    if found is None:
        abort(404)
    return render_template(
        "tactics/tactic.html", tactic=found, notes=notes(code), standing=standing("tactic", code, "lender")
    )


def notes(code: str) -> dict[str, Any]:
    """Return from the taxonomy what a tactic is told apart from, and how people put it.

    `apart` are (tactic or None, words): where the taxonomy names another tactic, that one's name leads to it.
    """
    row = next(row for row in taxonomy_document()["tactics"] if row["code"] == code)
    known = tactics_by_code()
    apart = []
    for line in row.get("not_this", ()):
        head, _, rest = str(line).partition(":")
        apart.append((known.get(head), rest.strip() if head in known else line))
    # The remarks are in English only; in Chinese the other tactic's own definition says the difference.
    if chosen() != "en":
        apart = [(other, "") for other, _ in apart if other is not None]
    return {"apart": apart, "phrases": row.get("phrases_zh", ())[:8] if chosen() != "en" else ()}
