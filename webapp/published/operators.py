"""Who stands behind a brand: the relations of the registry in sentences that a borrower can use."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from domain.models import Lender
from domain.store.registries import registry
from webapp.shell.language import name_of
from webapp.shell.services import services

SENTENCES: dict[str, Any] = {
    "operates": _l("%(brand)s is run by %(operator)s."),
    "brand_of": _l("%(brand)s is a brand of %(operator)s."),
    "channel": _l("%(brand)s shows loans that others make; one of them is %(operator)s."),
}


@dataclass(frozen=True)
class Behind:
    """A sentence on who stands behind a brand, and the page on that institution."""

    sentence: str
    slug: str


def behind(typed: str) -> list[Behind]:
    """Return who stands behind the lender that a name means, empty for one that stands for itself."""
    slug = services().reader.resolve_lender(typed.strip()) if typed.strip() else None
    lender = registry.lender(services().database, slug) if slug else None
    return [] if lender is None else sentences_on(lender)


def sentences_on(lender: Lender) -> list[Behind]:
    """Return a sentence for each relation that says whose a brand is."""
    return [
        Behind(str(SENTENCES[relation.relation]) % {"brand": name_of(lender), "operator": name_of(relation.target)},
               relation.target.slug)
        for relation in lender.relations
        if relation.relation in SENTENCES
    ]  # fmt: skip
