"""The blueprints of the site. A blueprint that is not in this list does not exist for visitors."""

from webapp.about import blueprint as about
from webapp.home import blueprint as home

BLUEPRINTS = (home, about)
