"""The blueprints of the back office."""

from webapp.staff.audit import blueprint as audit
from webapp.staff.gathering.source_editing import blueprint as source_editing
from webapp.staff.gathering.sources import blueprint as sources
from webapp.staff.lenders import blueprint as lenders
from webapp.staff.moderation.articles import blueprint as articles
from webapp.staff.moderation.decisions import blueprint as decisions
from webapp.staff.moderation.disputes import blueprint as disputes
from webapp.staff.moderation.edits import blueprint as edits
from webapp.staff.moderation.queue import blueprint as queue
from webapp.staff.moderation.replies import blueprint as replies
from webapp.staff.moderation.representation import blueprint as representation
from webapp.staff.people.accounts import blueprint as accounts
from webapp.staff.people.joining import blueprint as joining
from webapp.staff.people.own_account import blueprint as own_account
from webapp.staff.people.representatives import blueprint as representatives
from webapp.staff.people.security_keys import blueprint as security_keys
from webapp.staff.people.sessions import blueprint as sessions
from webapp.staff.retention import blueprint as retention
from webapp.staff.today import blueprint as today

STAFF_BLUEPRINTS = (
    today, sessions, joining, own_account, accounts, audit, source_editing, sources, retention, lenders, security_keys,
    queue, decisions, edits, articles, disputes, replies, representation, representatives,
)  # fmt: skip
