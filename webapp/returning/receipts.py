"""A receipt: how the complaint stands, letters, evidence, outcomes, consent, correction, withdrawal. By POST only."""

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from domain.evidence.refusals import Refused
from domain.filings import returning
from domain.store import StoreUnavailable
from domain.store.intake import complaints
from domain.store.intake.complaints import UnknownComplaint
from domain.store.intake.messages import TooManyLetters
from webapp import words
from webapp.filing import evidence_words
from webapp.filing.uploads import prepare_uploads, takes_files
from webapp.forms.filing import has_valid_token
from webapp.forms.receipt import (
    ConsentForm,
    CorrectionForm,
    EvidenceForm,
    LetterForm,
    OutcomeForm,
    ReceiptForm,
    errors_of,
    new_key,
)
from webapp.returning import standings
from webapp.shell.errors import store_down
from webapp.shell.leaving import has_left
from webapp.shell.routes import takes
from webapp.shell.security import never_store
from webapp.shell.services import services

# The page of each step, and what it shows beside the complaint itself.
PAGES: dict[str, tuple[str, Sequence[str]]] = {
    "look": ("status", ("letters", "threats")),
    "evidence": ("evidence", ("files",)),
    "outcomes": ("outcomes", ("threats",)),
    "consent": ("consent", ()),
    "correct": ("correct", ()),
    "ask": ("confirm", ()),
}

blueprint = Blueprint("receipts", __name__)
# As in complaints: what was typed comes back with a stale token.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]


@blueprint.before_request
def keep_nothing() -> Response | None:
    """Let no cache keep a receipt or what stands behind it, and let nobody send again what was sent before leaving.

    A browser that is led back to a page which came as an answer offers to send the form again, and with it the receipt.
    """
    never_store()
    return make_response(redirect(url_for("leaving.calendar"), 303)) if _is_from_before_leaving() else None


def _is_from_before_leaving() -> bool:
    if request.method != "POST" or not has_left():
        return False
    if request.endpoint == "receipts.evidence":  # its view reads the files, up to their own limit
        return "csrf_token" not in session
    return not has_valid_token(request.form.get("csrf_token"))


@blueprint.errorhandler(StoreUnavailable)
def give_back(error: StoreUnavailable) -> Response:
    """Say that the store is down; what somebody wrote comes back with a button that sends it again."""
    response = store_down(error)
    text = "" if request.endpoint == "receipts.evidence" else _written()
    if text:
        fields = [(name, value) for name, value in request.form.items() if name != "csrf_token"]
        response.set_data(render_template("receipts/not_kept.html", text=text, fields=fields))
    return response


def _written() -> str:
    return request.form.get("words") or request.form.get("narrative") or ""


@blueprint.get("/receipt")
def ask() -> str:
    """Ask for the receipt."""
    return render_template("receipts/ask.html", form=ReceiptForm(formdata=None), unknown=False)


@blueprint.get("/receipt/<any(letter, evidence, outcome, consent, correct):step>")
def ask_again(step: str) -> Response:
    """Lead whoever opens the address of a step to the page that asks for the receipt."""
    return make_response(redirect("/receipt", 303))


@blueprint.post("/receipt")
@takes("receipt", "step")
def take() -> Response:
    """Show the status or the page of a step, or withdraw; a wrong receipt and a withdrawn one look alike."""
    form, step = ReceiptForm(), request.form.get("step", "look")
    if not form.check():
        return make_response(render_template("receipts/ask.html", form=form, unknown=False), 400)
    return withdraw(form) if step == "withdraw" else show(form, step)


@blueprint.post("/receipt/letter")
@takes("receipt", "words", "key")
def letter() -> Response:
    """Send a letter to the moderators."""
    form = LetterForm()

    def send() -> str:
        returning.write(services().database, services().keys, form.typed, form.words.data, form.key.data)
        form.words.data = ""
        return str(_("Your letter is sent. The answer will stand on this page."))

    return take_step(form, send, "look")


@blueprint.post("/receipt/outcome")
@takes("receipt", "threat", "outcome")
def outcome() -> Response:
    """Note what became of a threat."""
    form = OutcomeForm()

    def note() -> str:
        complaints.report_outcome(
            services().database, services().keys.receipt, form.typed, form.threat.data, form.outcome.data
        )
        return str(_("Thank you. What you reported is kept with today’s date."))

    return take_step(form, note, "outcomes")


