"""Filing while the site is killed again and again: no receipt without its complaint, no complaint twice."""

import http.client
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.safekeeping.keys import load_or_make_key
from domain.store.intake.complaints import receipt_hash
from tests.journeys.conftest import make_installation
from tests.journeys.form_visitor import PatientVisitor
from tests.journeys.sites import OftenKilledSite, kept_complaints, story_of

pytestmark = pytest.mark.slow

KILLS, ENOUGH = 50, 10
# By the API and by the form: both end in the same transaction, but a form has a draft, and its receipt is a page.
FILE_ON = 2


@pytest.fixture
def often_killed(tmp_path: Path) -> Iterator[OftenKilledSite]:
    """A site that can be killed and started again quickly."""
    made = OftenKilledSite(make_installation(tmp_path, WEB_WORKERS="1"), tmp_path / "log")
    yield made
    made.close()


class Filers:
    """Clients that file one story after the other, each again until it is answered, as people and programs do."""

    def __init__(self, site: OftenKilledSite) -> None:
        self.site = site
        self.tried: set[str] = set()
        self.receipts: dict[str, str] = {}
        self.wrong: list[Exception] = []
        self.over = threading.Event()
        ways = {"api": self._by_api, "form": self._by_form}
        self.threads = [
            threading.Thread(target=self._file_on_and_on, args=(f"{name}-{number}", way), daemon=True)
            for name, way in ways.items()
            for number in range(FILE_ON)
        ]

    def by(self, way: str) -> int:
        """Count the receipts that were shown in one of the two ways."""
        return sum(key.startswith(way) for key in list(self.receipts))

    def _file_on_and_on(self, name: str, file: Callable[[str], str]) -> None:
        number = 0
        while not self.over.is_set():
            key = f"{name}-{number}"
            self.tried.add(key)
            try:
                self.receipts[key] = file(key)
            except Exception as error:
                self.wrong.append(error)
                break
            number += 1

    def _by_api(self, key: str) -> str:
        while True:
            try:
                status, body = self.site.file(key)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue  # as a client does: the same complaint under the same key
            if status != 201:
                raise AssertionError(body)
            return str(body["receipt"])

    def _by_form(self, key: str) -> str:
        return PatientVisitor(self.site.port, "", {}).file(story_of(key))


@pytest.mark.timeout(900)
def test_a_kill_at_any_moment_loses_no_receipt_and_doubles_no_complaint(often_killed: OftenKilledSite) -> None:
    filers, chance = Filers(often_killed), random.Random(20261125)
    for thread in filers.threads:
        thread.start()
    kills, longest = 0, 0.3
    # A machine that is slow or busy needs longer between two kills, or more of them, until enough filings ended.
    while not filers.wrong and (kills < KILLS or min(filers.by("api"), filers.by("form")) < ENOUGH):
        before = len(filers.receipts)
        often_killed.start()
        time.sleep(chance.uniform(0.02, longest))
        often_killed.kill()
        kills += 1
        longest = longest if len(filers.receipts) > before else min(10.0, 1.2 * longest)
    often_killed.start()
    filers.over.set()
    for thread in filers.threads:
        thread.join()

    assert filers.wrong == []
    kept = kept_complaints(often_killed.installation)
    assert len(kept) == len(dict(kept)), "a complaint was kept twice"
    assert {story for story, _ in kept} <= {story_of(key) for key in filers.tried}
    key_of_receipts = load_or_make_key(Path(often_killed.installation.environment["DATA_DIR"]) / "keys", "receipt.key")
    shown = {story_of(key): receipt_hash(key_of_receipts, receipt) for key, receipt in filers.receipts.items()}
    assert shown.items() <= dict(kept).items(), "a receipt was shown that opens nothing, or another complaint"
    assert often_killed.status_of(filers.receipts.popitem()[1]) == "received"
