"""Anyone may dispute a record; what is decided stands in a log that everybody may read."""

from typing import cast

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from domain.models import DISPUTE_REASONS
from domain.moderation import settling
from domain.store.moderating import removals
from domain.store.moderating.disputes import NotPublic, TooManyDisputes
from webapp.published.records import public_record
from webapp.shell.pace import Pace
from webapp.shell.routes import takes
from webapp.shell.security import never_store
from webapp.shell.services import services
from webapp.staff.moderation import moderation_words

blueprint = Blueprint("disputes", __name__)
# What was typed comes back with a stale token.
blueprint.handles_csrf_itself = True  # type: ignore[attr-defined]
LONGEST_WORDS, LONGEST_CONTACT = 4000, 200
PAGE = 50
# Three at once is somebody who found three records about them; after that one in ten minutes.
BURST, PER_SECOND = 3.0, 1 / 600


class DisputeForm(FlaskForm):  # type: ignore[misc]
    """What somebody holds against a record. `website` is a field that people don't see and programs fill in."""

    reason = StringField()
    words = StringField()
    contact = StringField()
    website = StringField()


@blueprint.get("/records/<record_id>/dispute")
def ask(record_id: str) -> Response:
    """Show the form."""
    never_store()
    return page(record_id, DisputeForm(formdata=None))


@blueprint.post("/records/<record_id>/dispute")
@takes("reason", "words", "contact", "website")
def take(record_id: str) -> Response:
    """Keep a dispute for the moderators."""
    never_store()
    form = DisputeForm()
    errors = errors_of(form)
    if errors or not form.validate():
        return page(record_id, form, errors, 400)
    if form.website.data or not pace().take(request.remote_addr or ""):
        return page(record_id, form, [("words", _("Too much is sent from your network. Wait ten minutes."))], 429)
    try:
        dispute_id = settling.dispute(
            services().database, services().keys, record_id, form.reason.data, form.words.data.strip(),
            (form.contact.data or "").strip(),
        )  # fmt: skip
    except NotPublic:
        abort(404)
    except TooManyDisputes:
        return page(record_id, form, [("words", _("Many disputes about this record wait already."))], 429)
    return make_response(render_template("disputes/taken.html", record_id=record_id, dispute_id=dispute_id))


@blueprint.get("/removals")
@takes("before")
def log() -> str:
    """Show what was taken down, restored, corrected or kept, when and why; never what it said."""
    found = removals.log(services().database, PAGE + 1, request.args.get("before", type=int))
    return render_template(
        "disputes/removals.html", removals=found[:PAGE], words_of=moderation_words,
        older=found[PAGE - 1].pk if len(found) > PAGE else None,
    )  # fmt: skip


def page(record_id: str, form: DisputeForm, errors: list[tuple[str, str]] | None = None, status: int = 200) -> Response:
    """Show the form with what was refused; of a record that is not public nobody learns that it exists."""
    record = public_record(record_id)
    if record is None:
        abort(404)
    shown = render_template(
        "disputes/form.html", record=record, form=form, errors=errors or [], reasons=DISPUTE_REASONS,
        words_of=moderation_words, is_stale="csrf_token" in form.errors,
    )  # fmt: skip
    return make_response(shown, status)


def pace() -> Pace:
    """Return the buckets of the running application."""
    return cast(Pace, current_app.extensions.setdefault("dispute_pace", Pace(BURST, PER_SECOND)))


def errors_of(form: DisputeForm) -> list[tuple[str, str]]:
    """Return what is wrong, as (id of the field, sentence)."""
    errors = []
    if form.reason.data not in DISPUTE_REASONS:
        errors.append(("reason", _("Choose what is wrong.")))
    if not (form.words.data or "").strip() or len(form.words.data) > LONGEST_WORDS:
        errors.append(("words", str(moderation_words.REFUSALS["words"])))
    if len(form.contact.data or "") > LONGEST_CONTACT:
        errors.append(("contact", _("That is too long for an address or a number.")))
    return errors
