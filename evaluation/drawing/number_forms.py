"""How people write numbers that no program shall find: in other signs, with marks, words or remarks between them."""

import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

Chance = random.Random
LETTERS, PROVINCES = "ABCDEFGHJKLMNPQRSTUVWXYZ", "京沪粤苏浙鲁川渝闽湘"
NUMBER = re.compile(r"\{(\d+)-(\d+)(:[^}]*)?\}")
UNPRINTED = re.compile(r"\\u(....)")
SIGN = re.compile(r"\{([AaPh])\}")
SIGNS = {"A": LETTERS[:8], "a": LETTERS[:8].lower(), "P": PROVINCES, "h": "abcdefgh0123456789XYZ"}


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[str, ...]]:
    rows = Path(__file__).with_name("drawn_words.txt").read_text("utf-8").splitlines()
    told = (row.split(": ", 1) for row in rows if row[0] != "#")
    return {name: tuple(UNPRINTED.sub(lambda m: chr(int(m[1], 16)), members).split("¦")) for name, members in told}


def words(name: str) -> tuple[str, ...]:
    """Return the members of a class of `drawn_words.txt`."""
    return _rows()[name]


def kinds(what: str) -> tuple[str, ...]:
    """Return the kinds of which there is a class `what kind`."""
    return tuple(sorted(name.removeprefix(f"{what} ") for name in _rows() if name.startswith(f"{what} ")))


def filled(form: str, chance: Chance) -> str:
    """Fill in a form: {1-9} a number, {A} a letter, {P} a province."""
    numbered = NUMBER.sub(lambda m: format(chance.randint(int(m[1]), int(m[2])), (m[3] or ":")[1:]), form)
    return SIGN.sub(lambda m: chance.choice(SIGNS[m[1]]), numbered)


ROWS = words("rows")
PLAIN_ROWS = ROWS[:2]
MARKS = words("marks")
WORDS = words("words")


def written(digits: str, row: str) -> str:
    """Write digits with other signs."""
    return "".join(row[int(digit)] for digit in digits)


def mixed(digits: str, chance: Chance) -> str:
    """Write each digit with the signs of one of three rows."""
    rows = chance.sample(ROWS[:9], 3)
    return "".join(chance.choice(rows)[int(digit)] for digit in digits)


def cut(digits: str, sizes: tuple[int, ...]) -> list[str]:
    """Cut digits into groups; what is left over is the last one."""
    parts = []
    for size in sizes:
        parts.append(digits[:size])
        digits = digits[size:]
    return [part for part in [*parts, digits] if part]


def by_marks(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Put one mark between groups of digits, or between all of them."""
    mark, row = chance.choice(MARKS), chance.choice(ROWS[:9])
    parts = cut(digits, sizes) if chance.random() < 0.7 else cut(digits, (1,) * len(digits))
    return mark.join(written(part, row) for part in parts)


def by_words(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Tell groups of digits with words between them, each group in its own signs."""
    parts = [written(part, chance.choice(ROWS[:6])) for part in cut(digits, sizes)]
    return "".join(part + (chance.choice(WORDS) if place < len(parts) - 1 else "") for place, part in enumerate(parts))


def in_brackets(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Put each group of digits into brackets."""
    both = chance.choice(["()", "（）", "【】", "[]"])
    return "".join(both[0] + part + both[1] for part in cut(digits, sizes))


def with_noise(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Put a remark or a picture between the groups of digits."""
    noise = chance.choice(words("noise"))
    return noise.join(cut(digits, sizes))


def as_one(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Write digits in the signs of one row without anything between them."""
    return written(digits, chance.choice(ROWS))


def one_by_one(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Write each digit in one of a few ways."""
    return mixed(digits, chance)


def by_groups(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Write each group in its own signs, with a blank, a dash or nothing between them."""
    mark = chance.choice(["", " ", "-"])
    return mark.join(written(part, chance.choice(ROWS[:9])) for part in cut(digits, sizes))


def keycaps(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Write digits as pictures of keys."""
    return "".join(f"{digit}\ufe0f\u20e3" for digit in digits)


PINYIN = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")


def as_sounds(digits: str, sizes: tuple[int, ...], chance: Chance) -> str:
    """Tell digits by their sound."""
    words = [("yao" if digit == "1" and chance.random() < 0.7 else PINYIN[int(digit)]) for digit in digits]
    return chance.choice([" ", "", "-"]).join(words)


Form = Callable[[str, tuple[int, ...], Chance], str]
FORMS: tuple[Form, ...] = (
    as_one,
    one_by_one,
    by_marks,
    by_words,
    by_groups,
    in_brackets,
    with_noise,
    keycaps,
    as_sounds,
)
FEW_FORMS: tuple[Form, ...] = (as_one, by_marks, by_groups, keycaps)
