"""The registries: lenders with their aliases and relations, and the tactics."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, one_of
from domain.models.vocabulary import ALIAS_STRENGTHS, LENDER_RELATIONS


class Lender(Base):
    """An institution, product or agency of the registry. Standing here says nothing about its conduct."""

    __tablename__ = "lender"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_zh_hans: Mapped[str] = mapped_column(String(200))
    name_zh_hant: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    legal_name: Mapped[str | None] = mapped_column(String(300))
    type: Mapped[str] = mapped_column(String(40))
    country: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(40))
    ambiguity_note: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)
    # The lender that this one was merged into, at the end of the chain. Its own rows stay as they are: what reads them
    # goes by `shown`, so that a merge made in error can be undone.
    shown_as_pk: Mapped[int | None] = mapped_column(ForeignKey("lender.pk"), index=True)

    shown_as: Mapped[Lender | None] = relationship(remote_side=[pk], back_populates="merged")
    merged: Mapped[list[Lender]] = relationship(back_populates="shown_as", order_by="Lender.slug", viewonly=True)
    # What is in use; what a moderator retired stays in the tables, so that the next `doorstep init` leaves it out.
    aliases: Mapped[list[LenderAlias]] = relationship(
        primaryjoin="and_(Lender.pk == LenderAlias.lender_pk, LenderAlias.retired_at.is_(None))",
        order_by="LenderAlias.pk", viewonly=True,
    )  # fmt: skip
    relations: Mapped[list[LenderRelation]] = relationship(
        primaryjoin="and_(Lender.pk == LenderRelation.lender_pk, LenderRelation.retired_at.is_(None))",
        order_by="LenderRelation.pk", viewonly=True,
    )  # fmt: skip
    all_aliases: Mapped[list[LenderAlias]] = relationship(
        back_populates="lender", cascade="all, delete-orphan", order_by="LenderAlias.pk"
    )
    all_relations: Mapped[list[LenderRelation]] = relationship(
        foreign_keys="LenderRelation.lender_pk", back_populates="lender", cascade="all, delete-orphan"
    )

    @property
    def shown(self) -> Lender:
        """Return the lender under which this one is shown and counted: itself, unless it was merged."""
        return self if self.shown_as_pk is None or self.shown_as is None else self.shown_as

    @property
    def names_in_use(self) -> list[LenderAlias]:
        """Return its aliases and those of the lenders merged into it, each text once."""
        found = {alias.text: alias for one in reversed([self, *self.merged]) for alias in one.aliases}
        own = [alias.text for alias in self.aliases]
        return [found[text] for text in dict.fromkeys([*own, *found])]

    @property
    def relations_in_use(self) -> list[tuple[str, Lender]]:
        """Return (relation, lender) of it and of those merged into it, each once, to the lenders as they are shown."""
        found = [(one.relation, one.target.shown) for lender in [self, *self.merged] for one in lender.relations]
        return list(dict.fromkeys((relation, target) for relation, target in found if target.pk != self.pk))


class LenderMerge(Base):
    """A merge of one lender into another, and whether it was undone. Rows are only ever added."""

    __tablename__ = "lender_merge"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk"), index=True)
    target_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    merged_by: Mapped[str] = mapped_column(String(80))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What was found after this mention was found under the target's names, and goes back by its words when undone.
    last_mention_pk: Mapped[int] = mapped_column(RowNumber)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    lender: Mapped[Lender] = relationship(foreign_keys=[lender_pk])
    target: Mapped[Lender] = relationship(foreign_keys=[target_pk])


class LenderAlias(Base):
    """A name under which a lender is written of. `contextual` ones count only beside words of lending."""

    __tablename__ = "lender_alias"
    __table_args__ = (
        UniqueConstraint("lender_pk", "text"),
        one_of("strength", ALIAS_STRENGTHS, "strength"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(200))
    strength: Mapped[str] = mapped_column(String(20))
    script: Mapped[str] = mapped_column(String(20))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    lender: Mapped[Lender] = relationship(back_populates="all_aliases")


class LenderRelation(Base):
    """`lender` stands to `target` as product to operator (`operates`), brand to platform (`brand_of`), …"""

    __tablename__ = "lender_relation"
    __table_args__ = (
        UniqueConstraint("lender_pk", "target_pk", "relation"),
        one_of("relation", LENDER_RELATIONS, "relation"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk", ondelete="CASCADE"), index=True)
    target_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk", ondelete="CASCADE"), index=True)
    relation: Mapped[str] = mapped_column(String(20))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    lender: Mapped[Lender] = relationship(foreign_keys=[lender_pk], back_populates="all_relations")
    target: Mapped[Lender] = relationship(foreign_keys=[target_pk])


class Tactic(Base):
    """A way of collecting, from the taxonomy; the order is that of the file."""

    __tablename__ = "tactic"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    group_code: Mapped[str] = mapped_column(String(40))
    group_name_zh_hans: Mapped[str] = mapped_column(String(100))
    group_name_zh_hant: Mapped[str] = mapped_column(String(100))
    group_name_en: Mapped[str] = mapped_column(String(100))
    name_zh_hans: Mapped[str] = mapped_column(String(100))
    name_zh_hant: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    severity: Mapped[int] = mapped_column(Integer)
    definition_zh: Mapped[str] = mapped_column(Text)
    definition_en: Mapped[str] = mapped_column(Text)
    legal_status: Mapped[str] = mapped_column(String(40))


class RegistryState(Base):
    """One row: a number that grows with every change of the lenders, for running programs to look at."""

    __tablename__ = "registry_state"

    pk: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(Integer, default=0)
