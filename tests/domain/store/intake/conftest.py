"""A complaint that was filed, with the keys and the folder that its receipt stands on."""

import pytest

from domain.evidence.vault import Vault, open_vault
from domain.filings.filing import file_complaint
from domain.reading import Reader
from domain.safekeeping.sealing import Keys, load_keys
from domain.store import Database
from domain.store.intake.complaints import Filing, Threat
from tests.domain.store.intake.filed import TOLD


@pytest.fixture
def keys(settings) -> Keys:
    return load_keys(settings)


@pytest.fixture
def vault(settings) -> Vault:
    return open_vault(settings)


@pytest.fixture
def filed(every_database: Database, reader: Reader, keys: Keys):
    filing = Filing("chenxing_cf", TOLD, ("visit_threatened",), "publish",
                    threats=(Threat("visit_threatened", None, "not_yet"),))  # fmt: skip
    return file_complaint(every_database, reader, keys, filing)
