"""How names sound: one reading of each character, without tones, and what ears and keyboards mix up."""

import os
import re
import unicodedata
from functools import lru_cache

# The readings that these characters have in the names of lenders, where the table's first is another: 银行.
READINGS = {
    "行": "hang", "长": "chang", "还": "huan", "乐": "le", "单": "dan", "车": "che", "数": "shu", "会": "hui",
    "呗": "bei", "重": "zhong", "宁": "ning", "广": "guang", "厦": "xia", "贷": "dai", "朝": "chao",
}  # fmt: skip
# The number of a tone stands behind the last letter of a syllable.
TONED = re.compile(r"([aeiouvngr])[1-5](?![0-9])")
# What is typed for one another: zh and z, ng and n, l and n, hu and f; and v for ü.
CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("hu", "f"), ("r", "n"), ("v", "u"))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    # Only the single characters are read here; the phrases, which take most of a second to load, are not.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    table: dict[int, str] = pinyin_dict
    return table


@lru_cache(maxsize=8192)
def reading_of(character: str) -> str:
    """Return a character's reading in letters a-z; any other character as it is."""
    if character in READINGS:
        return READINGS[character]
    spelled = _table().get(ord(character), character).split(",")[0]
    return "".join(part for part in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(part))


def spelled(text: str) -> str:
    """Return how a text sounds, in one word: 微众银行 → weizhongyinhang."""
    return "".join([reading_of(character) for character in text])


def without_tones(typed: str) -> str:
    """Return typed pinyin without the numbers of its tones: wei1zhong4 → weizhong; other texts stay as they are."""
    return TONED.sub(r"\1", typed)


def initials(text: str) -> str:
    """Return the first letter of each reading: 微众银行 → wzyh."""
    return "".join([reading_of(character)[:1] for character in text])


def confused(sound: str) -> str:
    """Return the one form of everything that is mixed up with a sound: zhaohang and zaohan are alike."""
    for one, other in CONFUSED:
        sound = sound.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", sound)
