"""Paging while records are added and taken away, on both engines: nothing that stays is skipped or shown twice."""

from datetime import UTC, datetime, timedelta

import pytest

from indexer.request import SearchRequest
from indexer.sync import sync

TEXTS = [
    "上门催收" * 5,
    "电话打到单位。" * 20 + "上门催收",
    "上门催收一次",
    "只说上门",
    "只说催收员",
    "上门，再上门，又上门",
]


@pytest.mark.parametrize("sort", ["relevance", "date_desc", "date_asc"])
@pytest.mark.parametrize("term", ["上门", "上门 OR 催收", "", "-单位"])
def test_a_walk_sees_each_record_once_while_others_come_and_go(sort, term, records, every_engine):
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    stay = {
        records.complaint(TEXTS[number % 6], received_at=begin + timedelta(days=number * 5)): number
        for number in range(24)
    }
    leave = [records.complaint("上门催收", received_at=begin + timedelta(days=day)) for day in (3, 33, 77)]
    sync(records.database, every_engine)
    expected = {hit.id for hit in every_engine.search(SearchRequest(term, sort=sort, size=100)).hits}
    assert len(expected) > 8
    seen, cursor = [], ""
    for step in range(40):
        page = every_engine.search(SearchRequest(term, sort=sort, size=4, search_after=cursor))
        seen += [hit.id for hit in page.hits]
        cursor = page.next
        if not cursor:
            break
        # Earlier, later and in the middle; many with the words, so that any statistics over all texts would shift.
        for offset in (-400, step * 5, 400):
            records.complaint(TEXTS[step % 6] * 3, received_at=begin + timedelta(days=offset, minutes=step))
        if leave:
            records.withdraw(leave.pop())
        sync(records.database, every_engine)
    else:
        pytest.fail("the walk doesn't end")
    assert len(seen) == len(set(seen))
    assert expected & set(stay) <= set(seen)


def test_records_of_the_same_second_are_told_apart(records, every_engine):
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    made = [records.complaint("上门", received_at=instant) for _ in range(7)]
    sync(records.database, every_engine)
    seen, cursor = [], ""
    while len(seen) < 10:
        page = every_engine.search(SearchRequest("上门", size=2, search_after=cursor))
        seen += [hit.id for hit in page.hits]
        cursor = page.next
        if not cursor:
            break
    assert seen == made[::-1]
