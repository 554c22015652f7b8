"""Tries a source in a process of its own: what its first items would be, with nothing stored. Knows no Scrapy."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from domain.settings import PROJECT_ROOT
from domain.store.gathering.sources import SourceEntry

ITEMS_TRIED = 3
# Somebody waits for the page: two slow answers and robots.txt fit in.
LONGEST_SECONDS = 75


@dataclass(frozen=True)
class Trial:
    """What a trial found: items as the command prints them, why the rest was not taken, how it ended."""

    outcome: str
    items: list[Mapping[str, Any]] = field(default_factory=list)
    refused: Mapping[str, int] = field(default_factory=dict)


def try_source(entry: SourceEntry) -> Trial:
    """Try a source; blocks until it is done or its time is over."""
    command = [sys.executable, "-m", "commands", "source", "trial", "--limit", str(ITEMS_TRIED)]
    try:
        done = subprocess.run(  # noqa: S603 (fixed arguments; the source goes in by standard input)
            command, cwd=PROJECT_ROOT, input=json.dumps(asdict(entry)), capture_output=True, text=True,
            timeout=LONGEST_SECONDS, check=False,
        )  # fmt: skip
        return Trial(**json.loads(done.stdout.splitlines()[-1]))
    except subprocess.TimeoutExpired:
        return Trial("timeout")
    except (ValueError, IndexError, TypeError):
        return Trial("failed")
