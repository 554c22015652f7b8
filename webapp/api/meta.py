"""What every answer of the API and every JSON export says of itself."""

from typing import Any

from domain.publishing.exporting import LICENCE, LICENCE_ADDRESS
from webapp.home import present_index

COUNTS = {
    "complaint": "complaints published on this site, by the day they were received in China",
    "article": "public articles and posts, by the day they were published; a tactic in an article is a mention and "
    "never a complaint",
}


def meta() -> dict[str, Any]:
    """Return licence, what is counted, and how old the index is."""
    status = present_index()
    last = status.last_indexed if status else None
    return {
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "licence_note": "Articles: facts, links and short passages only; their texts belong to their authors.",
        "counts": COUNTS,
        "last_indexed": last.isoformat() if last else None,
        "stale": status.stale if status else True,
    }
