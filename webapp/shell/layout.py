"""What every page shows around its content: the ways through the site, the languages, the sample's banner."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request
from flask_babel import lazy_gettext as _l

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
FOOTER_WAYS = (
    Way("/about", _l("About this site")),
    Way("/privacy", _l("What happens to your data")),
    Way("/data", _l("Data to take away")),
    Way("/removals", _l("What was taken down")),
)


def init_app(app: Flask) -> None:
    """Give every template what the layout shows."""
    app.context_processor(
        lambda: {
            "ways": _spoken_ways(_app(), False, language.chosen()),
            "footer_ways": _spoken_ways(_app(), True, language.chosen()),
            "language": language.chosen(),
            "catalogue": language.CATALOGUES[language.chosen()],
            "language_links": language_links(),
            "shows_samples": shows_samples(),
            "exists": exists,
        }
    )


def exists(path: str) -> bool:
    """Tell whether the site answers at this path (`/records/`: at one under it), so that no link leads nowhere."""
    return path in _paths(_app())


# Eight strings on every page, always the same eight.
@lru_cache(maxsize=16)
def _spoken_ways(app: Flask, in_footer: bool, tag: str) -> list[Way]:
    """Return the ways whose pages exist, with their words in the language `tag`, which is the request's."""
    ways = FOOTER_WAYS if in_footer else WAYS
    return [Way(way.path, str(way.text)) for way in ways if way.path in _paths(app)]


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]


@lru_cache(maxsize=4)
def _paths(app: Flask) -> frozenset[str]:
    """Return the paths of the application, and for `/records/<id>` also the `/records/` that it lies under."""
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    return frozenset(rules | {rule.partition("<")[0] for rule in rules if "<" in rule})


def language_links() -> list[dict[str, str]]:
    """Return the languages with the address of this same page in each."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
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
