"""The blueprints of the site. A blueprint that is not in this list does not exist for visitors."""

from webapp.about import blueprint as about
from webapp.check import blueprint as check
from webapp.complaints import blueprint as complaints
from webapp.filing_api import blueprint as filing_api
from webapp.health import blueprint as health
from webapp.home import blueprint as home
from webapp.receipts import blueprint as receipts

BLUEPRINTS = (home, about, complaints, receipts, check, filing_api, health)
