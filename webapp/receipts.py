"""A receipt: what became of the complaint, and how to take it back."""

from flask import Blueprint, Response, make_response, render_template, request

from domain.store import complaints
from domain.store.complaints import UnknownComplaint
from webapp.forms.receipt import ReceiptForm
from webapp.routes import takes
from webapp.security import never_store
from webapp.services import services

blueprint = Blueprint("receipts", __name__)
# As in complaints: what was typed comes back with a stale token.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]


@blueprint.before_request
def keep_nothing() -> None:
    """Let no cache keep a receipt or what stands behind it."""
    never_store()


@blueprint.get("/receipt")
def ask() -> str:
    """Ask for the receipt."""
    return render_template("receipts/ask.html", form=ReceiptForm(formdata=None), unknown=False)


@blueprint.post("/receipt")
@takes("receipt", "step")
def take() -> Response:
    """Show the status, ask whether to withdraw, or withdraw; a wrong receipt and a withdrawn one look alike."""
    form = ReceiptForm()
    if not form.validate():
        return make_response(render_template("receipts/ask.html", form=form, unknown=False), 400)
    complaint = complaints.by_receipt(services().database, services().keys.receipt, form.typed)
    if complaint is None:
        return _unknown(form)
    if request.form.get("step") == "withdraw":
        return withdraw(form)
    page = "receipts/confirm.html" if request.form.get("step") == "ask" else "receipts/status.html"
    return make_response(render_template(page, form=form, complaint=complaint))


def withdraw(form: ReceiptForm) -> Response:
    """Erase the complaint's texts and say that it is done."""
    try:
        complaints.withdraw(services().database, services().keys.receipt, form.typed)
    except UnknownComplaint:
        return _unknown(form)
    return make_response(render_template("receipts/withdrawn.html"))


def _unknown(form: ReceiptForm) -> Response:
    return make_response(render_template("receipts/ask.html", form=form, unknown=True), 404)
