"""Moderators extend and correct the registry of lenders at run time, on SQLite and on a real PostgreSQL."""

import pytest

from domain.lenders import load_registry
from domain.reading import Reader
from domain.store import Database, audit, outbox
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing, ReadFiling
from domain.store.registries import registry
from domain.store.registries.registry_changes import (
    InvalidName,
    LenderExists,
    NameTaken,
    NewLender,
    UnknownLender,
    add_alias,
    add_lender,
    remove_alias,
    set_relation,
)

QINGWU = NewLender("qingwu_loan", "青梧速贷", "platform", name_zh_hant="青梧速貸", name_en="Qingwu Loan")


def found(database: Database, text: str) -> list[str]:
    return [find.slug for find in Reader(registry.lender_entries(database)).read(text, kind="complaint").lenders]


def actions(database: Database, slug: str) -> list[str]:
    return [event.action for event in audit.events_of(database, slug)]


def test_a_new_lender_is_found_by_all_its_names(every_database: Database) -> None:
    before = registry.revision(every_database)
    add_lender(every_database, QINGWU, "moderator")
    assert registry.revision(every_database) != before
    assert actions(every_database, "qingwu_loan") == ["lender.added"]
    for name in ("青梧速贷", "青梧速貸", "qingwu loan"):
        assert found(every_database, f"{name}的催收打电话骂我") == ["qingwu_loan"]


def test_a_name_is_added_changed_retired_and_taken_back(every_database: Database) -> None:
    add_lender(every_database, QINGWU, "moderator")
    add_alias(every_database, "qingwu_loan", "梧桐钱包", "moderator")
    assert found(every_database, "梧桐钱包的催收骂我") == ["qingwu_loan"]
    add_alias(every_database, "qingwu_loan", "梧桐钱包", "moderator", strength="contextual")
    assert found(every_database, "梧桐钱包真好看") == []
    remove_alias(every_database, "qingwu_loan", "梧桐钱包", "moderator")
    assert found(every_database, "梧桐钱包的催收骂我") == []
    add_alias(every_database, "qingwu_loan", "梧桐钱包", "moderator")
    assert found(every_database, "梧桐钱包的催收骂我") == ["qingwu_loan"]
    assert actions(every_database, "qingwu_loan")[1:] == [
        "lender.alias_added", "lender.alias_added", "lender.alias_removed", "lender.alias_added",
    ]  # fmt: skip


def test_the_same_name_again_changes_nothing(every_database: Database) -> None:
    add_lender(every_database, QINGWU, "moderator")
    before = registry.revision(every_database), actions(every_database, "qingwu_loan")
    add_alias(every_database, "qingwu_loan", "青梧速贷", "moderator")
    assert (registry.revision(every_database), actions(every_database, "qingwu_loan")) == before


def test_what_was_retired_stays_so_when_the_registry_is_loaded_again(every_database: Database) -> None:
    remove_alias(every_database, "webank", "微众", "moderator")
    set_relation(every_database, "weilidai", "webank", None, "moderator")
    assert registry.load_lenders(every_database, load_registry()) == 0
    entries = {entry.slug: entry for entry in registry.lender_entries(every_database)}
    assert "微众" not in [alias.text for alias in entries["webank"].aliases]
    assert entries["weilidai"].relations == ()
    assert "weilidai" not in [lender.slug for _, lender in registry.products_of(every_database, "webank")]


def test_a_relation_is_set_changed_and_taken_away(every_database: Database) -> None:
    add_lender(every_database, QINGWU, "moderator")
    for relation, kept in (("brand_of", "brand_of"), ("operates", "operates"), (None, None), ("brand_of", "brand_of")):
        set_relation(every_database, "qingwu_loan", "chenxing_cf", relation, "moderator")
        row = registry.lender(every_database, "qingwu_loan")
        assert row is not None
        assert [one.relation for one in row.relations] == ([kept] if kept else [])
    assert actions(every_database, "qingwu_loan").count("lender.relation_set") == 4


def test_a_change_of_names_has_the_index_take_up_the_lenders_records(every_database: Database) -> None:
    filing = Filing("chenxing_cf", "催收骂我", (), "publish")
    reading = Reader([]).read(filing.narrative, kind="complaint")
    filed = complaints.add_complaint(every_database, ReadFiling(filing, reading), b"k" * 32)
    outbox.mark_done(every_database, [row.pk for row in outbox.waiting(every_database, 9)])
    add_alias(every_database, "yunling_bank", "云岭行", "moderator")
    assert outbox.waiting(every_database, 9) == []
    add_alias(every_database, "chenxing_cf", "晨星消费贷", "moderator")
    assert [row.record_id for row in outbox.waiting(every_database, 9)] == [filed.id]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (lambda store: add_lender(store, NewLender("webank", "另一家", "platform"), "m"), LenderExists),
        (lambda store: add_lender(store, NewLender("No Slug!", "另一家", "platform"), "m"), InvalidName),
        (lambda store: add_lender(store, NewLender("other", "微眾銀行", "platform"), "m"), NameTaken),
        (lambda store: add_alias(store, "nobody", "另一家", "m"), UnknownLender),
        (lambda store: add_alias(store, "webank", "网商银行", "m"), NameTaken),
        (lambda store: add_alias(store, "webank", "微", "m"), InvalidName),
        (lambda store: add_alias(store, "webank", "微" * 201, "m"), InvalidName),
        (lambda store: add_alias(store, "webank", "微众贷款", "m", strength="vague"), InvalidName),
        (lambda store: remove_alias(store, "webank", "没有的名字", "m"), InvalidName),
        (lambda store: remove_alias(store, "nobody", "微众", "m"), UnknownLender),
        (lambda store: set_relation(store, "webank", "webank", "related", "m"), InvalidName),
        (lambda store: set_relation(store, "webank", "mybank", "owns", "m"), InvalidName),
        (lambda store: set_relation(store, "webank", "nobody", "related", "m"), UnknownLender),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(every_database: Database, change, refused) -> None:
    before = registry.revision(every_database)
    with pytest.raises(refused):
        change(every_database)
    assert registry.revision(every_database) == before
    assert actions(every_database, "webank") == []


def test_a_contextual_name_may_be_shared(every_database: Database) -> None:
    add_alias(every_database, "webank", "网商银行", "moderator", strength="contextual")
    assert found(every_database, "网商银行的催收骂我") == ["mybank"]
