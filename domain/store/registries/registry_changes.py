"""What moderators change in the registry of lenders at run time: each change audited, and seen by all within seconds.

A change of names announces the records that name the lender, since the index finds them by its names. Texts that were
read before keep their tags until `doorstep retag` reads them again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, literal, or_, select
from sqlalchemy.orm import Session

from domain.language import language_of
from domain.models import (
    ALIAS_STRENGTHS,
    LENDER_RELATIONS,
    Article,
    Complaint,
    Lender,
    LenderAlias,
    LenderMention,
    LenderRelation,
    OutboxRow,
)
from domain.store import audit
from domain.store.database import Database, now
from domain.store.registries.registry import bump
from domain.text import fold

SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
LONGEST_NAME = 200
# A name of one character would be found in every other text.
SHORTEST_NAME = 2


class UnknownLender(Exception):
    """No lender has that slug."""


class LenderExists(Exception):
    """There is a lender with that slug."""


class InvalidName(Exception):
    """A slug or name that cannot be taken; the message says why."""


class NameTaken(Exception):
    """Another lender goes by that name alone already; `slug` is its."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True)
class NewLender:
    """A lender to be added; its names become its first aliases. `type` is one of the types of `lenders.yaml`."""

    slug: str
    name_zh_hans: str
    type: str
    name_zh_hant: str = ""
    name_en: str = ""
    legal_name: str | None = None
    country: str = "CN"
    ambiguity_note: str | None = None


