"""What a process that reads does once, before anybody waits for it: the reader makes its tables at their first use."""

from domain.reading import Reader
from domain.tactic_reading.sentence_encoder import sentence_encoder

# Each table is touched: script, names, places, works, short lenders' names, tactics, how it is said, English.
FIRST_TEXT = (
    "我叫李小明，住在东城区，在还呗借款，催收員说明天上门，还没有来。The collector told Mr Smith that he would call."
)
# What mends pinyin in brackets takes 45 MB and 0.3 s more, for few texts.
GLOSSED_TEXT = "用戶(hù)说没有来。"


def warm(reader: Reader | None = None, glossed: bool = True, kind: str = "complaint") -> None:
    """Make the tables that all readers of a process share, and of one that knows lenders those that it has itself.

    Without those for `glossed` texts where memory is short and few are met; and where articles alone are read, `kind`,
    without the encoder's 125 MB.
    """
    if kind != "article":
        sentence_encoder()
    for text in (FIRST_TEXT, *([GLOSSED_TEXT] if glossed else [])):
        (reader or Reader([])).read(text, kind=kind)
