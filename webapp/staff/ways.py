"""The ways through the back office: each person sees those that their role may go."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from webapp.shell.layout import Way

WAYS = (
    Way("/staff", _l("Today")),
    Way("/staff/records", _l("Published about us")),
    Way("/staff/queue", _l("Queue")),
    Way("/staff/replies", _l("Replies")),
    Way("/staff/disputes", _l("Disputes")),
    Way("/staff/lenders", _l("Lenders")),
    Way("/staff/sources", _l("Sources")),
    Way("/staff/accounts", _l("Accounts")),
    Way("/staff/representatives", _l("Representatives")),
    Way("/staff/audit", _l("Audit log")),
    Way("/staff/retention", _l("Retention")),
)


def ways_for(role: str, roles_of: Callable[[str], tuple[str, ...]]) -> list[Way]:
    """Return the ways whose page exists and lets this role in."""
    return [way for way in WAYS if role in roles_of(way.path)]
