"""The reader's language: simplified Chinese, traditional Chinese or English."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

import opencc
from babel.dates import format_date
from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, format_decimal, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from domain.settings import SITE_TIME_ZONE

# The tag in <html lang>, in `?lang=` and in the cookie → the name of the catalogue.
CATALOGUES = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "en": "en"}
# Each in its own words, whatever the language of the page.
NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
DEFAULT = "zh-Hans"
COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 3600
TRADITIONAL_REGIONS = {"tw", "hk", "mo", "hant"}
DAY_FORMATS = {"zh_Hans": "y年M月d日", "zh_Hant": "y年M月d日", "en": "d MMMM y"}
MONTH_FORMATS = {"zh_Hans": "y年M月", "zh_Hant": "y年M月", "en": "MMMM y"}

babel = Babel()


def init_app(app: Flask) -> None:
    """Choose the language of each request and give the templates their filters."""
    babel.init_app(
        app, default_locale="zh_Hans", default_timezone=SITE_TIME_ZONE.key, locale_selector=lambda: CATALOGUES[chosen()]
    )
    # A page has fifty strings, and looking up the request's catalogue for each took a third of its time.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().ugettext(text),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = _translated
    app.after_request(_remember)
    app.jinja_env.filters.update(
        day=day, month=month, minute=minute, number=format_decimal, name=name_of, group_name=group_name_of,
        definition=definition_of,
    )  # fmt: skip


def chosen() -> str:
    """Return the tag of the reader's language: what they ask for now, chose before, or what their browser says."""
    known = g.get("language")
    if known is None:
        asked, kept = request.args.get("lang", ""), request.cookies.get(COOKIE, "")
        g.language = next((tag for tag in (asked, kept) if tag in CATALOGUES), None) or preferred()
    return str(g.language)


def catalogue() -> str:
    """Return the name of the reader's catalogue; Babel would read the name anew for each request."""
    return CATALOGUES[chosen()] if has_request_context() else CATALOGUES[DEFAULT]


class Later:
    """A sentence of the interface, said in the reader's language where it is shown."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __html__(self) -> Markup:
        """Return the sentence for a page."""
        return _spoken(chosen(), self._text)

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.__html__())


def preferred() -> str:
    """Return the tag that fits Accept-Language best."""
    for value, _ in request.accept_languages:
        first, *rest = value.lower().replace("_", "-").split("-")
        if first == "zh":
            return "zh-Hant" if TRADITIONAL_REGIONS & set(rest) and "hans" not in rest else "zh-Hans"
        if first == "en":
            return "en"
    # Programs seldom say, and the API's own sentences are English.
    return "en" if request.path.startswith("/api/") else DEFAULT


def day(value: date | datetime | None) -> str:
    """Write a day in China: 2026年11月22日."""
    return _write(value, DAY_FORMATS)


def month(value: date | str) -> str:
    """Write a month, given as a date or as `2026-11`: 2026年11月."""
    return _write(date.fromisoformat(f"{value}-01") if isinstance(value, str) else value, MONTH_FORMATS)


def minute(value: datetime | None) -> str:
    """Write an instant by the clock in China: 2026年11月22日 14:05."""
    return f"{day(value)} {value.astimezone(SITE_TIME_ZONE):%H:%M}" if value else ""


def name_of(thing: Any) -> str:
    """Return the name of a lender, a tactic or a region in the reader's language."""
    return str(getattr(thing, f"name_{_suffix()}"))


def group_name_of(tactic: Any) -> str:
    """Return the name of a tactic's group in the reader's language."""
    return str(getattr(tactic, f"group_name_{_suffix()}"))


def definition_of(tactic: Any) -> str:
    """Return a tactic's definition in the reader's language and script."""
    if _suffix() == "en":
        return str(tactic.definition_en)
    return in_script(str(tactic.definition_zh))


def in_script(text: str) -> str:
    """Return our own simplified text in the reader's script. Never for what people wrote: their words stay theirs."""
    return str(_to_traditional().convert(text)) if _suffix() == "zh_hant" else text


@pass_context
def _translated(context: Context, text: str, /, **named: Any) -> str:
    """Return an interface string, as Jinja's own `_` does with a third of its work: it stands on a page 30 times."""
    # The layout's; a macro that was imported without its context has none.
    spoken = _spoken(context.parent.get("language") or chosen(), text)
    found = spoken if context.eval_ctx.autoescape else str(spoken)
    return found % named if named or "%" in found else found


# Every string of the interface in three languages.
@lru_cache(maxsize=8192)
def _spoken(tag: str, text: str) -> Markup:
    """Return a string in the language `tag`, which is the request's. Our own catalogue may hold marks of HTML."""
    return Markup(_translations().ugettext(text))  # noqa: S704


def _translations() -> Any:
    """Return the catalogue of this request."""
    return get_translations()


def _suffix() -> str:
    return catalogue().lower()


@lru_cache(maxsize=1)
def _to_traditional() -> Any:
    return opencc.OpenCC("s2t")


def _write(value: date | datetime | None, formats: dict[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(SITE_TIME_ZONE).date()
    locale = catalogue()
    return _formatted(value, formats[locale], locale)


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: str) -> str:
    """Write a day: the same few days stand on every page, and Babel reads its pattern anew for each."""
    return str(format_date(value, pattern, locale=locale))


def _remember(response: Response) -> Response:
    asked = request.args.get("lang", "")
    if asked in CATALOGUES and request.endpoint != "static":
        response.set_cookie(
            COOKIE, asked, max_age=COOKIE_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    return response
