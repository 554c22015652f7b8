"""What may stand in a field: each rule takes what came and returns what is kept, or says by a code why not."""

import re
from datetime import date, datetime
from typing import Any

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from domain.regions import regions
from domain.settings import SITE_TIME_ZONE

# Nobody reports what happened before there were mobile phones; an older year is a slip (2062 for 2026, 0206).
EARLIEST = date(1990, 1, 1)
# An announcement for later than this is a slip of the year as well.
YEARS_AHEAD = 10
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
# What no store can keep: NUL and lone surrogates. What no keyboard types: controls but tab and line feed.
UNREADABLE = re.compile("[\0\ud800-\udfff]")
CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What nobody sees, in a class of a regular expression that JSON Schema takes too: blanks, controls, what Unicode calls
# ignorable (zero-width characters, variation selectors, fillers of Korean) and the empty pattern of Braille.
UNSEEN = (
    r"\s\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8" "\U000e0000-\U000e0fff"
)  # fmt: skip
SEEN = re.compile(f"[^{UNSEEN}]")


def refusal(code: str, **context: Any) -> PydanticCustomError:
    """Return the error for a code; `webapp.forms.words` has the sentence that a reader sees for it."""
    return PydanticCustomError(code, code, context or None)


def text(value: Any, longest: int, *, required: bool = False) -> str:
    """Return a text trimmed, with plain line ends. NUL and lone surrogates are refused: no store can keep them."""
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise refusal("not_text")
    if UNREADABLE.search(value):
        raise refusal("unreadable_characters")
    kept = plain(value)
    if len(kept) > longest:
        raise refusal("too_long", longest=longest, length=len(kept))
    if required and not kept:
        raise refusal("missing")
    return kept


def plain(value: str) -> str:
    """Return a text trimmed, with plain line ends; nothing where a reader sees nothing, as of a zero-width space."""
    kept = CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return kept if SEEN.search(kept) else ""


def lender(value: Any, info: ValidationInfo, longest: int) -> str:
    """Return the lender's name. A borrower knows whom they owe; somebody whom collectors only called may not."""
    writer = info.data.get("written_by") or (info.context or {}).get("written_by") or "borrower"
    return text(value, longest, required=writer == "borrower")


def day(value: Any, *, may_be_ahead: bool = False) -> date | None:
    """Return a day given as YYYY-MM-DD, None for none."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        raise refusal("not_a_day")
    try:
        given = date.fromisoformat(value)
    except ValueError:
        raise refusal("not_a_day") from None
    today = datetime.now(SITE_TIME_ZONE).date()
    if given < EARLIEST:
        raise refusal("too_early")
    if not may_be_ahead and given > today:
        raise refusal("in_the_future")
    if given.year > today.year + YEARS_AHEAD:
        raise refusal("not_a_day")
    return given


def time_of_day(value: Any) -> str | None:
    """Return a time given as HH:MM (or H:MM), None for none."""
    if value is None or value == "":
        return None
    found = TIME_OF_DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise refusal("not_a_time")
    return f"{int(found[1]):02}:{found[2]}"


def region(value: Any) -> str | None:
    """Return a GB/T 2260 code of a province, city or prefecture; None for none."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value not in regions():
        raise refusal("unknown_region")
    return value


def tactic(value: Any, info: ValidationInfo) -> str:
    """Return a code of the taxonomy, which the caller gives as `context["tactics"]`."""
    if not isinstance(value, str) or value not in (info.context or {})["tactics"]:
        raise refusal("unknown_tactic")
    return value


def one_of(value: Any, choices: tuple[str, ...]) -> str:
    """Return one of the choices."""
    if value is None or value == "":
        raise refusal("missing")
    if not isinstance(value, str) or value not in choices:
        raise refusal("unknown_choice", choices=", ".join(choices))
    return value


def maybe_one_of(value: Any, choices: tuple[str, ...]) -> str | None:
    """Return one of the choices, None for none."""
    return None if value is None or value == "" else one_of(value, choices)
