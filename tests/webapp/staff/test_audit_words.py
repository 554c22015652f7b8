"""Every deed that the code notes has words in the reader's language."""

import re
from pathlib import Path

import pytest

from domain.models.vocabulary import DECISIONS, REMOVAL_ACTIONS
from domain.settings import PROJECT_ROOT
from domain.store import audit
from webapp.staff.audit_words import ACTIONS, DETAILS

SUBJECTS = "article|complaint|dispute|evidence|lender|message|reply|representative|sample|source|staff|store"
NOTED = re.compile(rf'"((?:{SUBJECTS})\.[a-z_]+)"')
# Put together where they are noted, as in f"article.{outcome}".
PUT_TOGETHER = {
    *(f"article.{outcome}" for outcome in ("new", "changed", "duplicate", "irrelevant")),
    *(f"complaint.{decision}" for decision in DECISIONS),
    *(f"{kind}.{action}" for kind in ("complaint", "article") for action in REMOVAL_ACTIONS),
    *(f"reply.{status}" for status in ("published", "rejected")),
}


def noted_in(folder: Path) -> set[str]:
    files = [file for file in folder.rglob("*.py") if "models" not in file.parts]
    found = {name for file in files for name in NOTED.findall(file.read_text("utf-8"))}
    return {name for name in found if not name.endswith(".key")}  # files of keys


def test_every_deed_that_is_noted_has_words():
    noted = noted_in(PROJECT_ROOT / "domain") | noted_in(PROJECT_ROOT / "commands")
    assert len(noted) > 50
    assert set(ACTIONS) == noted | PUT_TOGETHER


def test_every_detail_of_a_deed_has_words():
    call = re.compile(
        r"(?:note|note_alone|_?changed|_touched)\(\s*(?:session|database)[^()]*(?:\([^()]*\)[^()]*)*\)", re.DOTALL
    )
    names = {
        name
        for file in (PROJECT_ROOT / "domain").rglob("*.py")
        for found in call.findall(file.read_text("utf-8"))
        for name in re.findall(r"[,(]\s*([a-z_]+)=", found)
    }
    assert {"reason", "source", "masks"} <= names
    assert names <= set(DETAILS)


@pytest.mark.parametrize(
    ("language", "words", "reason"),
    [
        ("zh-Hans", "机构的回应已发布", "原因：x"), ("zh-Hant", "機構的回應已發布", "原因：x"),
        ("en", "A lender’s reply was published", "reason: x"),
    ],
)  # fmt: skip
def test_a_deed_is_told_in_the_readers_language_with_its_code(staff, database, language, words, reason):
    audit.note_alone(database, "staff:lin", "reply.published", "c000000000001", reason="x")
    page = staff("admin").get(f"/staff/audit?lang={language}").get_data(as_text=True)
    assert words in page
    assert "<code>reply.published</code>" in page
    assert reason in page


def test_a_deed_of_an_older_version_is_told_by_its_code(staff, database):
    audit.note_alone(database, "staff:lin", "complaint.juggled", "c000000000001", balls=[3, True, None])
    page = staff("admin").get("/staff/audit?lang=en").get_data(as_text=True)
    assert "<code>complaint.juggled</code><br><small>balls: 3, True, None" in page


@pytest.mark.parametrize(
    ("actor", "words"), [("crawler", "采集程序"), ("command line: op", "命令行：op"), ("staff:lin", "staff:lin")]
)
def test_who_did_it_is_told_in_the_readers_language(staff, database, actor, words):
    audit.note_alone(database, actor, "article.new", "a000000000001")
    assert f'<td class="govuk-table__cell">{words}</td>' in staff("admin").get("/staff/audit").get_data(as_text=True)
