"""Complaints as the reader hands them to the store, for the tests of what the store makes of them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from domain.evidence.vault import Prepared
from domain.readings import LenderFind, Reading, TacticFind
from domain.store import Database, records
from domain.store.intake import complaints
from domain.store.intake.complaints import Event, Filing, ReadFiling, Threat

KEY = b"k" * 32
STORY = "催收员说已经到我家门口，我在家等了一天，没有人来。"
FILING = Filing(lender="chenxing_cf", narrative=STORY, tactics=("visit_threatened",), consent="publish")

WHOLE = Filing(
    lender="chenxing_cf", collector="yunling_bank", written_by="relative", narrative=STORY,
    tactics=("visit_threatened",), consent="publish", product="现金贷", region="440000",
    overdue="to_90_days", amount="to_20000",
    wants=("stop_harassment", "written_answer"), more_masks=("家门口",), scripts=("单独的一条",),
    events=(
        Event(date(2026, 11, 2), "21:05", "", "call", ("relative", "employer"), ("限你今天还",)),
        Event(None, None, "十月中旬的晚上", "visit", ("borrower",)),
    ),
    threats=(
        Threat("visit_threatened", date(2026, 11, 30), "not_yet", "visit"), Threat("insult_abuse", None, "unknown"),
    ),
)  # fmt: skip
WRONG = "0000-0000-0000-0000-0000-0000-0000"
# With something to mask, for what a receipt opens.
TOLD = "催收员说明天带人上门，我的电话是13800138000。"


def read(filing: Filing) -> ReadFiling:
    found = [TacticFind("visit_actual", "denial", 16, 24, STORY[16:24], 0.9, "没有人来")]
    lenders = [LenderFind("yunling_bank", "background", 0, 3, STORY[0:3], 0.5, "named in passing")]
    return ReadFiling(
        filing,
        Reading(filing.narrative, "zh-Hans", lenders, found),
        tuple(Reading(script.replace("4000", "［金额］"), "zh-Hans") for script in filing.scripts),
    )


def whole(database: Database):
    scripts = tuple(Reading(text, "zh-Hans") for text, _ in WHOLE.all_scripts)
    whole_reading = replace(read(WHOLE), abouts=("", "十月中旬"), scripts=scripts)
    filed = complaints.add_complaint(database, whole_reading, KEY)
    return filed, records.get(database, filed.id)


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def prepared(number: int) -> Prepared:
    """Return a file as the vault would hand it over, without anything in the vault."""
    return Prepared("jpeg", 10, f"{number:064}", f"{number:032}", "jpeg", 9, f"c{number:031}")
