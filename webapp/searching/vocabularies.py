"""Which lenders, tactics and sources there are at present, and what to call a value of a facet."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import g
from flask_babel import get_locale, gettext

from domain.publishing.published import COMPLAINT_SOURCE
from domain.regions import regions
from domain.store.gathering import sources
from webapp import words
from webapp.shell.language import month, name_of
from webapp.shell.services import services

CANONICAL = "zh_Hans"


def known(vocabulary: str) -> Collection[str]:
    """Return the members of a vocabulary (see parameters.Vocabularies)."""
    return {"lender": present_lenders, "tactic": tactics_by_code, "source": source_names}[vocabulary]()


def present_lenders() -> dict[str, str]:
    """Return {slug: slug that is meant}: itself, or for a merged lender the one that it is shown as."""
    return {slug: slug for slug in services().lender_names} | services().lender_redirects


def label(facet: str, value: str) -> str:
    """Say a value of a facet in the reader's language; one that is not known any more as it is."""
    say: Mapping[str, Callable[[str], Any]] = {
        "kind": lambda kind: words.KINDS[kind],
        "assertion": lambda assertion: words.ASSERTIONS[assertion],
        "lender": lender_name,
        "tactic": lambda code: name_of(tactics_by_code()[code]),
        "month": month,
        "region": lambda code: name_of(regions()[code]),
        "source": lambda slug: source_names()[slug],
    }
    try:
        return str(say[facet](value)) if facet in say else value
    except (KeyError, AttributeError, ValueError):
        return value


def canonical_label(facet: str, value: str) -> str:
    """Say a value as the API and the exports do, in simplified Chinese, whoever asks; codes stay codes."""
    if facet == "lender":
        return services().lender_names.get(value, {}).get(CANONICAL, value)
    if facet == "tactic":
        return str(getattr(tactics_by_code().get(value), "name_zh_hans", value))
    if facet == "region":
        return str(getattr(regions().get(value), "name_zh_hans", value))
    return source_names().get(value, value) if facet == "source" else value


def lender_name(slug: str) -> str:
    """Return a lender's name in the reader's language."""
    return services().lender_names[present_lenders()[slug]][str(get_locale() or CANONICAL)]


def tactics_by_code() -> dict[str, Any]:
    """Return {code: tactic}."""
    if "tactics_by_code" not in g:
        g.tactics_by_code = {tactic.code: tactic for tactic in services().tactics}
    return dict(g.tactics_by_code)


def source_names() -> dict[str, str]:
    """Return {slug: name} of the sources, asked of the store once in a request; complaints come from this site."""
    if "source_names" not in g:
        names = {source.slug: source.name for source in sources.sources(services().database)}
        g.source_names = names | {COMPLAINT_SOURCE: gettext("Filed on this site")}
    return dict(g.source_names)
