"""What a process that reads does once, before anybody waits for it: the reader makes its tables at their first use."""

from domain.reading import Reader

# Each table is touched: script, names, places, tactics, how it is said, English, pinyin glosses, short lenders' names.
FIRST_TEXTS = (
    "我叫李小明，住在东城区，催收員说明天上门，还没有来。The collector told Mr Smith that he would call.",
    "用戶(hù)在还呗借款。",
)


def warm(reader: Reader | None = None) -> None:
    """Make the tables that all readers of a process share, and of one that knows lenders those that it has itself."""
    for text in FIRST_TEXTS:
        (reader or Reader([])).read(text, kind="complaint")
