"""The audit log, for admins: who did what, newest first, and whether it is whole."""

from flask import Blueprint, render_template, request

from domain.safekeeping.anchors import read_anchors
from domain.store import audit
from domain.store.audit_check import check
from webapp.shell.routes import allows, takes
from webapp.shell.services import services

blueprint = Blueprint("staff_audit", __name__, url_prefix="/staff/audit")
PAGE = 50


@blueprint.get("")
@allows("admin")
@takes("before", "subject")
def overview() -> str:
    """Show a page of the log."""
    before, subject = (
        request.args.get("before", type=int),
        request.args.get("subject", "").replace("\0", "").strip()[:200],
    )
    found = audit.latest(services().database, PAGE + 1, before, subject)
    return render_template(
        "staff/audit.html",
        events=found[:PAGE],
        subject=subject,
        older=found[PAGE - 1].pk if len(found) > PAGE else None,
    )


@blueprint.get("/check")
@allows("admin")
def check_log() -> str:
    """Check the whole log now, as `doorstep audit verify` does."""
    verdict = check(services().database, read_anchors(services().settings.keys_folder))
    return render_template("staff/audit_check.html", verdict=verdict)
