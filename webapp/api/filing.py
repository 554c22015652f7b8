"""Filing over the API: the same rules and the same store as the page."""

import re
from typing import Any

from flask import Blueprint, Response, json, request
from flask_babel import gettext as _
from pydantic import ValidationError

from domain.filings import returning
from domain.filings.filing import keep_filing
from domain.store.intake import receipts
from domain.store.intake.complaints import IdempotencyConflict, UnknownComplaint
from webapp.api.json_bodies import BadBody, object_in
from webapp.api.problems import problem
from webapp.filing import limits
from webapp.filing.limits import ProofNeeded, SourceTooQuick
from webapp.filing.proof_of_work import DIFFICULTY
from webapp.forms.body import FilingBody
from webapp.forms.receipt import LONGEST_RECEIPT
from webapp.forms.words import refusals, words_for
from webapp.shell.routes import takes
from webapp.shell.security import never_store
from webapp.shell.services import services

blueprint = Blueprint("filing_api", __name__, url_prefix="/api/v1")
# No cookie speaks for anybody here, so there is nothing that another site's form could misuse.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]

IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


@blueprint.before_request
def keep_nothing() -> None:
    """Let no cache keep what is filed."""
    never_store()


@blueprint.errorhandler(BadBody)
def refuse_body(error: BadBody) -> Response:
    """Say why the body could not be read."""
    return problem(error.status, error.detail)


@blueprint.errorhandler(SourceTooQuick)
def ask_to_wait(error: SourceTooQuick) -> Response:
    """Ask a source that files too often to wait."""
    return _later(problem(429, _("Too many complaints came from here. Wait, then send it again.")), error.seconds)


@blueprint.errorhandler(ProofNeeded)
def ask_for_proof(error: ProofNeeded) -> Response:
    """Hand out the challenge that a complaint must answer while the site is under load."""
    refusal = problem(
        429,
        _("The site is under load. Send the complaint again with the header Proof-Of-Work: CHALLENGE:NUMBER, where "
          "SHA-256 of that value begins with that many zero bits; or wait and send CHALLENGE: alone."),
        proof_of_work={"challenge": error.challenge, "zero_bits": DIFFICULTY, "or_wait": error.seconds},
    )  # fmt: skip
    return _later(refusal, error.seconds)


@blueprint.errorhandler(ValidationError)
def refuse_fields(error: ValidationError) -> Response:
    """Name every field that was refused."""
    found = refusals(error)
    return problem(400, "; ".join(f"{one['field']}: {one['detail']}" for one in found), errors=found)


@blueprint.post("/complaints")
@takes(*FilingBody.model_fields)
def file() -> Response:
    """File a complaint: 201 with `receipt` and `id`; the same key and body again get the same answer."""
    key = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        return problem(
            400,
            _("Send the header Idempotency-Key: 1 to 200 visible ASCII characters, new for each complaint."),
            errors=[{"field": "Idempotency-Key", "code": "missing", "detail": words_for("missing")}],
        )
    body = FilingBody.model_validate(object_in(request), context={"tactics": services().tactic_codes})
    filing = body.filing(services().reader)
    try:
        with limits.one_filing(request.headers.get("Proof-Of-Work", "")):
            filed = keep_filing(services().database, services().keys, filing, f"api:{key}")
    except IdempotencyConflict:
        return problem(409, _("Another complaint was sent under this Idempotency-Key. Use a new one."))
    return _answer({"id": filed.id, "receipt": filed.receipt}, 201)


@blueprint.post("/receipts")
@takes("receipt")
def look() -> Response:
    """Return what became of a complaint; a wrong receipt and a withdrawn one look alike."""
    found = receipts.look(services().database, services().keys.receipt, _receipt(), ("letters",))
    if found is None:
        return _no_such_receipt()
    letters = [
        {"from": letter.written_by, "text": letter.text, "written_at": letter.written_at.isoformat()}
        for letter in returning.opened(services().keys, found.letters)
    ]
    return _answer({"id": found.complaint.id, "status": found.complaint.status, "messages": letters}, 200)


@blueprint.post("/receipts/withdraw")
@takes("receipt")
def withdraw() -> Response:
    """Erase a complaint's texts, letters and files."""
    try:
        returning.withdraw(services().database, services().keys, services().vault, _receipt())
    except UnknownComplaint:
        return _no_such_receipt()
    return _answer({"status": "withdrawn"}, 200)


def _receipt() -> str:
    body = object_in(request)
    unknown = sorted(set(body) - {"receipt"})
    if unknown:
        raise BadBody(400, f"{unknown[0]}: {words_for('unknown_field')}")
    receipt = body.get("receipt")
    if not isinstance(receipt, str) or not receipt.strip():
        raise BadBody(400, f"receipt: {words_for('missing')}")
    return receipt if len(receipt) <= LONGEST_RECEIPT else ""


def _later(refusal: Response, seconds: int) -> Response:
    refusal.headers["Retry-After"] = str(seconds)
    return refusal


def _no_such_receipt() -> Response:
    return problem(404, _("No complaint has this receipt, or it was withdrawn."))


def _answer(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")