@blueprint.post("/receipt/consent")
@takes("receipt", "consent")
def consent() -> Response:
    """Change what may be published."""
    form = ConsentForm()

    def change() -> str:
        complaints.change_consent(services().database, services().keys.receipt, form.typed, form.consent.data)
        return str(_("It is changed. What may no longer be shown leaves the search within seconds."))

    return take_step(form, change, "consent")


@blueprint.post("/receipt/evidence")
@takes("receipt", "files")
@takes_files
def evidence() -> Response:
    """Add files. One that is refused costs the others nothing."""
    form = EvidenceForm()
    standing = standings.standing_of(form.typed, ("files",))
    if standing is None:
        return _unknown(form)

    def add() -> str:
        uploads = prepare_uploads(form.sent, services().vault, standing.room)
        for name, reason in uploads.refused:
            form.refuse("added", evidence_words.refusal_of(name, reason))
        added = returning.add_files(
            services().database, services().keys, services().vault, form.typed, uploads.prepared
        )
        return str(ngettext("%(num)s file was added.", "%(num)s files were added.", added)) if added else ""

    return take_step(form, add, "evidence", stays=True)


@blueprint.post("/receipt/correct")
@takes("receipt", "narrative", "step")
def correct() -> Response:
    """Ask for the new text, show it as it would be published, or put it in the place of the old one."""
    form, step = CorrectionForm(), request.form.get("step", "check")
    if step == "edit" or not form.check():
        return show(form, "correct")
    try:
        return take_step(form, lambda: _corrected(form), "correct") if step == "send" else _check(form)
    except UnknownComplaint:
        return _unknown(form)


def withdraw(form: ReceiptForm) -> Response:
    """Erase the complaint's texts, letters and files, and say that it is done."""
    try:
        returning.withdraw(services().database, services().keys, services().vault, form.typed)
    except UnknownComplaint:
        return _unknown(form)
    return make_response(render_template("receipts/withdrawn.html"))


def take_step(form: ReceiptForm, deed: Callable[[], str], step: str, stays: bool = False) -> Response:
    """Do what a form asks for if it is fine, and show how the complaint stands; a refused one comes with its page.

    `stays`: show the form's own page in either case.
    """
    notice = ""
    try:
        if form.check():
            notice = deed()
    except UnknownComplaint:
        return _unknown(form)
    except TooManyLetters:
        form.refuse("words", _("There are too many letters already. Wait for an answer."))
    except Refused as refused:
        form.refuse("added", str(evidence_words.REFUSALS[refused.reason]))
    return show(form, step if form.errors or stays else "look", notice)


def show(form: ReceiptForm, step: str, notice: str = "") -> Response:
    """Show the page of a step, with what was refused beside its field."""
    template, parts = PAGES.get(step, PAGES["look"])
    return _page(template, parts, form, 400 if form.errors else 200, notice=notice)


def _page(template: str, parts: Sequence[str], form: ReceiptForm, status: int = 200, **more: object) -> Response:
    standing = standings.standing_of(form.typed, parts)
    if standing is None:
        return _unknown(form)
    page = render_template(
        f"receipts/{template}.html", form=form, standing=standing, complaint=standing.complaint,
        errors=errors_of(form), key=new_key(), words=words, standings=standings, evidence_words=evidence_words, **more,
    )  # fmt: skip
    return make_response(page, status)


def _check(form: CorrectionForm) -> Response:
    reading = returning.read_correction(
        services().database, services().reader, services().keys, form.typed, form.narrative.data
    )
    return _page("check", (), form, pieces=standings.masked_pieces(reading), language_of_text=reading.language)


def _corrected(form: CorrectionForm) -> str:
    returning.correct(services().database, services().reader, services().keys, form.typed, form.narrative.data)
    return str(_("Your text is changed. A moderator looks at it before it is shown."))


def _unknown(form: ReceiptForm) -> Response:
    return make_response(render_template("receipts/ask.html", form=form, unknown=True), 404)
