"""Counts on both engines: exact, each facet without its own filter, months of Asia/Shanghai."""

import itertools
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from indexer.documents import Document, Tokens, sort_number, tokens
from indexer.errors import InvalidQuery
from indexer.request import FACETS, SearchRequest, TrendCell

EMPTY = Tokens("", (), ())
LENDERS = [f"lender_{number:03}" for number in range(300)]
TACTICS = [f"tactic_{number:02}" for number in range(30)]


def made(count: int, seed: int = 1) -> list[Document]:
    """Documents with many values for each facet: more than any engine counts by default."""
    chance = random.Random(seed)
    documents = []
    for number in range(1, count + 1):
        kind = chance.choice(["complaint", "article"])
        instant = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(24 * 365 * 7))
        day = instant.astimezone(ZoneInfo("Asia/Shanghai"))
        documents.append(
            Document(
                id=f"{kind[0]}{number:012}", version=1, sort_number=sort_number(instant, kind, number),
                day=int(f"{day:%Y%m%d}"), month=f"{day:%Y-%m}", kind=kind,
                lender=tuple(sorted(chance.sample(LENDERS, chance.randrange(3)))),
                tactic=tuple(sorted(chance.sample(TACTICS, chance.randrange(4)))), assertion=(), tactic_assertion=(),
                region=(), source=f"source_{chance.randrange(40)}", title=EMPTY,
                text=tokens(chance.choice(["催收员打电话", "上门催收", "律师函"])), name=EMPTY, lead="", often="",
            )
        )  # fmt: skip
    return documents


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return made(3000)


@pytest.fixture
def filled(engine_name, engines_of_module, documents):
    def fill(engine):
        with engine.rebuilding() as new:
            assert new.write(documents) == []
            new.commit()
            new.swap()

    return engines_of_module(engine_name, fill)


def values_of(document: Document, facet: str) -> tuple[str, ...]:
    value = getattr(document, facet)
    return value if isinstance(value, tuple) else (value,)


def counted(documents, facet: str) -> dict[str, int]:
    return dict(Counter(value for document in documents for value in values_of(document, facet)))


def shown(result, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in result.facets[facet] if value.count}


def test_thousands_found_are_counted_exactly(filled, documents):
    result = filled.search(SearchRequest(size=10))
    assert (result.total, len(result.hits)) == (3000, 10)
    result = filled.search(SearchRequest("催收", size=10))
    assert result.total == sum("催 收" in document.text.unit for document in documents) > 1000


@pytest.mark.parametrize("facet", FACETS)
def test_every_value_of_every_facet_is_counted(facet, filled, documents):
    assert shown(filled.search(SearchRequest()), facet) == counted(documents, facet)


def test_a_facet_is_counted_without_its_own_filters(filled, documents):
    chosen = ("lender_001", "lender_002", "lender_003")
    request = SearchRequest(
        filters={"lender": chosen, "kind": ("complaint",)}, excluded={"source": ("source_1",), "lender": ("lender_9",)}
    )
    result = filled.search(request)

    def passes(document: Document, but: str) -> bool:
        tests = {
            "lender": bool(set(chosen) & set(document.lender)) and "lender_9" not in document.lender,
            "kind": document.kind == "complaint",
            "source": document.source != "source_1",
        }
        return all(passed for facet, passed in tests.items() if facet != but)

    assert result.total == sum(passes(document, "") for document in documents)
    for facet in FACETS:
        assert shown(result, facet) == counted([d for d in documents if passes(d, facet)], facet)


def test_chosen_values_are_marked_and_stay_when_they_count_nothing(filled):
    result = filled.search(SearchRequest("没有这样的话", filters={"lender": ("lender_001", "nobody")}))
    assert {(value.value, value.count, value.active) for value in result.facets["lender"]} == {
        ("lender_001", 0, True), ("nobody", 0, True),
    }  # fmt: skip


