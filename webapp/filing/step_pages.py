"""The pages of the flow as they are shown: with what was typed on them and what was refused."""

from collections.abc import Sequence

from flask import Response, make_response, render_template, request, url_for

from domain.models import (
    AMOUNT_BANDS,
    CHANNELS,
    CONTACTED,
    OUTCOMES,
    OVERDUE_BANDS,
    THREAT_KINDS,
    WANTS,
    WRITERS,
)
from webapp import words
from webapp.filing import drafts, evidence_words, two_tabs
from webapp.filing.drafts import OpenDraft
from webapp.filing.limits import ProofNeeded
from webapp.filing.proof_of_work import DIFFICULTY
from webapp.filing.step_contents import contents_of
from webapp.forms.answers import Answers
from webapp.forms.filing import StepForm
from webapp.forms.steps import BORROWER, CHECK, MOST_ROWS, WRITER, Step, steps_for

CHOICES = {
    "writers": WRITERS, "channels": CHANNELS, "contacted": CONTACTED, "kinds": THREAT_KINDS, "outcomes": OUTCOMES,
    "overdue_bands": OVERDUE_BANDS, "amount_bands": AMOUNT_BANDS, "wants": WANTS,
}  # fmt: skip


def show(
    opened: OpenDraft | None, form: StepForm, status: int = 200, notice: str = "", others: Sequence[str] = ()
) -> Response:
    """Show a page. Raises Incomplete where the check is asked for and something before it is missing.

    `others` are the answers that another tab sent on it.
    """
    step, answers = form.step, form.answers
    steps = steps_for(answers)
    page = render_template(
        f"complaints/{step.name}.html", step=step, form=form, answers=answers, errors=form.problems(), notice=notice,
        number=steps.index(step) + 1 if step in steps else 1, steps=len(steps), is_first=step is WRITER,
        action=_action(opened, step), draft_id=opened.id if opened else "", draft=opened.draft if opened else None,
        carried=drafts.carried(opened.draft, step_fields(step)) if opened else "",
        is_borrower=answers.get("written_by", BORROWER) == BORROWER, choices=CHOICES, words=words,
        most_rows=MOST_ROWS, others=others,
        shown=two_tabs.fingerprint(opened.kept.answers, step) if opened and opened.kept else "",
        **contents_of(form, opened),
    )  # fmt: skip
    response = make_response(page, status)
    return drafts.remember(response, opened) if opened else response


def show_in_place(opened: OpenDraft, step: Step, status: int, notice: str) -> Response:
    """Show the page that was just sent, as it was typed, and say what is the matter."""
    return show(opened, StepForm(step, opened.draft.answers), status, notice)


def show_not_kept(opened: OpenDraft, step: Step, go: str) -> Response:
    """Say that the store is down; the page carries everything and sends it again. Asks the store for nothing."""
    page = render_template(
        "complaints/not_kept.html", answers=opened.draft.answers, action=_action(opened, step), go=go,
        carried=drafts.carried(opened.draft), draft_id=opened.id,
    )  # fmt: skip
    return make_response(page, 503)


def show_busy(opened: OpenDraft, needed: ProofNeeded) -> Response:
    """Ask for a little work or patience before the complaint is kept; the page carries all that was typed."""
    page = render_template(
        "complaints/busy.html", action=_action(opened, CHECK), carried=drafts.carried(opened.draft), needed=needed,
        zero_bits=DIFFICULTY, is_early=bool(request.form.get("proof")), confirmed=request.form.get("confirmed"),
        draft_id=opened.id,
    )  # fmt: skip
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(needed.seconds)
    return drafts.remember(response, opened)


def show_gone() -> Response:
    """Say that a draft is no more, and why that may be."""
    return make_response(render_template("complaints/gone.html"), 410)


def refused_files(answers: Answers) -> dict[str, str]:
    """Return the refusals of files as errors of the page, by the field that they came in."""
    sentences = [evidence_words.refusal_of(name, reason) for name, reason in answers.get("files_refused", [])]
    return {"files" if number == 0 else f"files-{number}": sentence for number, sentence in enumerate(sentences)}


def step_fields(step: Step) -> tuple[str, ...]:
    """Return the answers that a page's own fields hold, which it need not carry besides."""
    if step is CHECK:
        return ()
    return (*(name for name in step.singles if name not in ("website", "lender_asked")), *(r.name for r in step.rows))


def _action(opened: OpenDraft | None, step: Step) -> str:
    if opened is None:
        return url_for("complaints.begin")
    then = request.args.get("then")
    return url_for("complaints.take", draft_id=opened.id, name=step.name, then="check" if then == "check" else None)
