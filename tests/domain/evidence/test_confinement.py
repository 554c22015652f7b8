"""What the child can't do once its doors are closed. Each test is a process of its own."""

import platform
import subprocess
import sys

import pytest

from domain.settings import PROJECT_ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="the doors close on Linux only"
)


def confined(deed: str) -> subprocess.CompletedProcess[str]:
    """Run a deed behind closed doors."""
    program = (
        "import os, socket, subprocess, sys, threading\n"
        "from domain.evidence.confinement import close_doors, limit_resources\n"
        f"limit_resources()\nassert close_doors()\n{deed}\nprint('done')"
    )
    return subprocess.run([sys.executable, "-c", program], cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/passwd')",
        "open('/tmp/written-by-a-decoder', 'w')",
        "os.open('/', os.O_RDONLY)",
        "socket.socket()",
        "socket.socketpair()",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "subprocess.run(['/bin/true'])",
        "os.unlink('/tmp/nothing')",
        "os.kill(os.getppid(), 0)",
    ],
)
def test_behind_closed_doors_there_is_no_file_no_network_and_no_program(deed):
    result = confined(deed)
    assert "done" not in result.stdout
    assert "Operation not permitted" in result.stderr


@pytest.mark.parametrize(
    "deed", ["t = threading.Thread(target=print); t.start(); t.join()", "b = bytearray(10_000_000)"]
)
def test_threads_and_some_memory_are_still_there(deed):
    assert "done" in confined(deed).stdout


def test_memory_ends():
    result = confined("b = bytearray(3_000_000_000)")
    assert "MemoryError" in result.stderr


def test_what_is_written_ends():
    result = confined("import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[0] < 30_000_000)")
    assert "True" in result.stdout


def test_the_child_knows_nothing_of_the_environment(tmp_path, monkeypatch):
    from domain.evidence import stripping

    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setattr(
        stripping, "COMMAND", [sys.executable, "-c", "import os, sys; sys.exit(10 + ('SECRET_KEY' in os.environ))"]
    )
    from domain.evidence.kinds import KINDS
    from domain.evidence.refusals import REASONS, Refused

    with pytest.raises(Refused) as caught:
        stripping.strip(b"x", KINDS["jpeg"], tmp_path)
    assert caught.value.reason == REASONS[0]
