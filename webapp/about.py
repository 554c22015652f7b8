"""The pages that say what this site is and what happens to what people type."""

from flask import Blueprint, render_template

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """Say what is counted, how, and by whom."""
    return render_template("about/about.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what is kept, what is not, and for how long."""
    return render_template("about/privacy.html")
