"""How the processes that run for long are stopped."""

import subprocess
import sys

import pytest

from domain.settings import PROJECT_ROOT

# The main thread is inside the event, as it is for a moment each time that it waits, and just then the signal comes.
ASKED_WHILE_INSIDE = """
import signal
from commands.processes import stop_when_asked
stop = stop_when_asked()
with stop._cond:
    signal.raise_signal(signal.{name})
    sum(range(9))  # the handler runs here
raise SystemExit(0 if stop.wait(60) else 1)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_stops_it_at_whatever_moment_it_comes(name: str):
    program = ASKED_WHILE_INSIDE.format(name=name)
    ended = subprocess.run([sys.executable, "-c", program], cwd=PROJECT_ROOT, timeout=240, check=False)
    assert ended.returncode == 0
