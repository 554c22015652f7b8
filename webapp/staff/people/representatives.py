"""Representatives, for admins: whether each speaks for its lender, and how that was verified."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from domain.store.staff import representatives
from domain.store.staff.representatives import UnknownRepresentative
from webapp.shell.routes import allows, takes
from webapp.shell.services import services
from webapp.staff import guard
from webapp.staff.moderation import moderation_words

blueprint = Blueprint("staff_representatives", __name__, url_prefix="/staff/representatives")


@blueprint.get("")
@allows("admin")
@takes("as")
def overview() -> Response:
    """List the accounts of representatives with their checks."""
    return page()


@blueprint.post("/<name>")
@allows("admin")
@takes("how", "step", "csrf_token")
def verify(name: str) -> AnyResponse:
    """Note how it was verified that an account speaks for its lender, or end that."""
    how, actor = request.form.get("how", "").strip(), guard.account().actor
    try:
        if request.form.get("step") == "end":
            representatives.end(services().database, name, actor)
        elif not how:
            return page("how", name)
        else:
            representatives.verify(services().database, name, how, actor)
    except UnknownRepresentative:
        abort(404)
    return redirect("/staff/representatives?as=checked", 303)


def page(refused: str = "", name: str = "") -> Response:
    """Show the accounts, with what was refused of one."""
    shown = render_template(
        "staff/people/representatives.html", representatives=representatives.representatives(services().database),
        words_of=moderation_words, refusal=moderation_words.REFUSALS.get(refused, ""), refused_name=name,
    )  # fmt: skip
    return make_response(shown, 400 if refused else 200)
