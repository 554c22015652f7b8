"""The web site: one blueprint for each thing that a visitor comes to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from domain.safekeeping.keys import load_or_make_key
from domain.settings import PROJECT_ROOT, Settings
from domain.settings import settings as environment
from webapp.blueprints import BLUEPRINTS
from webapp.filing import limits
from webapp.filing.uploads import UploadRequest
from webapp.shell import errors, language, layout, security
from webapp.shell.services import Services
from webapp.staff import guard

TEMPLATES = PROJECT_ROOT / "templates"
csrf = CSRFProtect()


class Site(Flask):
    """The application. None of its functions is asynchronous, so Flask need not look at a dozen in each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. Opens neither the store nor the index: each worker does that at its first request."""
    settings = settings or environment()
    app = Site("webapp", root_path=str(Path(__file__).parent), template_folder=str(TEMPLATES))
    app.request_class = UploadRequest
    app.config.update(security.configuration(_secret_key(settings)))
    app.extensions["doorstep"] = Services(settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(TEMPLATES), PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    csrf.init_app(app)
    for part in (security, language, layout, errors, guard):
        part.init_app(app)
    limits.init_app(app, settings, app.config["SECRET_KEY"].encode())
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
        if getattr(blueprint, "handles_csrf_itself", False):
            csrf.exempt(blueprint)
    return app


def _secret_key(settings: Settings) -> str:
    # A key file and not a random value, so that every worker, and the next start, reads the same cookies.
    return settings.secret_key or load_or_make_key(settings.keys_folder, "session.key").hex()
