"""What every page shows around its content: the ways through the site, the languages, the sample's banner."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from domain.store import StoreUnavailable
from webapp.shell import language
from webapp.shell.services import services


@dataclass(frozen=True)
class Way:
    """A link of the navigation; it is shown when its page exists."""

    path: str
    text: Any


WAYS = (
    Way("/complaints/new", _l("File a complaint")),
    Way("/search", _l("Search")),
    Way("/trends", _l("Trends")),
    Way("/check", _l("Check a message")),
    Way("/receipt", _l("My receipt")),
)
PATHS = frozenset(way.path for way in WAYS)
FOOTER_WAYS = (
    Way("/about", _l("About this site")),
    Way("/privacy", _l("What happens to your data")),
    Way("/data", _l("Data to take away")),
    Way("/removals", _l("What was taken down")),
)


def init_app(app: Flask) -> None:
    """Give every template what the layout shows."""
    app.context_processor(_shown)


def _shown() -> dict[str, Any]:
    chosen = language.chosen()
    return {
        "frame": frame(_app(), chosen, request.path if request.path in PATHS else ""),
        "language": chosen,
        "catalogue": language.CATALOGUES[chosen],
        "language_links": language_links(),
        "shows_samples": shows_samples(),
        "exists": exists,
        "own_file": own_file,
    }


def exists(path: str) -> bool:
    """Tell whether the site answers at this path (`/records/`: at one under it), so that no link leads nowhere."""
    return path in _paths(_app())


@lru_cache(maxsize=64)
def own_file(name: str) -> str:
    """Return the address of a static file, which is the same on every page."""
    return url_for("static", filename=name)


@dataclass(frozen=True)
class Frame:
    """The parts of a page that are the same on all: links of the head, the ways through the site, the footer."""

    head: Markup
    ways: Markup
    footer: Markup


# They took a tenth of a page's time.
@lru_cache(maxsize=64)
def frame(app: Flask, tag: str, path: str) -> Frame:
    """Return the frame in the language `tag`, which is the request's, with the way to `path` marked as the present."""
    return Frame(
        _rendered(app, "head"),
        _rendered(app, "ways", ways=[way for way in WAYS if exists(way.path)], path=path),
        _rendered(app, "footer", footer_ways=[way for way in FOOTER_WAYS if exists(way.path)]),
    )


def _rendered(app: Flask, part: str, **shown: Any) -> Markup:
    # Not by Flask's own function, which would ask for the frame again.
    return Markup(app.jinja_env.get_template(f"frame/{part}.html").render(shown))  # noqa: S704 (our own template)


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]


@lru_cache(maxsize=4)
def _paths(app: Flask) -> frozenset[str]:
    """Return the paths of the application, and for `/records/<id>` also the `/records/` that it lies under."""
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    return frozenset(rules | {rule.partition("<")[0] for rule in rules if "<" in rule})


def language_links() -> list[dict[str, str]]:
    """Return the languages with the address of this same page in each."""
    kept = tuple((name, value) for name, value in request.args.items(multi=True) if name != "lang")
    return _links_beside(kept) if kept else _links()


@lru_cache(maxsize=1)
def _links() -> list[dict[str, str]]:
    return _links_beside(())


def _links_beside(kept: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [
        {"tag": tag, "name": name, "address": f"?{urlencode([*kept, ('lang', tag)])}"}
        for tag, name in language.NAMES.items()
    ]


def shows_samples() -> bool:
    """Tell whether the sample's banner is due; a store that is down must not take the error page down with it."""
    try:
        return services().has_samples
    except StoreUnavailable:
        return False
