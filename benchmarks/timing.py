"""How the benchmarks measure and print."""

import statistics
import time
from collections.abc import Callable


def processor_milliseconds(work: Callable[[], object], rounds: int = 31) -> float:
    """Return the median processor time of one call in this process; on a busy machine the clock tells of others too."""
    work()
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def median_milliseconds(work: Callable[[], object], repeats: int = 30) -> float:
    """Return the median time of one call, after three that don't count."""
    times = []
    for attempt in range(repeats + 3):
        began = time.perf_counter()
        work()
        if attempt >= 3:
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def seconds(work: Callable[[], object]) -> float:
    """Return the time of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