def test_values_come_by_count_and_months_by_time(filled):
    result = filled.search(SearchRequest())
    counts = [value.count for value in result.facets["lender"]]
    months = [value.value for value in result.facets["month"]]
    assert counts == sorted(counts, reverse=True)
    assert months == sorted(months)


def test_only_the_facets_asked_for_are_counted(filled):
    assert list(filled.search(SearchRequest(facets=("month",))).facets) == ["month"]
    assert filled.search(SearchRequest(facets=())).facets == {}
    with pytest.raises(InvalidQuery, match="facet"):
        filled.search(SearchRequest(facets=("text_unit",)))


@pytest.mark.parametrize("lens", ["", "lender", "tactic", "source", "kind", "month"])
def test_trends_count_every_cell(lens, filled, documents):
    cells = Counter(
        (document.month, document.kind, value)
        for document in documents
        for value in (values_of(document, lens) if lens else ("",))
    )
    assert filled.trends(SearchRequest(), lens) == [TrendCell(*key, count) for key, count in sorted(cells.items())]


def test_trends_obey_search_and_filters(filled, documents):
    request = SearchRequest("律师函", filters={"kind": ("complaint",)}, excluded={"tactic": ("tactic_00",)})
    expected = sum(
        "律师" in " ".join(document.text.pair) and document.kind == "complaint" and "tactic_00" not in document.tactic
        for document in documents
    )
    assert sum(cell.count for cell in filled.trends(request, "")) == expected > 0


def test_trends_of_nothing_are_empty(filled):
    assert filled.trends(SearchRequest("没有这样的话"), "lender") == []


def test_trends_by_something_else_are_refused(filled):
    with pytest.raises(InvalidQuery, match="lens"):
        filled.trends(SearchRequest(), "content_hash")


@pytest.mark.parametrize("sort", ["relevance", "date_desc", "date_asc"])
def test_cursors_lead_through_thousands_without_a_gap(sort, filled, documents):
    found, cursor = [], ""
    for _ in itertools.count():
        page = filled.search(SearchRequest("催收", sort=sort, size=100, search_after=cursor, facets=()))
        found += [hit.id for hit in page.hits]
        cursor = page.next
        if not cursor:
            break
    expected = [d for d in documents if "催 收" in d.text.unit]
    expected.sort(key=lambda document: document.sort_number, reverse=sort != "date_asc")
    assert found == [document.id for document in expected]


def test_paging_by_number_goes_10000_deep_and_no_deeper(filled):
    assert filled.search(SearchRequest(frm=2995, size=10)).next == ""
    assert len(filled.search(SearchRequest(frm=2995, size=10)).hits) == 5
    assert filled.search(SearchRequest(frm=9900, size=100)).hits == []
    for frm, size in ((9901, 100), (-1, 10), (1 << 70, 10)):
        with pytest.raises(InvalidQuery, match="too_deep"):
            filled.search(SearchRequest(frm=frm, size=size))


def test_a_page_of_no_results_has_the_total_and_the_facets(filled):
    result = filled.search(SearchRequest(size=0, facets=("kind",)))
    assert (result.hits, result.total, result.next) == ([], 3000, "")
    assert sum(value.count for value in result.facets["kind"]) == 3000


@pytest.mark.parametrize("size", [-1, 101])
def test_a_size_beyond_the_limits_is_refused(size, filled):
    with pytest.raises(InvalidQuery, match="size"):
        filled.search(SearchRequest(size=size))


@pytest.mark.parametrize(
    "cursor", ["x", "d0_5", "r0_", "r0_-1", "r0_99999999999999999999", "r999_1", "\ud800", "r0_１"]
)
def test_a_cursor_that_is_none_is_refused(cursor, filled):
    with pytest.raises(InvalidQuery, match="cursor"):
        filled.search(SearchRequest(search_after=cursor))


@pytest.mark.parametrize("cursor", ["r0_0", "r0_9223372036854775807", "r99_5"])
def test_a_cursor_that_leads_beyond_everything_is_answered(cursor, filled):
    assert filled.search(SearchRequest("催收", search_after=cursor)).total > 0
