"""`doorstep source try` on a name whose address no crawler may ask."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from domain.settings import PROJECT_ROOT
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, sources
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article

# The command, where every name has the address that the environment names, or none: nothing is looked up anywhere.
PROGRAM = """
import os, socket, sys
def resolve(host, port, *arguments, **named):
    if not os.environ["RESOLVED"]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (os.environ["RESOLVED"], port))]
socket.getaddrinfo = resolve
from commands import doorstep
doorstep(sys.argv[1:], prog_name="doorstep")
"""


def run(tmp_path: Path, *arguments: str, resolved: str, told: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "RESOLVED": resolved}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "source", *arguments], cwd=PROJECT_ROOT, env=environment, input=told,
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("resolved", "reason"),
    [("10.0.0.7", "private_address"), ("127.0.0.1", "loopback_address"), ("", "name_not_found")],
)
def test_a_trial_says_what_is_wrong_with_what_a_name_means(
    database: Database, tmp_path: Path, resolved: str, reason: str
) -> None:
    tried = run(tmp_path, "try", "https://paper.example/rss", "--kind", "feed", resolved=resolved)
    assert tried.returncode == 1
    assert f"refused    {reason} (1)" in tried.stdout


def test_the_trial_of_the_staffs_page_says_it_too_and_keeps_nothing(database: Database, tmp_path: Path) -> None:
    entry = SourceEntry("paper", "某报", "feed", "https://paper.example/rss")
    tried = run(tmp_path, "trial", resolved="192.168.1.2", told=json.dumps(asdict(entry)))
    told = json.loads(tried.stdout)
    assert (told["outcome"], told["items"], told["refused"]) == ("unreachable", [], {"private_address": 1})
    assert sources(database) == []


def test_a_trial_of_a_page_on_which_nothing_is_says_so(database: Database, tmp_path: Path) -> None:
    site = LittleSite({"/a": article()})
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "CRAWLER_ALLOWED_ORIGINS": site.origin}
    tried = subprocess.run(
        [sys.executable, "-m", "commands", "source", "try", f"{site.address}/a", "--kind", "forum"], cwd=PROJECT_ROOT,
        env=environment, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    site.close()
    assert tried.returncode == 1
    assert "no article, post or link that leads on was found there as kind forum" in tried.stdout


def test_a_trial_of_data_as_a_page_says_in_words_what_it_is_and_which_kinds_to_try(
    database: Database, tmp_path: Path
) -> None:
    site = LittleSite({"/api": (200, {"Content-Type": "application/json"}, '{"items": [{"text": "催收员打来电话"}]}')})
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "CRAWLER_ALLOWED_ORIGINS": site.origin}
    tried = subprocess.run(
        [sys.executable, "-m", "commands", "source", "try", f"{site.address}/api"], cwd=PROJECT_ROOT, env=environment,
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    site.close()
    assert tried.returncode == 1
    assert "refused    not_a_page (1): data for programs (JSON, a feed, a sitemap) and no page" in tried.stdout
    assert "try --kind listing, forum, feed, sitemap or json" in tried.stdout


def test_the_commands_that_gather_load_no_part_of_the_site() -> None:
    told = "import sys, commands.source, commands.crawl; print([n for n in sys.modules if n in ('flask', 'webapp')])"
    loaded = subprocess.run(
        [sys.executable, "-c", told], cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=240, check=True
    )
    assert loaded.stdout == "[]\n"
