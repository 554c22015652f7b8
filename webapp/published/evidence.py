"""Files that readers may see: the stripped copies that a moderator released, of published complaints only."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, abort

from domain.evidence.kinds import KINDS
from domain.evidence.sealing import Unreadable
from domain.models import EvidenceFile
from domain.store.intake import evidence
from webapp.shell.security import never_store
from webapp.shell.services import services

blueprint = Blueprint("evidence", __name__)
# Nothing in it may run, load or act, whatever a program makes of it.
POLICY = "default-src 'none'; sandbox"


@blueprint.get("/records/<record_id>/evidence/<int:number>")
def file(record_id: str, number: int) -> Response:
    """Send the copy of a released file; of every other one nobody learns that it exists."""
    found = evidence.released_file(services().database, record_id, number)
    if found is None:
        abort(404)
    try:
        content = services().vault.read(found.copy)
        first = next(content, b"")
    except Unreadable:
        abort(404)
    # It may be taken back at any time, so no cache is to have one of its own.
    never_store()
    return answer(found, chain((first,), content))


def answer(found: EvidenceFile, content: Iterator[bytes]) -> Response:
    """Return a file with the headers that keep it a file: pictures are shown, everything else is saved."""
    kind = KINDS[found.copy_kind]
    response = Response(content, content_type=kind.media_type)
    how = "inline" if kind.family == "image" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="evidence-{found.number}.{kind.ending}"'
    response.headers["Content-Length"] = str(found.copy_size)
    response.headers["Content-Security-Policy"] = POLICY
    return response
