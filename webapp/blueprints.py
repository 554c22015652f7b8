"""The blueprints of the site. A blueprint that is not in this list does not exist for visitors."""

from webapp.about import blueprint as about
from webapp.api.filing import blueprint as filing_api
from webapp.api.reading import blueprint as api
from webapp.check import blueprint as check
from webapp.figures.data import blueprint as data
from webapp.figures.trends import blueprint as trends
from webapp.filing.complaints import blueprint as complaints
from webapp.home import blueprint as home
from webapp.published.disputes import blueprint as disputes
from webapp.published.evidence import blueprint as evidence
from webapp.published.feeds import blueprint as feeds
from webapp.published.lenders import blueprint as lenders
from webapp.published.records import blueprint as records
from webapp.published.tactics import blueprint as tactics
from webapp.returning.receipts import blueprint as receipts
from webapp.searching.search import blueprint as search
from webapp.shell.health import blueprint as health
from webapp.shell.leaving import blueprint as leaving
from webapp.staff.blueprints import STAFF_BLUEPRINTS

BLUEPRINTS = (
    home, about, complaints, leaving, receipts, check, filing_api, health,
    search, lenders, tactics, records, evidence, disputes, feeds, trends, data, api, *STAFF_BLUEPRINTS,
)  # fmt: skip
