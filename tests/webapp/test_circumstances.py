"""What a complaint says besides its text: on its page, in the API, in the files, and under which consent."""

from datetime import date

import pytest

from domain.store.intake.complaints import Event, Threat

TOLD = {
    "collector": "yunling_bank", "written_by": "relative", "overdue": "to_90_days", "amount": "to_20000",
    "wants": ("apology",), "region": "440000",
    "events": (
        Event(date(2026, 11, 2), "21:05", "十一月二日晚，13800138000打来", "call", ("relative", "employer"), ("原话",)),
    ),
    "threats": (Threat("false_legal_threat", date(2026, 11, 30), "not_happened", "police"),),
}  # fmt: skip


def test_the_page_shows_them(site):
    page = site.page(f"/records/{site.complaint(**TOLD)}")
    for words in ("借款人的亲属或朋友", "云岭银行", "31至90天", "5000元至2万元", "道歉", "2026年11月2日 21:05",
                  "联系了：家人、单位", "报警、抓人", "没有发生"):  # fmt: skip
        assert words in page
    assert "13800138000" not in page


def test_the_api_has_them_masked(site):
    record = site.json(f"/api/v1/records/{site.complaint(**TOLD)}")
    assert (record["written_by"], record["collector"], record["overdue"], record["amount"], record["wants"]) == (
        "relative", "yunling_bank", "to_90_days", "to_20000", ["apology"],
    )  # fmt: skip
    (event,) = record["events"]
    assert (event["occurred_on"], event["occurred_at"], event["channel"]) == ("2026-11-02", "21:05", "call")
    assert event["contacted"] == ["relative", "employer"]
    assert "13800138000" not in event["about"]
    assert record["threats"] == [
        {"tactic": "false_legal_threat", "announced_for": "2026-11-30", "outcome": "not_happened", "kind": "police"}
    ]


def test_under_figures_the_time_and_the_words_stay_away_and_the_figures_do_not(site):
    complaint_id = site.complaint(**TOLD, consent="figures")
    record = site.json(f"/api/v1/records/{complaint_id}")
    assert (record["events"][0]["occurred_at"], record["events"][0]["about"], record["scripts"]) == (None, "", [])
    assert (record["events"][0]["channel"], record["overdue"]) == ("call", "to_90_days")
    assert record["threats"][0]["outcome"] == "not_happened"
    page = site.page(f"/records/{complaint_id}")
    assert "21:05" not in page
    assert "十一月二日晚" not in page
    (row,) = site.csv("/data/complaints.csv")
    assert "21:05" not in str(row)
    assert row["events"] == "2026-11-02:::call:relative employer"


def test_the_files_have_them(site):
    site.complaint(**TOLD)
    site.article("云岭银行回应催收上门一事。")
    (row,) = site.csv("/data/complaints.csv")
    assert row["events"].startswith("2026-11-02:21:05:")
    assert (row["threats"], row["wants"], row["collector"]) == (
        "false_legal_threat:2026-11-30:not_happened:police", "apology", "yunling_bank",
    )  # fmt: skip
    (row,) = site.csv("/data/articles.csv")
    assert (row["written_by"], row["overdue"], row["events"]) == ("", "", "")


def test_a_firm_that_the_registry_does_not_know_is_not_named(site):
    complaint_id = site.complaint(collector="王小明催收工作室")
    assert "王小明" not in site.page(f"/records/{complaint_id}")
    assert "王小明" not in str(site.json(f"/api/v1/records/{complaint_id}"))


@pytest.mark.parametrize("path", ["/records/{}", "/api/v1/records/{}"])
def test_nothing_is_left_after_a_withdrawal(site, path):
    complaint_id = site.complaint(**TOLD)
    site.withdraw(complaint_id)
    site.page(path.format(complaint_id), 404) if path.startswith("/rec") else site.json(path.format(complaint_id), 404)


def test_a_private_word_that_was_masked_by_its_writer_is_in_no_answer(site):
    complaint_id = site.complaint(
        "我在北苑小卖部上班，他们打到小卖部。", more_masks=("小卖部",), scripts=("小卖部的听着",)
    )
    site.index()
    for path in (f"/records/{complaint_id}", f"/api/v1/records/{complaint_id}", "/data/complaints.csv",
                 "/data/complaints.jsonl", "/api/v1/search"):  # fmt: skip
        assert "小卖部" not in site.client.get(path).get_data(as_text=True)
    assert site.json("/api/v1/search?search_term=小卖部")["total"] == 0
