"""Messages of collectors find their family in the store, on SQLite and on a real PostgreSQL."""

from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from domain.fingerprints import keys
from domain.fingerprints.script_families import KEYS, ROWS
from domain.fingerprints.scripts import script_shape
from domain.lenders import load_registry
from domain.models import ScriptFamily, ScriptKey, ScriptShape
from domain.reading import Reader
from domain.store import Database
from domain.store.intake import complaints, families
from domain.store.intake.complaints import Filed, Filing, ReadFiling

KEY = b"k" * 32
SCRIPTS = yaml.safe_load((Path(__file__).parents[2] / "fingerprints" / "scripts.yaml").read_text("utf-8"))
CONTACTS, ARBITRATION = SCRIPTS["contacts"], SCRIPTS["arbitration"]
READER = Reader(load_registry())


def file(database: Database, *scripts: str, publish: bool = True, consent: str = "publish") -> Filed:
    filing = Filing("chenxing_cf", "催收发来短信", (), consent, scripts=scripts)
    read = ReadFiling(
        filing,
        READER.read(filing.narrative, kind="complaint"),
        tuple(READER.read(script, kind="complaint") for script in scripts),
    )
    filed = complaints.add_complaint(database, read, KEY)
    if publish:
        complaints.publish(database, filed.id, "moderator")
    return filed


def family_of(database: Database, filed: Filed) -> str:
    [family] = set(families.of_complaint(database, filed.id))
    assert family is not None
    return family


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_messages_of_one_script_meet_in_one_family_and_others_stay_apart(every_database: Database) -> None:
    one, two = file(every_database, CONTACTS[0]), file(every_database, CONTACTS[1])
    other = file(every_database, ARBITRATION[0])
    assert family_of(every_database, one) == family_of(every_database, two) != family_of(every_database, other)


def test_two_messages_of_one_filing_share_their_new_family(every_database: Database) -> None:
    filed = file(every_database, CONTACTS[0], CONTACTS[1])
    assert len(families.of_complaint(every_database, filed.id)) == 2
    assert family_of(every_database, filed)


def test_a_family_counts_complaints_and_not_messages(every_database: Database) -> None:
    first = file(every_database, CONTACTS[0], CONTACTS[1])
    file(every_database, CONTACTS[2], consent="figures")
    file(every_database, CONTACTS[2], publish=False)
    found = families.published(every_database, family_of(every_database, first))
    assert found is not None
    assert (found.complaints, found.lenders) == (2, (("chenxing_cf", 2),))
    assert {member.complaint_id for member in found.members} == {first.id}
    assert [member.text for member in found.members][0].startswith("【豆粒屿分期】［姓名］先生")
    assert families.largest(every_database) == [(found.id, 2)]


def test_a_family_of_nothing_published_is_not_shown(every_database: Database) -> None:
    filed = file(every_database, CONTACTS[0], publish=False)
    assert families.published(every_database, family_of(every_database, filed)) is None
    assert families.largest(every_database) == []


def test_a_message_is_looked_up_without_being_kept(every_database: Database) -> None:
    filed = file(every_database, CONTACTS[0])
    alike = script_shape(READER.read(CONTACTS[2], kind="complaint"))
    assert families.find(every_database, alike) == family_of(every_database, filed)
    assert families.find(every_database, script_shape(READER.read(ARBITRATION[0], kind="complaint"))) is None
    assert families.find(every_database, frozenset()) is None
    assert count(every_database, ScriptFamily) == 1


def test_the_same_wording_again_adds_no_shape(every_database: Database) -> None:
    for _ in range(3):
        file(every_database, CONTACTS[0])
    assert count(every_database, ScriptShape) == 1
    assert count(every_database, ScriptKey) == KEYS


def test_a_message_without_words_has_no_family(every_database: Database) -> None:
    filed = file(every_database, "13300000001 5000")
    assert families.of_complaint(every_database, filed.id) == [None]


def test_with_the_last_message_its_family_goes(every_database: Database) -> None:
    filed, other = file(every_database, CONTACTS[0]), file(every_database, CONTACTS[1])
    complaints.withdraw(every_database, KEY, filed.receipt)
    assert count(every_database, ScriptFamily) == 1
    complaints.withdraw(every_database, KEY, other.receipt)
    assert [count(every_database, table) for table in (ScriptFamily, ScriptShape, ScriptKey)] == [0, 0, 0]


@pytest.mark.parametrize("shared", [0.3, 0.5])
def test_texts_that_share_pieces_share_keys(shared: float) -> None:
    common, rest = range(1000), range(1000, 100_000)
    size = round(1000 * (1 - shared) / shared / 2)
    found = 0
    for number in range(50):
        own = [frozenset([*common, *rest[(2 * number + side) * size :][:size]]) for side in (0, 1)]
        found += bool(set(keys(own[0], KEYS, ROWS)) & set(keys(own[1], KEYS, ROWS)))
    assert found >= 45
