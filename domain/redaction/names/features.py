"""What tells a person's name from other characters: how the name itself looks, and what stands on both sides of it."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from domain.words.common_words import common_words

FOLDER = Path(__file__).parent
UNKNOWN_CHARACTER = 0  # a character that neither names nor other words are known to hold more often
LONGEST_INTRODUCTION = 5
SEEN_BEFORE, SEEN_AFTER = LONGEST_INTRODUCTION + 3, 3
FIRST_BYTE_OF_THE_RARER = 0xD8
OPENINGS = frozenset(' \t\n:,、"“‘(【[「《-')
# What a trade, an office or a relation ends with that no list of them holds: 厂里文员, 我小叔公.
ROLE_ENDINGS = frozenset("员师长工匠嫂姐哥弟妹婆公爷叔伯姨姑舅娘爸妈侄甥友总")


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """Return the classes of `name_characters.txt`: of characters, and of words where the class holds spaces."""
    text = FOLDER.joinpath("name_characters.txt").read_text("utf-8")
    rows = [line.split(": ", 1) for line in text.splitlines() if ": " in line and line[0] != "#"]
    return {name: frozenset(value.split() if " " in value else value) for name, value in rows}


# Every surname of one character, to stand in a pattern.
SURNAMES = "".join(sorted(classes()["surnames"]))


@lru_cache(maxsize=1)
def surname_ranks() -> dict[str, str]:
    """Return for each surname how common it is: a (the first 30) to e."""
    line = next(
        line
        for line in FOLDER.joinpath("name_characters.txt").read_text("utf-8").splitlines()
        if line[:9] == "surnames:"
    )
    limits = ((30, "a"), (100, "b"), (200, "c"), (300, "d"))
    ranks: dict[str, str] = {}
    for place, surname in enumerate(line[10:].strip()):
        ranks.setdefault(surname, next((name for limit, name in limits if place < limit), "e"))
    return ranks


@lru_cache(maxsize=1)
def typical() -> dict[str, dict[str, int]]:
    """Return how much likelier a character is in a name (first, second, single) than elsewhere, from -3 to 4."""
    tables: dict[str, dict[str, int]] = {"first": {}, "second": {}, "single": {}}
    for row in FOLDER.joinpath("given_characters.txt").read_text("utf-8").splitlines():
        place, step, characters = row.split(" ")
        tables[place].update(dict.fromkeys(characters, int(step)))
    return tables


def is_han(character: str) -> bool:
    """Whether a character (or the empty string) is a Chinese one."""
    return "一" <= character <= "鿿"


def is_rare(character: str) -> bool:
    """Whether a character is none of the 3,755 that GB 2312 lists first: 筝 and 翀 are in names more than elsewhere."""
    written = character.encode("gb2312", "ignore")
    return not written or written[0] >= FIRST_BYTE_OF_THE_RARER


@lru_cache(maxsize=4096)
def kind(character: str) -> str:
    """Return a Chinese character itself, and a class for every other one."""
    if is_han(character):
        return character
    if character in ("", "\n"):
        return "^"
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "a"
    for name, members in (
        ("_", " \t"),
        ('"', '"“”‘’「」『』《'),
        ("(", "([【<"),
        (")", ")]】>"),
        (",", ",、;/"),
        (".", ".。!?…"),
    ):
        if character in members:
            return name
    return ":" if character == ":" else "*"


def surname_features(surname: str, size: int) -> list[str]:
    """Return what a surname with a given name of so many characters is like."""
    if len(surname) == 2:
        return [f"n{size}", "s2"]
    return [f"n{size}", f"s{surname_ranks().get(surname, 'e')}", f"S{surname}"]


def first_features(character: str) -> list[str]:
    """Return what the first of two characters of a given name is like."""
    known = "ga" if character in classes()["given"] else "gR" if is_rare(character) else "gA"
    return [f"a{typical()['first'].get(character, UNKNOWN_CHARACTER)}", known, f"A{character}"]


def second_features(character: str) -> list[str]:
    """Return what the second of two characters of a given name is like."""
    known = "gb" if character in classes()["given"] else "gS" if is_rare(character) else "gB"
    return [f"b{typical()['second'].get(character, UNKNOWN_CHARACTER)}", known, f"B{character}"]


def single_features(character: str) -> list[str]:
    """Return what a given name of one character is like."""
    tables = typical()
    known = "gc" if character in classes()["given"] else "gT" if is_rare(character) else "gC"
    single, second = (tables[place].get(character, UNKNOWN_CHARACTER) for place in ("single", "second"))
    return [f"c{single}", f"d{second}", known, f"C{character}"]


def word_features(surname: str, given: str) -> list[str]:
    """Return whether the characters of a name make words together."""
    words = common_words()
    if len(given) == 1:
        return [f"wS{words.get(surname[-1] + given, 0)}"]
    found = [f"wg{words.get(given, 0)}", f"ws{words.get(surname[-1] + given[0], 0)}"]
    return [*found, "twice"] if given[0] == given[1] else found


def inner_features(surname: str, given: str) -> Iterator[str]:
    """Yield what the name itself is like."""
    yield from surname_features(surname, len(given))
    if len(given) == 2:
        for both in zip(first_features(given[0]), second_features(given[1]), strict=True):
            yield from both
    else:
        yield from single_features(given)
    yield from word_features(surname, given)


def outer_features(before: str, surname: str, given: str, after: str) -> Iterator[str]:
    """Yield what stands around a name: `before` are the eight characters before it, `after` the three behind."""
    size, words = len(given), common_words()
    left, farther, right, following = kind(before[-1:]), kind(before[-2:-1]), kind(after[:1]), kind(after[1:2])
    yield f"L{left}"
    yield f"R{right}"
    yield f"L{size}{left}"
    yield f"M{farther}{left}"
    yield f"Q{right}{following}"
    yield f"W{right}{following}{kind(after[2:3])}"
    yield f"T{kind(before[-3:-2])}{farther}{left}"
    yield f"U{left}{right}"
    if size == 1 and is_han(right):
        yield f"x{typical()['second'].get(right, UNKNOWN_CHARACTER)}"
    yield f"wl{size}{words.get(left + surname[0], 0)}" if is_han(left) else "wl-"
    yield f"wr{size}{words.get(given[-1] + right, 0)}" if is_han(right) else "wr-"
    behind = _what_goes_on(after)
    if behind:
        yield f"B{behind}"
    how, *introduced = _introduction(before, right)
    yield how
    yield from introduced
    if size == 1 and (known := words.get(surname[-1] + given, 0)):
        # 文员芦花接了电话: how a word stands tells whether somebody is called so.
        yield f"Y{known}{how}{behind or right}"
        yield f"Z{known}{left}{behind or right}"


def _introduction(before: str, right: str) -> Iterator[str]:
    """Yield how a person is introduced, by a word right before or with a mark between or by none, and that word."""
    word, bare = introduction(before)
    if word:
        yield "I=" if bare == before else "I:"
        yield f"I{word}"
        yield f"K{word}{right}"
    else:
        yield ("I~" if bare == before else "I;") if bare[-1:] in ROLE_ENDINGS and bare else "I-"


def _what_goes_on(after: str) -> str:
    """Return what only a person has behind the name: a title (方正主任), or who it is in brackets (高兴(表弟))."""
    if after[:2] in classes()["titles"] or after[:3] in classes()["titles"]:
        return "title"
    return "who" if after[:1] == "(" and after[1:3] in classes()["introductions"] else ""


def introduction(before: str) -> tuple[str, str]:
    """Return the word before a name that introduces a person, and `before` without the marks behind that word."""
    bare = before
    while bare and len(before) - len(bare) < 3 and bare[-1] in OPENINGS:
        bare = bare[:-1]
    introductions = classes()["introductions"]
    for size in range(min(LONGEST_INTRODUCTION, len(bare)), 0, -1):
        if bare[-size:] in introductions:
            return bare[-size:], bare
    return "", bare


def is_alone(before: str, after: str) -> bool:
    """Whether what stands between these is all that stands between an introduction and the next mark."""
    return not is_han(after[:1]) and not after[:1].isalnum() and bool(introduction(before)[0])