def add_lender(database: Database, lender: NewLender, actor: str) -> None:
    """Add a lender. Raises LenderExists, InvalidName and NameTaken."""
    if not SLUG.fullmatch(lender.slug) or len(lender.slug) > 80:
        raise InvalidName("a slug is made of a-z, 0-9 and _, and has 80 characters at most")
    if not lender.name_zh_hans:
        raise InvalidName("a lender needs a name in simplified Chinese")
    names = dict.fromkeys([lender.name_zh_hans, lender.name_zh_hant, lender.name_en, lender.legal_name or ""])
    with database.writing() as session:
        if session.scalar(select(Lender.pk).where(Lender.slug == lender.slug)) is not None:
            raise LenderExists(lender.slug)
        row = Lender(
            slug=lender.slug, name_zh_hans=lender.name_zh_hans, type=lender.type, country=lender.country,
            name_zh_hant=lender.name_zh_hant or lender.name_zh_hans, name_en=lender.name_en or lender.name_zh_hans,
            legal_name=lender.legal_name, status="active_assumed", confidence="medium", basis="moderator",
            ambiguity_note=lender.ambiguity_note,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for name in names:
            if name:
                _put_alias(session, row, name, "strong")
        _changed(session, row, actor, "lender.added", names=[name for name in names if name])


def add_alias(database: Database, slug: str, name: str, actor: str, strength: str = "strong") -> None:
    """Add a name, or change its strength, or take a retired one back into use.

    Raises UnknownLender, InvalidName, and NameTaken when another lender goes by that name alone.
    """
    if strength not in ALIAS_STRENGTHS:
        raise InvalidName(f"a name is {' or '.join(ALIAS_STRENGTHS)}, not {strength}")
    with database.writing() as session:
        lender = _lender(session, slug)
        if _put_alias(session, lender, name.strip(), strength):
            _changed(session, lender, actor, "lender.alias_added", name=name.strip(), strength=strength)


def remove_alias(database: Database, slug: str, name: str, actor: str) -> None:
    """Retire a name: it is found no more, also after the next `doorstep init`. Raises UnknownLender and InvalidName."""
    with database.writing() as session:
        lender = _lender(session, slug)
        alias = next((alias for alias in lender.all_aliases if alias.text == name and alias.retired_at is None), None)
        if alias is None:
            raise InvalidName(f"{slug} has no name {name}")
        alias.retired_at = now()
        _changed(session, lender, actor, "lender.alias_removed", name=name)


def set_relation(database: Database, slug: str, target: str, relation: str | None, actor: str) -> None:
    """Say how `slug` stands to `target` (see models.LENDER_RELATIONS), in place of what was said; None: not at all.

    Raises UnknownLender, and InvalidName for a relation that there is not, or of a lender to itself.
    """
    if relation is not None and relation not in LENDER_RELATIONS:
        raise InvalidName(f"a relation is one of {', '.join(LENDER_RELATIONS)}, not {relation}")
    if slug == target:
        raise InvalidName("a lender has no relation to itself")
    with database.writing() as session:
        lender, other = _lender(session, slug), _lender(session, target)
        between = [row for row in lender.all_relations if row.target_pk == other.pk]
        in_use = {row.relation for row in between if row.retired_at is None}
        if in_use == ({relation} - {None}):
            return
        for row in between:
            row.retired_at = None if row.relation == relation else row.retired_at or now()
        if relation is not None and relation not in {row.relation for row in between}:
            lender.all_relations.append(LenderRelation(target_pk=other.pk, relation=relation))
        _changed(session, lender, actor, "lender.relation_set", target=target, relation=relation)


def _lender(session: Session, slug: str) -> Lender:
    found = session.scalar(select(Lender).where(Lender.slug == slug).with_for_update())
    if found is None:
        raise UnknownLender(slug)
    return found


def _put_alias(session: Session, lender: Lender, name: str, strength: str) -> bool:
    """Bring a name into use; return whether that changed anything."""
    if not len(fold(name).strip()) >= SHORTEST_NAME or len(name) > LONGEST_NAME:
        raise InvalidName(f"a name has {SHORTEST_NAME} to {LONGEST_NAME} characters")
    if strength == "strong" and (taken := _owner(session, name, lender)):
        raise NameTaken(taken)
    alias = next((alias for alias in lender.all_aliases if alias.text == name), None)
    if alias is None:
        script = "latin" if name.isascii() else language_of(name)
        lender.all_aliases.append(LenderAlias(text=name, strength=strength, script=script))
        return True
    changed = alias.retired_at is not None or alias.strength != strength
    alias.retired_at, alias.strength = None, strength
    return changed


def _owner(session: Session, name: str, lender: Lender) -> str | None:
    """Return the slug of another lender that goes by this name alone, whatever script it is in."""
    strong = select(Lender.slug, LenderAlias.text).join(LenderAlias, LenderAlias.lender_pk == Lender.pk)
    strong = strong.where(LenderAlias.strength == "strong", LenderAlias.retired_at.is_(None))
    # One merged into it is no other lender.
    strong = strong.where(func.coalesce(Lender.shown_as_pk, Lender.pk) != (lender.shown_as_pk or lender.pk))
    return next((slug for slug, text in session.execute(strong) if fold(text) == fold(name)), None)


def _changed(session: Session, lender: Lender, actor: str, action: str, **details: Any) -> None:
    """Audit a change, let every program see it, and have the index take up the lender's names anew."""
    session.flush()
    bump(session)
    audit.note(session, actor, action, lender.slug, **details)
    announce_records_of(session, [lender.shown_as_pk or lender.pk])


def announce_records_of(session: Session, lender_pks: Sequence[int]) -> None:
    """Have the index take up every record that names these lenders, or one that is shown as one of them."""
    lenders = select(Lender.pk).where(or_(Lender.pk.in_(lender_pks), Lender.shown_as_pk.in_(lender_pks)))
    named = LenderMention.lender_pk.in_(lenders)
    complaints = select(literal(now(), OutboxRow.created_at.type), Complaint.id).where(
        or_(
            Complaint.lender_pk.in_(lenders),
            Complaint.collector_pk.in_(lenders),
            Complaint.pk.in_(select(LenderMention.complaint_pk).where(named)),
        )
    )
    articles = select(literal(now(), OutboxRow.created_at.type), Article.id).where(
        Article.pk.in_(select(LenderMention.article_pk).where(named))
    )
    for records in (complaints, articles):
        session.execute(insert(OutboxRow).from_select(["created_at", "record_id"], records))
