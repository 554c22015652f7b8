"""The same searches on both engines: which records must be found, as a table (contract_queries.yaml)."""

import copy
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.engines import Engine
from indexer.errors import InvalidQuery
from indexer.request import SearchRequest
from indexer.sync import sync

HERE = Path(__file__).parent
CORPUS = yaml.safe_load((HERE / "contract_corpus.yaml").read_text(encoding="utf-8"))
CASES = yaml.safe_load((HERE / "contract_queries.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def names(prepared_database, records_in) -> dict[str, str]:
    """The corpus is in the store: {record id: name in the corpus}."""
    records = records_in(prepared_database)
    corpus = copy.deepcopy(CORPUS)
    found = {}
    for name, row in corpus["complaints"].items():
        row["received_at"] = row["received_at"].replace(tzinfo=UTC)
        row["scripts"], row["tactics"] = tuple(row.get("scripts", ())), tuple(row.get("tactics", ()))
        found[records.complaint(row.pop("text"), **row)] = name
    for name, row in corpus["articles"].items():
        if "fetched_at" in row:
            row["fetched_at"] = row["fetched_at"].replace(tzinfo=UTC)
        row["tactics"] = tuple(tuple(pair) for pair in row.get("tactics", ()))
        found[records.article(row.pop("title"), row.pop("text"), **row)] = name
    return found


@pytest.fixture
def filled(engine_name: str, engines_of_module, prepared_database, names) -> Engine:
    """Each engine with the corpus."""
    return engines_of_module(engine_name, partial(sync, prepared_database))


def request_of(case: dict[str, Any], **rest: Any) -> SearchRequest:
    filters, excluded = (
        {facet: tuple(values) for facet, values in case.get(key, {}).items()} for key in ("filters", "excluded")
    )
    return SearchRequest(
        case.get("q", ""), field=case.get("field", "all"), filters=filters, excluded=excluded,
        date_received_min=case.get("min"), date_received_max=case.get("max"),
        sort=case.get("sort", "relevance"), **rest,
    )  # fmt: skip


def described(case: dict[str, Any]) -> str:
    return ascii({key: value for key, value in case.items() if key != "find"})[:80]


def test_the_table_is_as_long_as_it_must_be():
    assert len(CASES) >= 120
    assert len({str({key: value for key, value in case.items() if key != "find"}) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=described)
def test_a_search_finds_exactly_these_records(case, filled, names):
    if "refused" in case:
        with pytest.raises(InvalidQuery) as refusal:
            filled.search(request_of(case))
        assert refusal.value.code == case["refused"]
        return
    result = filled.search(request_of(case, size=100))
    found = [names[hit.id] for hit in result.hits]
    if not case.get("order"):
        found, case = sorted(found), case | {"find": sorted(case["find"])}
    assert found == case["find"]
    assert (result.total, result.next) == (len(found), "")


@pytest.mark.parametrize("case", [case for case in CASES if len(case.get("find", ())) > 2], ids=described)
def test_pages_of_one_join_to_the_whole_answer(case, filled):
    whole = [hit.id for hit in filled.search(request_of(case, size=100)).hits]
    by_cursor, cursor = [], ""
    for start in range(len(whole)):
        page = filled.search(request_of(case, size=1, search_after=cursor, facets=()))
        skipped = filled.search(request_of(case, size=1, frm=start, facets=()))
        assert page.total == skipped.total == len(whole)
        assert page.hits[0].id == skipped.hits[0].id
        assert page.hits[0].cursor == skipped.hits[0].cursor
        by_cursor.append(page.hits[0].id)
        cursor = page.next
    assert (by_cursor, cursor) == (whole, "")
