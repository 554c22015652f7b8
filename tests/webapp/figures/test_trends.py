from datetime import UTC, datetime

import pytest

from webapp.figures import trend_reports


@pytest.fixture
def november(monkeypatch):
    monkeypatch.setattr(trend_reports, "now", lambda: datetime(2026, 11, 25, 4, tzinfo=UTC))


@pytest.fixture
def filled(site, november):
    for day in ("2026-08-31", "2026-10-01", "2026-10-02", "2026-11-20"):
        site.complaint(lender="yunling_bank", day=day)
    site.complaint("在电话里一直骂我。", lender="chenxing_cf", day="2026-11-21", tactics=("insult_abuse",))
    site.article("云岭银行回应催收投诉。", day="2026-10-05")
    site.index()
    return site


def counts(rows, kind, value=""):
    return {row["period"]: int(row["count"]) for row in rows if row["kind"] == kind and row["value"] == value}


def test_chart_and_table_say_the_same_and_keep_the_kinds_apart(filled):
    page = filled.page("/trends?date_received_min=2026-08-01")
    assert "投诉共 5 件" in page
    assert "文章共 1 篇，最多的是2026年10月（1 篇）" in page
    assert page.count("<svg") - 1 == 2
    assert '2026年9月</th><td class="number">0</td><td class="number">0</td>' in page
    assert "不完整" in page
    assert "两者从不相加" in page


def test_the_drawing_has_a_title_and_a_description_and_no_style_attribute(filled):
    page = filled.page("/trends")
    assert 'role="img" aria-labelledby="chart-complaint-1-title chart-complaint-1-text"' in page
    assert "<desc" in page
    assert "style=" not in page
    assert 'fill="url(#chart-complaint-1-hatch)"' in page


def test_unasked_it_shows_two_years_and_the_way_to_all(filled):
    filled.complaint(day="2020-01-05")
    filled.index()
    page = filled.page("/trends")
    assert "投诉共 5 件" in page
    assert "最近 24 个月" in page
    assert "投诉共 6 件" in filled.page("/trends?date_received_min=1970-01-01")


def test_the_file_says_what_the_table_says(filled):
    rows = filled.csv("/trends.csv?date_received_min=2026-08-01")
    assert counts(rows, "complaint") == {"2026-08": 1, "2026-09": 0, "2026-10": 2, "2026-11": 2}
    assert counts(rows, "article") == {"2026-08": 0, "2026-09": 0, "2026-10": 1, "2026-11": 0}
    assert {row["whole"] for row in rows if row["period"] == "2026-11"} == {"false"}
    assert all(row["counts"] and row["licence"] for row in rows)
    same = filled.json("/trends.json?date_received_min=2026-08-01")
    assert counts(same["results"], "complaint") == counts(rows, "complaint")
    assert same["totals"] == {"complaint": 5, "article": 1}


def test_under_a_lens_each_value_has_its_row_and_its_name(filled):
    rows = filled.csv("/trends.csv?lens=lender&date_received_min=2026-10-01")
    assert counts(rows, "complaint", "yunling_bank") == {"2026-10": 2, "2026-11": 1}
    assert counts(rows, "complaint", "chenxing_cf") == {"2026-10": 0, "2026-11": 1}
    assert {row["name"] for row in rows if row["value"] == "yunling_bank"} == {"云岭银行"}
    page = filled.page("/trends?lens=lender")
    assert "云岭银行：投诉共 4 件" in page


def test_a_lens_inside_a_lens_is_exact(filled):
    rows = filled.json("/api/v1/trends?lens=lender&sub_lens=tactic")["results"]
    found = {
        (r["value"], r["sub_value"]): r["count"] for r in rows if r["kind"] == "complaint" and r["period"] == "2026-11"
    }
    assert found == {("yunling_bank", "visit_threatened"): 1, ("chenxing_cf", "insult_abuse"): 1}


def test_filters_and_quarters(filled):
    rows = filled.csv("/trends.csv?lender=yunling_bank&trend_interval=quarter")
    assert counts(rows, "complaint") == {"2026-Q3": 1, "2026-Q4": 3}


def test_nothing_found_is_a_page_that_says_so(filled):
    page = filled.page("/trends?search_term=没有这样的话")
    assert "这一时段没有投诉" in page


@pytest.mark.parametrize(
    "query", ["lens=nope", "sub_lens=tactic", "date_received_min=x", "lender=nope", "trend_interval=day"]
)
def test_what_cannot_be_read_is_refused_on_the_page_and_in_the_files(filled, query):
    filled.page(f"/trends?{query}", 400)
    for form in ("csv", "json"):
        response = filled.client.get(f"/trends.{form}?{query}")
        assert response.status_code == 400
        assert response.json["parameter"] == query.split("=")[0]


def test_without_an_index_trends_are_unavailable_and_lead_on(site):
    assert "/data" in site.page("/trends", 503)
    assert site.client.get("/trends.csv").status_code == 503


def test_panels_beyond_the_eighth_are_counted_not_dropped_in_silence(site, november):
    codes = [tactic.code for tactic in site.services.tactics][:10]
    site.complaint(tactics=tuple(codes))
    site.index()
    page = site.page("/trends?lens=tactic")
    assert page.count('class="chart chart--complaint"') == 8
    assert "还有 2 项，见表格和文件" in page
