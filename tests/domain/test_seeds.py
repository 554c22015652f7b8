"""The five articles that the project began with are read as they should be."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from domain.reading import Reader
from domain.repairing.repair import repair
from domain.text import fold

NAMES = ("000_349219415fdbf76a", "001_dd71b2bb20748736", "002_e273f18cb793a882", "003_7b23d5315c8ab394",
         "004_8c495900f893b7cd")  # fmt: skip


@pytest.fixture(params=NAMES)
def seed(request: pytest.FixtureRequest, shared: Path) -> tuple[str, dict]:
    """The raw text of a seed and what is expected of it."""
    expected = json.loads((shared / "domain" / "seeds_expected.json").read_text("utf-8"))
    row = next(row for row in expected["seeds"] if row["file"] == f"{request.param}.txt")
    row["must_not_match"] = expected["global_must_not_match"]
    return (shared / "seeds" / row["file"]).read_text("utf-8"), row


def test_every_character_is_restored(seed: tuple[str, dict]):
    text, expected = seed
    han = "".join(re.findall("[\u3400-\u9fff]", repair(text).text))
    assert hashlib.sha256(han.encode()).hexdigest() == expected["cleaned"]["traditional_han_sha256"]


def test_each_lost_word_is_marked_with_its_guess(seed: tuple[str, dict], reader: Reader):
    text, expected = seed
    reading = reader.read(text, kind="article")
    public = fold(reading.public_text)
    for gap in reading.gaps:
        assert reading.public_text[gap.position] == "□"
    found = sorted((public[gap.position + 1 :][:4], gap.guess, gap.confidence) for gap in reading.gaps)
    wanted = sorted((gap["right"][:4], gap["inferred"], gap["confidence"]) for gap in expected["cleaned"]["gaps"])
    assert found == [(fold(right), guess, confidence) for right, guess, confidence in wanted]


def test_the_text_says_what_it_must_and_shows_no_private_data(seed: tuple[str, dict], reader: Reader):
    text, expected = seed
    reading = reader.read(text, kind="article")
    public = fold(reading.public_text)
    for piece in expected["cleaned"]["must_contain"]:
        assert fold(piece) in public
    for pattern in expected["must_not_match"]:
        assert not re.search(pattern, reading.public_text)
    for value in expected["personal_data"]:
        assert any(
            mask.original_start <= value["raw_start"] and value["raw_end"] <= mask.original_end
            for mask in reading.masks
        )


def test_the_lenders_are_the_subjects_named(seed: tuple[str, dict], reader: Reader):
    text, expected = seed
    found = {find.slug for find in reader.read(text, kind="article").lenders if find.role == "subject"}
    assert found == {lender["slug"] for lender in expected["lenders"] if lender["role"] == "subject"}


@pytest.mark.slow
@pytest.mark.parametrize("number", ["99", "2026"])
def test_the_farms_of_other_small_webs_come_back_whole(number: str, shared: Path, reader: Reader):
    command = [sys.executable, str(shared / "web" / "web.py"), "urls", "--ports-from", "8100", "--seed", number]
    pages = [json.loads(line) for line in subprocess.run(command, capture_output=True, check=True).stdout.splitlines()]
    garbled = [page for page in pages if page["site"] in ("farm", "mirror") and page.get("text")]
    assert len(garbled) > 10
    for page in garbled:
        public = reader.read(page["text"], kind="article").public_text
        assert not re.search(r"[\u4e00-\u9fff]\([a-z\u00c0-\u024f]{1,7}\)|\?[a-z\u00c0-\u024f]{1,6}\)", public)
        for piece in page.get("must_contain_cleaned") or ():
            assert fold(piece) in fold(public)
        for value in page.get("private") or ():
            assert value["value"] not in public
