"""Atom feeds of what is published: all of it, of one lender, of one tactic. Rows come from the store each time."""

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from domain.publishing import published
from domain.publishing.published import Record
from domain.store import newest
from domain.store.database import now
from webapp.searching.cards import title_of
from webapp.searching.vocabularies import label, tactics_by_code
from webapp.shell.services import services

blueprint = Blueprint("feeds", __name__)
# The record itself is one click away; a feed is read in passing.
EXCERPT = 200
# XML has no way to write these, not even escaped.
UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")


@blueprint.get("/feed.atom")
def everything() -> Response:
    """Give what was published last."""
    return feed("")


@blueprint.get("/lenders/<slug>/feed.atom")
def of_lender(slug: str) -> Response:
    """Give what was published last about one lender."""
    if slug not in services().lender_names:
        abort(404)
    return feed(label("lender", slug), lender=slug)


@blueprint.get("/tactics/<code>/feed.atom")
def of_tactic(code: str) -> Response:
    """Give what was published last that tells of one tactic."""
    if code not in tactics_by_code():
        abort(404)
    return feed(label("tactic", code), tactic=code)


def feed(subject: str, lender: str = "", tactic: str = "") -> Response:
    """Answer with the feed; a reader that has it already is not sent it again."""
    found = newest.newest(services().database, lender, tactic)
    updated = max((newest.instant_of(record) for record in found), default=now())
    body = render_template(
        "feeds/feed.xml", records=found, subject=subject, updated=updated, instant_of=newest.instant_of,
        title_of=title_of, excerpt_of=excerpt_of, published=published, address=request.base_url,
        home=url_for("home.index", _external=True),
    )  # fmt: skip
    response = make_response(body.translate(UNWRITABLE))
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.add_etag()
    response.make_conditional(request)
    return response


def excerpt_of(record: Record) -> str:
    """Return the first words of the public text."""
    text = published.text_of(record)
    return text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")
