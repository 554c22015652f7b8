"""A filing as one text, to be kept until it is read, and back. What is empty is left out."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from domain.store.intake.filings import Event, Filing, Threat

_NAMES = {part: [field.name for field in fields(part)] for part in (Filing, Event, Threat)}
_NOTHING = ("", None, ())


def written(filing: Filing) -> str:
    """Return a filing as JSON."""
    return _encode(filing)


def filing_of(text: str) -> Filing:
    """Return the filing that was written so."""
    told = {"lender": "", "narrative": "", "tactics": [], **json.loads(text)}
    told["events"] = [_event(event) for event in told.get("events", ())]
    told["threats"] = [_threat(threat) for threat in told.get("threats", ())]
    return Filing(**_values(told))


def _event(told: dict[str, Any]) -> Event:
    return Event(**_values(told))


def _threat(told: dict[str, Any]) -> Threat:
    return Threat(**_values({"tactic": "", "announced_for": None, "outcome": "", **told}))


def _values(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else _day(value) if name in _DAYS else value
        for name, value in told.items()
    }


_DAYS = frozenset({"occurred_on", "announced_for"})


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {name: part for name in _NAMES[type(value)] if (part := getattr(value, name)) not in _NOTHING}


# Made once: `json.dumps` with wishes of one's own makes an encoder at each call.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
