"""A disk that really refuses: in one thread the kernel answers fsync and fdatasync with EIO, whoever calls them."""

import errno
import platform
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.evidence.confinement import ALLOW, JUMP_EQUAL, LOAD, REFUSE, RETURN, install, step

# fsync, fdatasync.
CALLS = {"x86_64": (74, 75), "aarch64": (82, 83)}


def where_the_disk_refuses(work: Callable[[], Any]) -> Any:
    """Do the work in a thread whose files reach no disk; the other threads' do. Return or raise what it does."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in CALLS:
        pytest.skip("the kernel can't be asked to refuse")
    program = [step(LOAD, 0)]
    for call in CALLS[machine]:
        program += [step(JUMP_EQUAL, call, 0, 1), step(RETURN, REFUSE | errno.EIO)]

    def refused() -> Any:
        if not install([*program, step(RETURN, ALLOW)]):
            pytest.skip("the kernel takes no filter")
        return work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(refused).result(60)
