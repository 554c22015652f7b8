import pytest

from domain.publishing import exporting
from webapp.figures import columns, exports
from webapp.figures.trend_reports import COLUMNS as TREND_COLUMNS


def test_every_result_is_in_the_file_and_in_its_order(site):
    ids = [site.complaint(f"催收上门{n}", day=f"2026-11-{n:02}") for n in range(1, 6)]
    site.complaint("只打电话", tactics=())
    site.index()
    rows = site.csv("/search.csv?search_term=上门&sort=date_asc")
    assert [row["id"] for row in rows] == ids
    assert [row["id"] for row in site.json("/search.json?search_term=上门&sort=date_desc")["results"]] == ids[::-1]


def test_more_results_than_one_page_of_the_index_are_all_there(site):
    ids = {site.complaint(f"催收上门{n}") for n in range(103)}
    site.index()
    assert {row["id"] for row in site.csv("/search.csv")} == ids
    document = site.json("/search.json")
    assert document["written"] == document["_meta"]["total"] == 103


def test_a_row_says_what_it_is_and_what_counts(site):
    site.complaint("催收说要上门。", lender="yunling_bank", region="440000", scripts=("今晚上门",), language="zh-Hans")
    site.index()
    (row,) = site.csv("/search.csv")
    assert list(row) == list(exporting.COLUMNS)
    assert row["kind"] == "complaint"
    assert (row["date"], row["date_means"]) == ("2026-11-20", "received")
    assert (row["lenders"], row["lender_names"]) == ("yunling_bank", "云岭银行")
    assert "visit_threatened" in row["counted_tactics"].split(" | ")
    assert (row["text"], row["scripts"], row["region"]) == ("催收说要上门。", "今晚上门", "440000")
    assert row["licence"] == "CC-BY-4.0"


def test_an_article_goes_without_its_whole_text(site):
    text = "云岭银行称催收不得上门。其余全文不在文件里。"
    record_id = site.article(text)
    site.index()
    for address in (
        "/search.csv",
        "/search.json",
        "/data/articles.csv",
        "/data/articles.jsonl",
        f"/api/v1/records/{record_id}",
    ):
        assert "其余全文不在文件里" not in site.page(address), address
    (row,) = site.csv("/data/articles.csv")
    assert row["source_url"].startswith("https://paper.invalid/")
    assert row["counted_tactics"] == ""


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "＝1+1", "  @SUM(A1)", "+8613", "-2+3"])
def test_a_formula_in_a_story_is_harmless_in_csv_and_unchanged_in_json(site, words):
    site.complaint(words + "催收上门")
    site.index()
    for row in site.csv("/search.csv") + site.csv("/data/complaints.csv"):
        assert row["text"].lstrip().startswith("'")
    assert site.json("/search.json")["results"][0]["text"].strip().startswith(words.strip()[:2])


def test_a_file_has_the_mark_for_excel_a_name_and_its_terms(site):
    site.complaint()
    site.index()
    response = site.client.get("/search.csv")
    assert response.get_data().startswith(b"\xef\xbb\xbf")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="doorstep-search-')
    assert 'rel="license"' in response.headers.getlist("Link")[0]


def test_a_search_over_the_limit_is_refused_with_the_way_to_everything(site, monkeypatch):
    monkeypatch.setattr(exports, "LIMIT", 2)
    for n in range(3):
        site.complaint(f"催收上门{n}")
    site.index()
    response = site.client.get("/search.csv")
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert (response.json["bulk"], response.json["total"]) == ("/data", 3)
    page = site.client.get("/search.csv", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 422
    assert 'href="/data"' in page.get_data(as_text=True)
    # and the page does not offer what would be refused
    assert "/search.csv" not in site.page("/search")


def test_an_export_that_cannot_be_read_is_refused_by_name(site):
    site.index()
    response = site.client.get("/search.csv?lender=nope")
    assert (response.status_code, response.json["parameter"]) == (400, "lender")


def test_an_export_without_an_index_is_unavailable_and_not_empty(site):
    site.complaint()
    assert site.client.get("/search.csv").status_code == 503
    assert site.client.get("/search.json").status_code == 503


def test_what_was_withdrawn_since_is_not_exported(site):
    record_id = site.complaint()
    site.index()
    site.withdraw(record_id)
    assert site.csv("/search.csv") == []


def test_every_column_is_explained():
    assert set(columns.RECORDS) == set(exporting.COLUMNS)
    assert set(columns.TRENDS) == set(TREND_COLUMNS)
