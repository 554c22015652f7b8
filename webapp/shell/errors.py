"""Errors as pages for people and as problem documents under /api: the one place where they become HTTP."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from domain.store import StoreUnavailable
from indexer.errors import SearchUnavailable
from webapp.api.problems import problem


@dataclass(frozen=True)
class Words:
    """What an error page says: what is the matter, and what to do next."""

    title: Any
    text: Any


WORDS = {
    400: Words(
        _l("We could not read that"),
        _l("Something in the address or the form is not as it should be. Go back, check it and try again."),
    ),
    403: Words(_l("This page is not open to you"), _l("You may need to sign in with an account that may see it.")),
    404: Words(
        _l("There is no such page"),
        _l("The address may be mistyped, or what stood here was withdrawn."),
    ),
    405: Words(_l("That can’t be done here"), _l("Go back to the page before and use the button there.")),
    413: Words(
        _l("That is too large"),
        _l("Nothing was kept. Go back: what you typed is still in the form. Shorten it and send it again."),
    ),
    415: Words(_l("We could not read that"), _l("The form was sent in a way that this page does not know.")),
    429: Words(_l("Too many requests"), _l("Wait a minute, then try again.")),
    500: Words(
        _l("Something went wrong on our side"),
        _l("It is not your fault. Try again in a few minutes; if you were filing a complaint, no receipt means that "
           "nothing was kept."),
    ),
    503: Words(
        _l("This does not work at the moment"),
        _l("Our store can’t be reached. Nothing was kept. Try again in a few minutes."),
    ),
}  # fmt: skip
SEARCH_DOWN = Words(
    _l("Searching does not work at the moment"),
    _l("The search index can’t be reached. Filing a complaint and looking up a receipt work all the same. "
       "Try the search again in a few minutes."),
)  # fmt: skip


# What a program can do about it, which is not what a person can.
FOR_PROGRAMS = {
    404: "Nothing is at this address; /api/v1/openapi.json describes what there is.",
    405: "Use a method that the header Allow names.",
    413: "The body may have 1,048,576 bytes at most. Nothing was kept.",
}
# A picture or two instead of a text; whoever sends more than this may well see the line break.
MOST_TO_READ = 16 * 1024 * 1024


def init_app(app: Flask) -> None:
    """Answer every error in the form that its asker reads."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(StoreUnavailable, store_down)
    app.register_error_handler(SearchUnavailable, _search_down)
    app.register_error_handler(Exception, _unforeseen)


def answer(status: int, words: Words | None = None, detail: str = "") -> Response:
    """Return the page, or under /api the problem document, for a status."""
    words = words or WORDS.get(status) or WORDS[500 if status >= 500 else 400]
    if request.path.startswith("/api/"):
        response = problem(status, detail or FOR_PROGRAMS.get(status) or str(words.text), title=str(words.title))
    else:
        response = make_response(render_template("errors/error.html", words=words, status=status), status)
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    return response


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if error.code == 413:
        read_to_the_end()
    response = answer(error.code)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def read_to_the_end() -> None:
    """Take the rest of a body and forget it: a browser that is still sending sees a broken line, not our answer."""
    left = MOST_TO_READ
    with suppress(Exception):
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 65536))):
            left -= len(piece)


def _csrf_error(error: CSRFError) -> Response:
    return answer(400)


def store_down(error: StoreUnavailable) -> Response:
    """Say that the store is down; a task that has something to give back does so besides."""
    current_app.logger.error("The store is unavailable: %s", error)
    return answer(503)


def _search_down(error: SearchUnavailable) -> Response:
    current_app.logger.warning("The index is unavailable: %s", error)
    return answer(503, SEARCH_DOWN)


def _unforeseen(error: Exception) -> Response:
    if type(error).__module__.startswith("gunicorn.http"):
        # The server found the body malformed only while we read it (a chunk without its length): not our error.
        return answer(400)
    # The kind and the place only: the message of an error can hold what somebody typed.
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    current_app.logger.error("Unforeseen %s at %s (%s)", type(error).__name__, place, request.endpoint)
    if current_app.testing:
        raise error
    return answer(500)
