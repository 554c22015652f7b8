"""No figure of the reading falls below the one that was last accepted (`python -m evaluation --accept`)."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_no_figure_is_worse_than_the_accepted_one():
    run = subprocess.run([sys.executable, "-m", "evaluation", "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "counted tactics, micro F1" in run.stdout
