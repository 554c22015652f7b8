"""Complaints that wait for a moderator."""

from datetime import timedelta

import pytest

from domain.filings.filing import file_complaint
from domain.reading import Reader
from domain.safekeeping.sealing import Keys, load_keys
from domain.store import Database
from domain.store.database import now
from domain.store.intake.complaints import Filing

STORY = "催收员王小明说明天带人上门，我的电话是13800138000。他还给我的表姐阿花打了电话。"


@pytest.fixture
def keys(settings) -> Keys:
    return load_keys(settings)


@pytest.fixture
def file(every_database: Database, reader: Reader, keys: Keys):
    """Files a complaint, so many days ago; returns it as it was filed."""

    def do(text: str = STORY, days: float = 0, **changes):
        fields = {"lender": "chenxing_cf", "tactics": ("visit_threatened",), "consent": "publish"} | changes
        received = now() - timedelta(days=days)
        return file_complaint(every_database, reader, keys, Filing(narrative=text, **fields), received_at=received)

    return do
