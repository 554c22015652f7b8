"""Tells the lender that a text is about from one that it names in passing: a founder, an employer, a place, a card."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from domain.lender_finding.cues import Stance

CUES_FILE = Path(__file__).with_name("lender_roles.yaml")
# handed to somebody called X, which nobody told me: 30 characters in front.
WINDOW = 36


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    rows = yaml.safe_load(CUES_FILE.read_text("utf-8"))
    return tuple((row["reason"], re.compile(row["before"]), re.compile(row["after"])) for row in rows)


def role_of(folded: str, start: int, end: int, stance: Stance, strong: bool) -> tuple[str, str]:
    """Return (`subject` or `background`, why) for the name at [start, end) of a folded text."""
    if passing := stance.passing(strong):
        return "background", passing
    before, after = folded[max(0, start - WINDOW) : start], folded[end : end + WINDOW]
    for reason, in_front, behind in _cues():
        if behind.match(after) and in_front.search(before):
            return "background", reason
    return "subject", ""
