import json

import pytest

from domain.publishing import exporting
from domain.settings import PROJECT_ROOT
from webapp.figures.trend_reports import COLUMNS as TREND_COLUMNS


def test_the_bulk_files_hold_everything_published_and_need_no_index(site):
    published = {site.complaint(f"催收上门{n}") for n in range(3)}
    site.complaint("等待", publish=False)
    article = site.article("云岭银行回应催收投诉。")
    assert {row["id"] for row in site.csv("/data/complaints.csv")} == published
    lines = site.page("/data/complaints.jsonl").splitlines()
    assert {json.loads(line)["id"] for line in lines} == published
    assert [row["id"] for row in site.csv("/data/articles.csv")] == [article]


def test_the_page_counts_explains_and_states_the_terms(site):
    site.complaint()
    page = site.page("/data")
    assert "CC BY 4.0" in page
    for column in exporting.COLUMNS + TREND_COLUMNS:
        assert f"<code>{column}</code>" in page


@pytest.mark.parametrize(
    "name", ["complaints.xlsx", "receipts.csv", "complaints", "articles.json", "../complaints.csv"]
)
def test_there_are_no_other_files(site, name):
    assert site.client.get(f"/data/{name}").status_code == 404


def test_the_data_dictionary_names_every_column():
    dictionary = (PROJECT_ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    for column in exporting.COLUMNS + TREND_COLUMNS:
        assert f"| `{column}` |" in dictionary
