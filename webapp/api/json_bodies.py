"""JSON bodies read strictly: what could mean two things is refused, not guessed at."""

import json
from typing import Any

from flask import Request

from webapp.forms.rules import UNREADABLE

# No object of ours has more than 20 members, and no name of one more than 20 letters. What is over is refused as a
# whole: to name each of 80,000 members took three seconds and 9 MB, to find the one given twice minutes.
MOST_MEMBERS = 100
LONGEST_NAME = 100


class BadBody(Exception):
    """The body can't be read; `status` and the sentence say why."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def object_in(request: Request) -> dict[str, Any]:
    """Return the JSON object in a request. Raises BadBody for another type, broken JSON, a member given twice."""
    if not request.is_json:
        raise BadBody(415, "Send JSON with the header Content-Type: application/json.")
    try:
        body = json.loads(request.get_data().decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except BadBody:
        raise
    except (ValueError, RecursionError):
        raise BadBody(400, "The body is not valid JSON in UTF-8.") from None
    if not isinstance(body, dict):
        raise BadBody(400, "The body must be one JSON object.")
    return body


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_MEMBERS:
        raise BadBody(400, f"An object has {len(pairs)} members, and {MOST_MEMBERS} is the most.")
    for name, _ in pairs:
        if len(name) > LONGEST_NAME or UNREADABLE.search(name):
            raise BadBody(400, f"{json.dumps(name[:LONGEST_NAME])} is no name of a member.")
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadBody(400, f"The member {json.dumps(twice)} is given twice.")
    return members


def _no_constant(name: str) -> Any:
    raise BadBody(400, f"{name} is not JSON.")
