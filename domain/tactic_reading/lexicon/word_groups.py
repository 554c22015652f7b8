"""Words of two characters in groups: what the model of sentences learns of 老婆 it also knows of 岳母.

`python -m evaluation.group_words` makes the groups from how words stand beside each other in everyday texts.
"""

from functools import lru_cache
from pathlib import Path

WORD_GROUPS_FILE = Path(__file__).with_name("word_groups.txt")
# How the names of groups begin in the file of weights: #12 is a group, ##7 and ###3 the larger ones that it is part of.
GROUP = "#"


@lru_cache(maxsize=1)
def word_groups() -> dict[str, tuple[str, ...]]:
    """Return the names of the groups of each word, the smallest first."""
    groups: dict[str, tuple[str, ...]] = {}
    lines = [line for line in WORD_GROUPS_FILE.read_text("utf-8").splitlines() if line[0] != "#"]
    for number, line in enumerate(lines):
        larger, words = line.split("|", 1)
        names = [GROUP * size + name for size, name in enumerate([str(number), *larger.split(",")], 1)]
        groups |= dict.fromkeys(words.split(), tuple(names))
    return groups
