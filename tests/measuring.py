"""How long work takes, as ratios of one run: a test that knows a number of seconds is only right on one machine."""

import gc
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any


def seconds_of(work: Callable[[], Any], tries: int = 2) -> float:
    """Return the processor's seconds of the work, the least of so many tries.

    The collector of garbage rests: what a whole run of tests has loaded takes it up to a second to look through.
    """
    times = []
    gc.disable()
    try:
        for _ in range(tries):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)


def seconds_of_a_sum() -> float:
    """Return what this machine needs, now, for a fixed piece of work: some 3 ms on an idle one."""
    return seconds_of(lambda: sum(number * number for number in range(50_000)))


def assert_grows_with_the_length_alone(work: Callable[[str], Any], piece: str, short: int, long: int) -> None:
    """Fail when the work on `long` characters takes over 2.25 times what their number lets expect from `short` ones.

    Work that grows with the square takes long / short times as much. A processor that was lent to somebody else
    between two measurements is given more chances, the long text first: what it does in time once it can do.
    """
    texts = [(piece * (length // len(piece) + 1))[:length] for length in (short, long)]
    ratios = []
    for _ in range(3):
        quick = max(seconds_of(partial(work, texts[0])), seconds_of_a_sum())
        for _ in range(2):
            ratios.append(seconds_of(partial(work, texts[1]), tries=1) / quick)
            if ratios[-1] <= 2.25 * long / short:
                return
    raise AssertionError(f"{long / short:g} times the text takes {min(ratios):.1f} times as long")


def crowding() -> float:
    """Return how many processes of this machine share a core at present, at least 1: so much longer all takes here."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
