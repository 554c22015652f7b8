"""The keys of an installation, and where a run keeps how far it came."""

from pathlib import Path

import pytest

from domain.safekeeping.sealing import Keys, load_keys
from domain.settings import Settings


@pytest.fixture
def keys(settings: Settings) -> Keys:
    return load_keys(settings)


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    return tmp_path / "retag.json"
