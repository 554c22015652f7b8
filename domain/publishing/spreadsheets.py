"""CSV that opens rightly in a spreadsheet and runs nothing there."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# Excel takes a file without it for the local code page and shows Chinese as 涓婇棬.
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet calculate, in both widths: Excel's Chinese editions read ＝1+1 as a formula too. It counts at
# the head of a cell, after blanks, quotes and invisible characters there, and again after whatever another locale's
# spreadsheet takes for the end of a cell (the semicolon in Europe, tab and line end everywhere).
_FORMULA = re.compile(
    r"(?P<ignored>(?:^|[;\t\r\n\v\f\x85\u2028\u2029])[;\s\"'“”‘’`\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\x00-\x1f]*)"
    r"(?=[=+\-@＝＋－＠﹢﹣﹦﹫−])"
)
_LEADING_CONTROL = re.compile(r"^(?=[\t\r\n])")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def harmless(value: Any) -> str:
    """Return a cell's text with an apostrophe before whatever a spreadsheet would calculate: '=1+1."""
    text = _UNWRITABLE.sub("", _written(value))
    # Right before the sign, so that it stands there still when another reader cuts among the ignored characters.
    text = _FORMULA.sub(r"\g<ignored>'", text)
    return _LEADING_CONTROL.sub("'", text)


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a CSV file line by line: byte order mark, column names, rows; every cell quoted, lines ended by CR LF."""
    yield BYTE_ORDER_MARK + _line(columns)
    for row in rows:
        yield _line([harmless(row.get(column)) for column in columns])


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return " | ".join(_written(part) for part in value)
    return str(value)
