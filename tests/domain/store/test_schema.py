"""The schema: migrations and tables say the same, on both stores."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from domain.lenders import load_registry
from domain.models import Base
from domain.store import Database
from domain.store.migrations import is_current, migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy


def test_migrating_again_is_harmless(every_database: Database) -> None:
    migrate(every_database)
    assert is_current(every_database)


def test_the_migrations_make_the_tables_that_the_code_expects(every_database: Database) -> None:
    with every_database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_loading_the_registries_again_adds_nothing(every_database: Database) -> None:
    before = registry.revision(every_database)
    assert registry.load_lenders(every_database, load_registry()) == 0
    registry.load_tactics(every_database, load_taxonomy())
    assert registry.revision(every_database) == before


def test_the_registry_comes_back_as_it_was_loaded(every_database: Database) -> None:
    loaded = {entry.slug: entry for entry in load_registry()}
    kept = {entry.slug: entry for entry in registry.lender_entries(every_database)}
    assert len(loaded) == 168
    for slug, entry in loaded.items():
        assert set(kept[slug].aliases) == set(entry.aliases)
        assert set(kept[slug].relations) == set(entry.relations)


def test_products_are_found_from_their_operator(every_database: Database) -> None:
    assert [(relation, lender.slug) for relation, lender in registry.products_of(every_database, "chenxing_cf")] == [
        ("brand_of", "kuaiyuan_wallet")
    ]
