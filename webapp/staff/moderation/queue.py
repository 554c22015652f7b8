"""The queue of complaints: what waits, oldest and gravest first, narrowed as somebody wishes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from domain.models import CONSENTS
from domain.store.database import now
from domain.store.moderating import moderation, queue
from domain.store.moderating.queue import Cursor, QueueFilter, QueueRow
from domain.store.moderating.queue_marks import STATES
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import moderation_words

blueprint = Blueprint("staff_queue", __name__, url_prefix="/staff/queue")
FILTERS = ("state", "lender", "tactic", "language", "consent", "evidence", "answer")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@blueprint.get("")
@allows("reader", "moderator", "admin")
@takes(*FILTERS, "after", "done", "as")
def overview() -> str:
    """Show a page of the queue."""
    asked = asked_for(request.args)
    page = queue.queue_page(services().database, asked, cursor_of(request.args.get("after", "")))
    return render_template(
        "staff/moderation/queue.html", page=page, asked=asked, typed_lender=request.args.get("lender", ""),
        back=query_of(asked),
        waiting=queue.count_waiting(services().database), counted_to=queue.COUNTED_TO, days_waited=days_waited,
        next=written(page.next), states=moderation_words.QUEUE_STATES, languages=LANGUAGES,
        consents=CONSENTS, taken=taken_by_another, words_of=moderation_words,
        tactics=services().tactics,
    )  # fmt: skip


@blueprint.post("/next")
@allows("moderator", "admin")
@takes(*FILTERS, "csrf_token")
def go_on() -> Response:
    """Open the next complaint that nobody else has before them."""
    return open_next(asked_for(request.form))


def open_next(asked: QueueFilter, **told: str) -> Response:
    """Lead to the next complaint, or to the queue when there is none; `told` is said there of the one before."""
    actor = guard.account().actor
    following = queue.next_id(services().database, asked, actor)
    if following is not None:
        moderation.take(services().database, following, actor)
    path = f"/staff/queue/{following}" if following else "/staff/queue"
    query = urlencode([*pairs_of(asked), *told.items()])
    return redirect(f"{path}?{query}" if query else path, 303)


def asked_for(given: MultiDict[str, str]) -> QueueFilter:
    """Read the filters; what can't be read narrows nothing."""
    lender = given.get("lender", "").replace("\0", "").strip()[:200]
    names = services().lender_names
    slug = lender if lender in names else services().reader.resolve_lender(lender) if lender else ""
    return QueueFilter(
        state=given.get("state", "") if given.get("state") in STATES else "waiting",
        # A name that nobody goes by finds nothing, and not everything.
        lender=slug or lender,
        tactic=given.get("tactic", "").replace("\0", "")[:60],
        language=given.get("language", "") if given.get("language") in LANGUAGES else "",
        consent=given.get("consent", "") if given.get("consent") in CONSENTS else "",
        evidence=bool(given.get("evidence")),
        answer=bool(given.get("answer")),
    )


def pairs_of(asked: QueueFilter) -> list[tuple[str, str]]:
    """Return the filters as fields of a form or an address, without those that narrow nothing."""
    values: list[tuple[str, Any]] = [(name, getattr(asked, name)) for name in FILTERS]
    return [(name, "1" if value is True else value) for name, value in values if value and value != "waiting"]


def query_of(asked: QueueFilter) -> str:
    """Return the filters as a query string."""
    return urlencode(pairs_of(asked))


def cursor_of(text: str) -> Cursor | None:
    """Read where a page ended; None for the first page and for what can't be read."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in parts):
        return None
    instant, score, pk = map(int, parts)
    return Cursor(_EPOCH + min(instant, 4 * 10**15) * _MICROSECOND, min(score, 3 * 10**16), pk)


def written(cursor: Cursor | None) -> str:
    """Write a cursor into an address."""
    if cursor is None:
        return ""
    return f"{(cursor.instant - _EPOCH) // _MICROSECOND}-{cursor.score}-{cursor.pk}"


def days_waited(row: Any) -> int:
    """Return the whole days since a complaint came."""
    return int((now() - row.received_at).days)


def taken_by_another(row: QueueRow | Any) -> str:
    """Return who has a complaint before them, if it is somebody else and not long ago."""
    mine = row.taken_by in ("", guard.account().actor)
    if mine or row.taken_at is None or row.taken_at < now() - moderation.TAKEN_FOR:
        return ""
    return str(row.taken_by.removeprefix("staff:"))
