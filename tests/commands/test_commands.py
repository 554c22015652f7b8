"""The command line on a store and an index of its own."""

import json

import pytest
from click.testing import CliRunner, Result

from commands import MODULES, doorstep
from commands.opening import open_database, open_index, open_keys
from domain import sample
from domain.filings.filing import file_complaint
from domain.models import Lender
from domain.reading import Reader
from domain.store import records, samples
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing
from domain.store.registries import registry
from indexer.request import SearchRequest

STORY = Filing(
    lender="chenxing_cf", narrative="催收说已经到我家门口，没有人来。", tactics=("visit_threatened",), consent="publish"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(doorstep, arguments, catch_exceptions=False)


@pytest.fixture
def store():
    """A store made by `doorstep init`."""
    assert run("init").exit_code == 0
    database = open_database()
    yield database
    database.dispose()


def file_one(database, reader: Reader, filing: Filing = STORY) -> str:
    return file_complaint(database, reader, open_keys(), filing).id


def test_init_again_changes_nothing(store) -> None:
    before = registry.revision(store)
    again = run("init")
    assert again.exit_code == 0
    assert "0 new lenders" in again.output
    assert registry.revision(store) == before


def test_a_first_start_brings_the_sample_and_a_second_does_not_bring_it_back(store) -> None:
    assert "Loaded a sample" in run("init", "--sample-if-new").output
    loaded = records.count_samples(store)
    assert loaded == sum(1 for _ in records.iterate_public(store))
    assert run("sample", "remove").output == f"Removed {loaded} sample records.\n"
    assert "Loaded" not in run("init", "--sample-if-new").output
    assert records.count_samples(store) == 0


@pytest.mark.parametrize("command", ["index sync", "index check", "staff list", "retag", "sample load", "audit verify"])
def test_before_init_every_command_says_in_one_line_what_to_do(command) -> None:
    told = run(*command.split())
    assert told.exit_code == 1
    assert "doorstep init" in told.output
    assert len(told.output.splitlines()) == 1


def test_a_missing_index_is_told_in_one_line(store) -> None:
    told = run("index", "check")
    assert told.exit_code == 1
    assert "doorstep index rebuild" in told.output
    assert len(told.output.splitlines()) == 1


def test_the_sample_is_not_loaded_beside_a_real_complaint(store, reader: Reader) -> None:
    file_one(store, reader)
    assert not samples.is_untouched(store)
    run("init", "--sample-if-new")
    assert records.count_samples(store) == 0


def test_the_sample_names_invented_lenders_only_and_leaves_nothing_behind(store) -> None:
    real = {lender.slug for lender in registry.lenders(store)}
    run("sample", "load")
    assert run("sample", "load").output == "The sample is there already.\n"
    for record in records.iterate_public(store):
        named = {mention.lender.slug for mention in record.lender_mentions}
        assert not named & real, (record.id, named & real)
    run("index", "sync")
    assert open_index().search(SearchRequest()).total > 0
    run("sample", "remove")
    run("index", "sync")
    assert open_index().search(SearchRequest()).total == 0
    assert {lender.slug for lender in registry.lenders(store)} == real


def test_a_lender_of_the_sample_that_a_complaint_names_stays_with_it(store, reader: Reader) -> None:
    run("sample", "load")
    complaint = file_one(store, reader)
    run("sample", "remove")
    kept = records.get(store, complaint)
    assert isinstance(kept.lender, Lender)
    assert kept.lender.slug == "chenxing_cf"


def test_the_sample_hides_the_telephone_number_in_it(store) -> None:
    sample.load(store, open_keys())
    published = " ".join(record.public_text for record in records.iterate_public(store))
    assert "１３９" not in published
    assert "电话］" in published


def test_publishing_says_what_became_of_each(store, reader: Reader) -> None:
    complaint = file_one(store, reader)
    result = run("staff", "publish", complaint, "c000000000000")
    assert result.exit_code == 1
    assert f"{complaint} published" in result.output
    assert "c000000000000 is not the id of a complaint" in result.output


def test_all_received_publishes_what_waits_and_leaves_what_is_private(store, reader: Reader) -> None:
    from dataclasses import replace

    public, private = file_one(store, reader), file_one(store, reader, replace(STORY, consent="private"))
    assert run("staff", "publish", "--all-received").exit_code == 0
    assert records.get(store, public).status == "published"
    assert records.get(store, private).status == "received"


@pytest.mark.parametrize("arguments", [(), ("c000000000000", "--all-received")])
def test_publishing_needs_either_ids_or_all(store, arguments: tuple[str, ...]) -> None:
    assert run("staff", "publish", *arguments).exit_code == 2


def test_the_index_is_made_checked_and_rebuilt(store, reader: Reader) -> None:
    complaint = file_one(store, reader)
    complaints.publish(store, complaint, "test")
    assert run("index", "sync").exit_code == 0
    assert [hit.id for hit in open_index().search(SearchRequest("门口")).hits] == [complaint]
    assert run("index", "check").exit_code == 0
    rebuilt = run("index", "rebuild")
    assert json.loads(rebuilt.output)["documents"] == 1


def test_a_difference_between_index_and_store_is_printed_and_exits_1(store, reader: Reader) -> None:
    run("index", "sync")
    complaint = file_one(store, reader)
    complaints.publish(store, complaint, "test")
    found = run("index", "check")
    assert found.exit_code == 1
    assert json.loads(found.output)["missing"] == [complaint]


def test_every_command_and_setting_is_documented() -> None:
    from domain.settings import PROJECT_ROOT, Settings

    manual = (PROJECT_ROOT / "docs" / "operations.md").read_text("utf-8")
    for name in MODULES:
        assert f"doorstep {name}" in manual or f"`{name}`" in manual, name
    for name in Settings.model_fields:
        assert f"`{name.upper()}`" in manual, name


def test_retag_prints_its_counts_and_a_second_run_changes_nothing(store, reader: Reader) -> None:
    file_one(store, reader)
    assert run("retag").output.splitlines()[-1].startswith("articles: ")
    counts = json.loads(run("retag", "--json").stdout)
    assert (counts["complaints"]["read"], counts["complaints"]["changed"]) == (1, 0)
