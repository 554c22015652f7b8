"""The home page: what this is, what one can do here, how old the index is."""

from flask import Blueprint, render_template

from domain.store import records
from indexer.errors import SearchUnavailable
from indexer.status import IndexStatus, index_status
from webapp.shell.services import services

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """Show the home page; it stands even while there is no index."""
    return render_template("home/index.html", counts=records.count_public(services().database), status=present_index())


def present_index() -> IndexStatus | None:
    """Return how old the index is, or None while there is none to ask."""
    try:
        return index_status(services().database, services().engine)
    except SearchUnavailable:
        return None
