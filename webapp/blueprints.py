"""The blueprints of the site. A blueprint that is not in this list does not exist for visitors."""

from webapp.about import blueprint as about
from webapp.api import blueprint as api
from webapp.check import blueprint as check
from webapp.complaints import blueprint as complaints
from webapp.data import blueprint as data
from webapp.disputes import blueprint as disputes
from webapp.evidence import blueprint as evidence
from webapp.feeds import blueprint as feeds
from webapp.filing_api import blueprint as filing_api
from webapp.health import blueprint as health
from webapp.home import blueprint as home
from webapp.leaving import blueprint as leaving
from webapp.lenders import blueprint as lenders
from webapp.receipts import blueprint as receipts
from webapp.records import blueprint as records
from webapp.search import blueprint as search
from webapp.staff.blueprints import STAFF_BLUEPRINTS
from webapp.tactics import blueprint as tactics
from webapp.trends import blueprint as trends

BLUEPRINTS = (
    home, about, complaints, leaving, receipts, check, filing_api, health,
    search, lenders, tactics, records, evidence, disputes, feeds, trends, data, api, *STAFF_BLUEPRINTS,
)  # fmt: skip
