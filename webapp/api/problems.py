"""Errors of the API: problem documents after RFC 9457."""

from http import HTTPStatus
from typing import Any

from flask import Response, json

PROBLEM_TYPE = "application/problem+json"


def problem(status: int, detail: str = "", title: str = "", **members: Any) -> Response:
    """Return a problem document. `detail` says what to do; further members (`errors`, `parameter`) say where."""
    body = {"type": "about:blank", "title": title or HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    return Response(json.dumps(body | members, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)
