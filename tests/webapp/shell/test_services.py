import os

import pytest

from domain.lenders import Alias, LenderEntry, load_registry
from domain.store import StoreUnavailable
from domain.store.registries import registry
from webapp.shell import services as module
from webapp.shell.services import Services


@pytest.fixture
def services(settings, database):
    services = Services(settings)
    yield services
    services.database.dispose()


def new_lender(slug="hudong_loan", name="湖东小贷测试"):
    return LenderEntry(
        slug=slug, name_zh_hans=name, name_zh_hant=name, name_en="Hudong (invented)", legal_name=None,
        type="microloan", country="CN", status="invented", confidence="high", basis="invented", ambiguity_note=None,
        aliases=(Alias(name, "strong", "zh-Hans"),), relations=(),
    )  # fmt: skip


def test_a_lender_that_a_moderator_adds_is_known_without_a_restart(services, database, monkeypatch):
    assert services.reader.resolve_lender("湖东小贷测试") is None
    registry.load_lenders(database, [new_lender()])
    assert services.reader.resolve_lender("湖东小贷测试") is None  # asked for again only after some seconds
    monkeypatch.setattr(module, "REGISTRY_CHECK_SECONDS", 0.0)
    assert services.reader.resolve_lender("湖东小贷测试") == "hudong_loan"
    assert services.lender_names["hudong_loan"]["zh_Hans"] == "湖东小贷测试"


def test_the_reader_is_made_again_only_when_the_registry_changed(services, monkeypatch):
    monkeypatch.setattr(module, "REGISTRY_CHECK_SECONDS", 0.0)
    assert services.reader is services.reader


def test_what_was_known_stays_while_the_store_is_down(services, monkeypatch):
    reader = services.reader
    monkeypatch.setattr(module, "REGISTRY_CHECK_SECONDS", 0.0)

    def down(database):
        raise StoreUnavailable("down")

    monkeypatch.setattr(registry, "revision", down)
    assert services.reader is reader


def test_a_forked_process_opens_its_own_connections(services):
    before = services.database
    services._process = os.getpid() + 1
    assert services.database is not before
    before.dispose()


def test_a_missing_index_is_asked_for_again_each_time(services, monkeypatch):
    from indexer.errors import SearchUnavailable

    answers = iter([SearchUnavailable("missing"), "engine"])

    def open_engine(settings):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(module, "open_engine", open_engine)
    with pytest.raises(SearchUnavailable):
        services.engine  # noqa: B018
    assert services.engine == "engine"


def test_every_name_that_the_form_offers_is_understood(services):
    unclear = {
        name
        for entry in load_registry()
        for name in (entry.name_zh_hans, entry.name_zh_hant, entry.name_en)
        if services.reader.resolve_lender(name) != entry.slug
    }
    assert unclear == set()
