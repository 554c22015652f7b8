import re
from datetime import date

import pytest

from webapp.shell import language


def lang_of(response):
    return re.search(r'<html lang="([\w-]+)"', response.get_data(as_text=True)).group(1)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh-Hans"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"), ("zh-TW,zh;q=0.9", "zh-Hant"), ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"), ("zh-Hans-HK", "zh-Hans"), ("zh-SG", "zh-Hans"), ("en-GB,en;q=0.5", "en"),
        ("fr-FR,fr;q=0.9", "zh-Hans"), ("fr,en;q=0.3,zh-TW;q=0.7", "zh-Hant"), ("*", "zh-Hans"), ("😀;;q=x", "zh-Hans"),
    ],
)  # fmt: skip
def test_the_browsers_languages_choose_the_page(client, header, expected):
    header = header.encode().decode("latin-1")
    assert lang_of(client.get("/", headers={"Accept-Language": header})) == expected


def test_a_language_once_chosen_is_remembered(client):
    assert lang_of(client.get("/?lang=zh-Hant", headers={"Accept-Language": "en"})) == "zh-Hant"
    assert lang_of(client.get("/about", headers={"Accept-Language": "en"})) == "zh-Hant"


@pytest.mark.parametrize("asked", ["fr", "", "zh", "../../etc", "zh_Hans", "<b>"])
def test_a_language_that_there_is_not_changes_nothing(client, asked):
    response = client.get(f"/?lang={asked}")
    assert lang_of(response) == "zh-Hans"
    assert "Set-Cookie" not in response.headers


def test_the_links_to_other_languages_keep_the_address(client):
    page = client.get("/about?a=1&a=%E4%B8%8A%E9%97%A8&lang=en").get_data(as_text=True)
    assert 'href="?a=1&amp;a=%E4%B8%8A%E9%97%A8&amp;lang=zh-Hant"' in page


@pytest.mark.parametrize(
    ("tag", "day", "month"),
    [("zh-Hans", "2026年11月22日", "2026年11月"), ("zh-Hant", "2026年11月22日", "2026年11月"),
     ("en", "22 November 2026", "November 2026")],
)  # fmt: skip
def test_days_and_months_are_written_as_the_language_does(app, tag, day, month):
    with app.test_request_context(f"/?lang={tag}"):
        assert language.day(date(2026, 11, 22)) == day
        assert language.month("2026-11") == month
        assert language.month(date(2026, 11, 1)) == month


def test_our_own_definitions_come_in_the_readers_script(app):
    with app.test_request_context("/?lang=zh-Hant"):
        assert language.in_script("催收人员确已到住处") == "催收人員確已到住處"
    with app.test_request_context("/"):
        assert language.in_script("催收人员") == "催收人员"


def test_a_program_that_names_no_language_gets_english_problems(client):
    headers = {"Idempotency-Key": "k"}
    answer = client.post("/api/v1/complaints", json={"lender": ""}, headers=headers).json
    assert "This is needed." in answer["detail"]
    answer = client.post("/api/v1/complaints", json={"lender": ""}, headers=headers | {"Accept-Language": "zh-CN"}).json
    assert "必须填" in answer["detail"]
