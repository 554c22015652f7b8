"""The words for roles, for what is wrong with the log, for how a run ended."""

from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.shell.language import minute

ROLES: dict[str, Any] = {
    "reader": _l("Reader"),
    "moderator": _l("Moderator"),
    "admin": _l("Admin"),
    "representative": _l("Representative of a lender"),
}
MAY: dict[str, Any] = {
    "reader": _l("Sees the queue and the figures; decides nothing."),
    "moderator": _l("Reads complaints, masks private data, decides what is published, keeps the registry."),
    "admin": _l("All that moderators do, and accounts, the audit log and retention."),
    "representative": _l("Sees what is published about one lender and replies to it; nothing else."),
}
# What is wrong with an event, or with a run of them, of the audit log (domain.store.audit_check).
FINDINGS: dict[str, Any] = {
    "altered": _l("Event %(first)s was altered."),
    "missing": _l("Events %(first)s to %(last)s are missing."),
    "unlinked": _l("Event %(last)s does not follow on event %(first)s: one of them was replaced or put in."),
    "put_in": _l("Event %(first)s was put in."),
    "anchor": _l("Among events %(first)s to %(last)s some were rewritten, or an anchor is not ours."),
}

# How a run of the crawler ended (crawler.runs.run).
OUTCOMES: dict[str, Any] = {
    "running": _l("running"),
    "finished": _l("finished"),
    "over_budget": _l("the day’s requests to this site are used up"),
    "stopped": _l("stopped"),
    "unreachable": _l("could not be reached"),
    "unreadable": _l("could not be read: it is no feed or list"),
    "store_unavailable": _l("our store could not be reached"),
    "frontier_unavailable": _l("our queue of pages could not be reached"),
    "failed": _l("failed on our side"),
    "killed": _l("broke off"),
    "busy": _l("left alone: another crawl was at it"),
}

# What is odd about a run beside those before it (domain.store.gathering.source_health).
WARNINGS: dict[str, Any] = {
    "unreachable": _l("It could not be reached."),
    "unreadable": _l("It could not be read: it is no feed or list."),
    "failed": _l("It failed on our side."),
    "found_nothing": _l("It found nothing, and used to find something."),
    "found_nothing_yet": _l("It has found nothing so far: see what is at its address."),
    "found_half": _l("It found half of what is usual, or less."),
}
SHARES: dict[str, Any] = {
    "title": _l("with a title"), "date": _l("with a date"), "lender": _l("with a lender"),
    "tactic": _l("with a tactic"),
}  # fmt: skip

# Decisions as the audit log has them (domain.store.moderating.figures).
DECISIONS: dict[str, Any] = {
    "complaint.published": _l("published"),
    "complaint.held": _l("held"),
    "complaint.rejected": _l("rejected"),
    "complaint.asked": _l("asked a question"),
}


def run_health(run: Any) -> str:
    """Return the sentence on the last run of a source; None is no run."""
    if run is None:
        return str(_("It was never read yet."))
    outcome = OUTCOMES.get(run.outcome, run.outcome)
    return str(_("Last read on %(when)s: %(outcome)s.", when=minute(run.started_at), outcome=outcome))


def init_app(app: Flask) -> None:
    """Give the templates the filters for these words."""
    app.jinja_env.filters["run_warning"] = lambda warning: WARNINGS.get(warning, warning)
    app.jinja_env.filters["share_name"] = lambda share: SHARES.get(share, share)
    app.jinja_env.filters["decision_name"] = lambda action: DECISIONS.get(action, action)
    app.jinja_env.filters |= {"run_outcome": lambda outcome: OUTCOMES.get(outcome, outcome), "run_health": run_health}
    app.jinja_env.filters["staff_role"] = lambda role: ROLES.get(role, role)
    app.jinja_env.filters["staff_role_may"] = lambda role: MAY.get(role, "")
    app.jinja_env.filters["audit_finding"] = lambda found: (
        FINDINGS[found.kind]
        % {
            "first": found.first,
            "last": found.last,
        }
    )
