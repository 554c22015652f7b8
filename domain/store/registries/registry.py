"""Lenders and tactics in the store: loaded from the files, extended by moderators at run time."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from domain.lenders import Alias, LenderEntry
from domain.models import Lender, LenderAlias, LenderRelation, RegistryState, Tactic
from domain.store.database import Database
from domain.tactics import TacticEntry

LENDER_FIELDS = (
    "slug", "name_zh_hans", "name_zh_hant", "name_en", "legal_name", "type", "country", "status",
    "confidence", "basis", "ambiguity_note",
)  # fmt: skip
TACTIC_FIELDS = tuple(column.key for column in Tactic.__table__.columns)


def load_lenders(database: Database, entries: Sequence[LenderEntry], is_sample: bool = False) -> int:
    """Add the lenders, aliases and relations that are not there yet; return how many lenders were new.

    What a moderator added or changed stays: a lender that exists keeps its row and only gains missing aliases.
    """
    with database.writing() as session:
        known = {
            lender.slug: lender
            for lender in session.scalars(
                select(Lender).options(selectinload(Lender.all_aliases), selectinload(Lender.all_relations))
            )
        }
        new = [entry for entry in entries if entry.slug not in known]
        for entry in new:
            known[entry.slug] = Lender(is_sample=is_sample, **{field: getattr(entry, field) for field in LENDER_FIELDS})
            session.add(known[entry.slug])
        session.flush()
        added = sum(_add_missing_parts(known[entry.slug], entry, known) for entry in entries)
        if new or added:
            bump(session)
        return len(new)


def load_tactics(database: Database, entries: Iterable[TacticEntry]) -> None:
    """Make the table of tactics say what the taxonomy says."""
    with database.writing() as session:
        for entry in entries:
            session.merge(Tactic(**{field: getattr(entry, field) for field in TACTIC_FIELDS}))


def lender_entries(database: Database) -> list[LenderEntry]:
    """Return the whole registry as entries, for the reader to find names by."""
    return [_entry(lender) for lender in lenders(database)]


def lenders(database: Database) -> list[Lender]:
    """Return every lender that stands for itself, with aliases and relations (and their targets), by slug."""
    with database.reading() as session:
        return list(session.scalars(_whole_lender().where(Lender.shown_as_pk.is_(None)).order_by(Lender.slug)))


def redirects(database: Database) -> dict[str, str]:
    """Return {slug of a merged lender: slug of the one that it is shown as}."""
    shown = aliased(Lender)
    with database.reading() as session:
        rows = session.execute(select(Lender.slug, shown.slug).join(shown, Lender.shown_as))
        return {slug: shown_as for slug, shown_as in rows}  # noqa: C416 (a row is not a pair to the type checker)


def lender(database: Database, slug: str) -> Lender | None:
    """Return one lender with aliases and relations, or None; a merged one too, whose `shown` is where it went."""
    with database.reading() as session:
        return session.scalar(_whole_lender().where(Lender.slug == slug))


def products_of(database: Database, slug: str) -> list[tuple[str, Lender]]:
    """Return (relation, lender) for what points at this lender: its products, brands and regular partners."""
    target, shown = aliased(Lender), aliased(Lender)
    with database.reading() as session:
        rows = session.execute(
            select(LenderRelation.relation, Lender)
            .join(Lender, LenderRelation.lender_pk == Lender.pk)
            .join(target, LenderRelation.target_pk == target.pk)
            .outerjoin(shown, target.shown_as)
            .where(LenderRelation.retired_at.is_(None), func.coalesce(shown.slug, target.slug) == slug)
            .options(joinedload(Lender.shown_as))
            .order_by(Lender.slug)
        )
        found = [(relation, one.shown) for relation, one in rows if one.shown.slug != slug]
        return list(dict.fromkeys(found))


def tactics(database: Database) -> list[Tactic]:
    """Return the tactics in the order of the taxonomy."""
    with database.reading() as session:
        return list(session.scalars(select(Tactic).order_by(Tactic.position)))


def tactic(database: Database, code: str) -> Tactic | None:
    """Return one tactic, or None."""
    with database.reading() as session:
        return session.get(Tactic, code)


def revision(database: Database) -> tuple[int, int]:
    """Return a value that changes with the lenders, so that a running program knows when to read them again."""
    with database.reading() as session:
        changes = session.scalar(select(RegistryState.revision)) or 0
        return changes, session.scalar(select(func.count()).select_from(LenderAlias)) or 0


def bump(session: Session) -> None:
    """Say, in the caller's transaction, that the lenders have changed."""
    session.execute(update(RegistryState).values(revision=RegistryState.revision + 1))


def _whole_lender() -> Select[Lender]:
    targets = joinedload(LenderRelation.target).joinedload(Lender.shown_as)
    return select(Lender).options(
        joinedload(Lender.shown_as),
        selectinload(Lender.aliases),
        selectinload(Lender.relations).options(targets),
        selectinload(Lender.merged).selectinload(Lender.aliases),
        selectinload(Lender.merged).selectinload(Lender.relations).options(targets),
    )


def _add_missing_parts(lender: Lender, entry: LenderEntry, known: dict[str, Lender]) -> int:
    """Add what the entry has and the lender never had (retired or not); return how much that was."""
    aliases = {alias.text for alias in lender.all_aliases}
    relations = {(relation.relation, relation.target_pk) for relation in lender.all_relations}
    before = len(lender.all_aliases) + len(lender.all_relations)
    for alias in entry.aliases:
        if alias.text not in aliases:
            aliases.add(alias.text)
            lender.all_aliases.append(LenderAlias(text=alias.text, strength=alias.strength, script=alias.script))
    for relation, target in entry.relations:
        if target in known and (relation, known[target].pk) not in relations:
            lender.all_relations.append(LenderRelation(target_pk=known[target].pk, relation=relation))
    return len(lender.all_aliases) + len(lender.all_relations) - before


def _entry(lender: Lender) -> LenderEntry:
    # A lender goes by the names of those merged into it as well, and stands to others as they do.
    return LenderEntry(
        **{field: getattr(lender, field) for field in LENDER_FIELDS},
        aliases=tuple(Alias(alias.text, alias.strength, alias.script) for alias in lender.names_in_use),
        relations=tuple((relation, target.slug) for relation, target in lender.relations_in_use),
    )
