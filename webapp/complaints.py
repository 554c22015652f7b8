"""Filing a complaint: the form, the check of what would be published, the receipt."""

from functools import lru_cache

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from domain.filing import file_complaint
from domain.regions import provinces
from domain.store import StoreUnavailable
from domain.store.complaints import IdempotencyConflict
from webapp import language, previews
from webapp.forms.filing import AS_TYPED, FilingForm
from webapp.routes import takes
from webapp.security import never_store
from webapp.services import services

blueprint = Blueprint("complaints", __name__)
# The form checks its token itself: a stale one must give the text back, which the general refusal does not.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]
CODE_LENGTH = 6


@blueprint.before_request
def keep_nothing() -> None:
    """Let no cache on the way, and no browser, keep what is typed here."""
    never_store()


@blueprint.get("/complaints/new")
@takes("lender")
def new() -> Response:
    """Show the empty form; `?lender=` fills in a lender of the registry."""
    lender = services().lender_names.get(request.args.get("lender", ""), {})
    return ask(FilingForm(formdata=None, lender=previews.in_language(lender) if lender else ""))


@blueprint.post("/complaints/new")
@takes("key", "lender", "lender_asked", "lender_choice", "tactics", "narrative", "year", "month", "day", "region",
       "product", "consent", "step")  # fmt: skip
def take() -> Response:
    """Take the form a step further: back to the questions, on to the check, or into the store."""
    form, step = FilingForm(), request.form.get("step", "check")
    try:
        if step == "edit":
            return ask(form)
        if not form.validate():
            return ask(form, 400)
        return keep(form) if step == "send" else show_check(form)
    except StoreUnavailable:
        return make_response(render_template("complaints/not_kept.html", form=form, step=step), 503)


def ask(form: FilingForm, status: int = 200, already_sent: bool = False) -> Response:
    """Show the questions with what was typed so far."""
    page = render_template(
        "complaints/new.html", form=form, tactics=services().tactics, already_sent=already_sent, as_typed=AS_TYPED,
        lender_names=services().lender_names,
        lender_options=lender_options(language.chosen(), services().registry_revision),
        region_options=region_options(language.chosen(), (form.region.data or "")[:CODE_LENGTH]),
    )  # fmt: skip
    return make_response(page, status)


# The four hundred regions and the lenders took two thirds of the page's 16 ms, and they hardly ever change.
@lru_cache(maxsize=64)
def region_options(tag: str, selected: str) -> Markup:
    """Return the options of the region field in the language `tag`, with one of them chosen."""
    return Markup(render_template("complaints/regions.html", provinces=provinces(), selected=selected))  # noqa: S704


@lru_cache(maxsize=8)
def lender_options(tag: str, registry_revision: object) -> Markup:
    """Return what the lender field offers in the language `tag`, for one state of the registry."""
    return Markup(render_template("complaints/lenders.html", lender_names=services().lender_names))  # noqa: S704


def show_check(form: FilingForm) -> Response:
    """Show what would be published, before anything is kept."""
    filing = form.filing()
    preview = previews.preview_of(filing)
    return make_response(render_template("complaints/check.html", form=form, filing=filing, preview=preview))


def keep(form: FilingForm) -> Response:
    """Keep the complaint, and only then show its receipt. The same form sent twice is one complaint."""
    try:
        filed = file_complaint(
            services().database, services().reader, services().keys, form.filing(), form.idempotency_key
        )
    except IdempotencyConflict:
        form.renew_key()
        return ask(form, 409, already_sent=True)
    return make_response(render_template("complaints/filed.html", filed=filed))
