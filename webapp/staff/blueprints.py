"""The blueprints of the back office."""

from webapp.staff.accounts import blueprint as accounts
from webapp.staff.articles import blueprint as articles
from webapp.staff.audit import blueprint as audit
from webapp.staff.decisions import blueprint as decisions
from webapp.staff.disputes import blueprint as disputes
from webapp.staff.edits import blueprint as edits
from webapp.staff.joining import blueprint as joining
from webapp.staff.lenders import blueprint as lenders
from webapp.staff.own_account import blueprint as own_account
from webapp.staff.queue import blueprint as queue
from webapp.staff.replies import blueprint as replies
from webapp.staff.representation import blueprint as representation
from webapp.staff.representatives import blueprint as representatives
from webapp.staff.retention import blueprint as retention
from webapp.staff.security_keys import blueprint as security_keys
from webapp.staff.sessions import blueprint as sessions
from webapp.staff.source_editing import blueprint as source_editing
from webapp.staff.sources import blueprint as sources
from webapp.staff.today import blueprint as today

STAFF_BLUEPRINTS = (
    today, sessions, joining, own_account, accounts, audit, source_editing, sources, retention, lenders, security_keys,
    queue, decisions, edits, articles, disputes, replies, representation, representatives,
)  # fmt: skip
