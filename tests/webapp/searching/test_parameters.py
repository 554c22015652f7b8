from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from indexer.errors import InvalidQuery
from indexer.request import FacetValue, SearchRequest
from webapp.searching.parameters import SEARCH, TRENDS, BadParameter, read_kindly, read_strictly
from webapp.searching.requests import at_fault, search_request, totals_by_kind

KNOWN = {"lender": {"yunling_bank", "chenxing_cf"}, "tactic": {"visit_threatened"}, "source": {"doorstep"}}


def read(*pairs, table=SEARCH):
    return read_strictly(table, MultiDict(pairs), KNOWN.__getitem__)


def refused(*pairs, table=SEARCH):
    with pytest.raises(BadParameter) as caught:
        read(*pairs, table=table)
    return caught.value.name, caught.value.reason


def test_parameters_become_a_request():
    values = read(
        ("search_term", "上门"), ("lender", "yunling_bank"), ("lender", "chenxing_cf"), ("not_kind", "article"),
        ("date_received_min", "2026-11-01"), ("size", "5"), ("sort", "created_date_desc"),
    )  # fmt: skip
    assert search_request(values) == SearchRequest(
        search_term="上门", filters={"lender": ("yunling_bank", "chenxing_cf")}, excluded={"kind": ("article",)},
        date_received_min=date(2026, 11, 1), size=5, sort="date_desc",
    )  # fmt: skip


def test_nothing_given_is_the_plain_request():
    assert search_request(read()) == SearchRequest()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("nonsense", "1", "unknown"),
        ("lender", "no_such_bank", "not_allowed"),
        ("lender", "", "empty"),
        ("tactic", "visit", "not_allowed"),
        ("kind", "complaints", "not_allowed"),
        ("assertion", "lived", "not_allowed"),
        ("source", "elsewhere", "not_allowed"),
        ("region", "44", "not_allowed"),
        ("region", "４４００００", "not_allowed"),
        ("month", "2026-13", "not_allowed"),
        ("month", "2026-11\n", "not_allowed"),
        ("date_received_min", "2026-11-31", "not_a_date"),
        ("date_received_min", "20261101", "not_a_date"),
        ("date_received_max", "", "empty"),
        ("size", "101", "out_of_range"),
        ("size", "-1", "not_a_number"),
        ("size", "٣", "not_a_number"),
        ("frm", "10001", "out_of_range"),
        ("sort", "best", "not_allowed"),
        ("field", "narrative", "not_allowed"),
        ("search_term", "催" * 1001, "too_long"),
    ],
)
def test_a_value_against_its_rule_is_refused_by_name(name, value, reason):
    assert refused((name, value)) == (name, reason)


def test_a_single_valued_parameter_that_comes_twice_is_refused():
    assert refused(("size", "1"), ("size", "1")) == ("size", "repeated")


def test_the_last_day_may_not_lie_before_the_first():
    assert refused(("date_received_min", "2026-11-02"), ("date_received_max", "2026-11-01")) == (
        "date_received_min",
        "order",
    )


def test_skipping_and_a_cursor_do_not_go_together():
    assert refused(("frm", "20"), ("search_after", "x")) == ("frm", "both")


@pytest.mark.parametrize("lens", [(), (("lens", "overview"),), (("lens", "tactic"),)])
def test_a_sub_lens_needs_another_lens(lens):
    assert refused(*lens, ("sub_lens", "tactic"), table=TRENDS) == ("sub_lens", "lens")


def test_a_form_with_blank_fields_is_read_as_if_they_were_not_sent():
    sent = MultiDict([("search_term", " 上门 "), ("lender", ""), ("date_received_min", ""), ("utm", "x")])
    assert read_kindly(SEARCH, sent, KNOWN.__getitem__) == ({"search_term": "上门"}, [])


def test_a_form_says_what_is_wrong_and_keeps_the_rest():
    sent = MultiDict([("search_term", "上门"), ("date_received_min", "gestern")])
    values, wrong = read_kindly(SEARCH, sent, KNOWN.__getitem__)
    assert values == {"search_term": "上门"}
    assert [(problem.name, problem.reason) for problem in wrong] == [("date_received_min", "not_a_date")]


@pytest.mark.parametrize(
    ("code", "value", "name"),
    [
        ("too_long", "", "search_term"),
        ("too_deep", "", "frm"),
        ("cursor", "x", "search_after"),
        ("filter", "lender", "lender"),
    ],
)
def test_what_the_index_refuses_is_laid_at_a_parameter(code, value, name):
    assert at_fault(InvalidQuery(code, value)).name == name


def test_totals_leave_out_the_kind_that_was_not_asked_for():
    facets = {"kind": [FacetValue("complaint", 12, True), FacetValue("article", 34, False)]}
    assert totals_by_kind(SearchRequest(filters={"kind": ("complaint",)}), facets, 12) == {
        "complaint": 12,
        "article": 0,
    }
    assert totals_by_kind(SearchRequest(excluded={"kind": ("complaint",)}), facets, 34) == {
        "complaint": 0,
        "article": 34,
    }
    assert totals_by_kind(SearchRequest(), facets, 46) == {"complaint": 12, "article": 34}
