"""No figure of the reading falls below the one that was last accepted (`python -m evaluation --accept`)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from domain.tactic_reading import second_opinion
from evaluation import __main__ as command
from evaluation import measuring
from evaluation.measuring.accepted import read_accepted
from evaluation.measuring.sets import SETS

pytestmark = pytest.mark.slow


def test_no_figure_is_worse_than_the_accepted_one():
    run = subprocess.run([sys.executable, "-m", "evaluation", "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "counted tactics, micro F1" in run.stdout


def test_a_figure_below_the_accepted_one_fails_the_check_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(second_opinion, "MOST_ASKED", 0)  # the encoder masks nothing, and takes most of the time
    raised = tmp_path / "accepted.json"
    raised.write_text(json.dumps({"dev": {"masked for nothing": -1.0}}), "utf-8")
    monkeypatch.setattr(command, "read_accepted", lambda: read_accepted(raised))
    for module in (command, measuring):
        monkeypatch.setattr(module, "SETS", [labelled for labelled in SETS if labelled.name == "dev"])
    run = CliRunner().invoke(command.evaluate, ["--check"])
    assert run.exit_code == 1
    assert run.stderr.count("dev: ") == 1
    assert "dev: characters masked that are no private data" in run.stderr
