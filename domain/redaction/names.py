"""Names of persons in Chinese texts: a surname, one or two characters, and what says that they are a name."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from domain.redaction.finds import PrivateFind

CHARACTERS_FILE = Path(__file__).with_name("name_characters.txt")
FOLLOWERS = (
    "先生|女士|小姐|同志|老师|律师|经理|本人|家属|等人"
    "|(?:的)?(?:家人|家长|父母|老公|老婆|爱人|亲属|朋友|电话|手机|身份证|账户|微信|照片|欠款|借款|贷款|号码)"
    "|[欠拖赖借于因在是说报把被和与跟叫让给可能速务必您你从将已还也就的收签都正一去来曾刚昨今每只不没有上下等作出]"
)
OPENINGS = ' \t\n:,、"“‘(【[「《是为叫-'


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    rows = [
        line.split(": ", 1)
        for line in CHARACTERS_FILE.read_text("utf-8").splitlines()
        if ": " in line and line[0] != "#"
    ]
    words = ("compound", "introductions")
    return {name: frozenset(value.split() if name in words else value.strip()) for name, value in rows}


# Words after which a name comes: 我叫白志远, 收款人邱诚, 物业李国栋, 女友唐糖, 老赖周海波.
INTRODUCTIONS = _classes()["introductions"]


@lru_cache(maxsize=1)
def _candidates() -> re.Pattern[str]:
    """Return the pattern of a surname and two characters behind it, tried at every place of the text."""
    classes = _classes()
    surname = "|".join([*sorted(classes["compound"]), f"[{''.join(sorted(classes['surnames']))}]"])
    return re.compile(rf"(?=(?P<surname>{surname})(?P<given>[一-鿿]{{1,2}}))")


BEFORE_A_NAME = re.compile(r"(?:^|[^一-鿿\w]|[找给让向跟和与被由叫是为])$")
AFTER_A_NAME = re.compile(rf"(?:$|[^一-鿿\w]|{FOLLOWERS})")
TITLED = re.compile(r"先生|女士|小姐|本人|的?家人|的?家长|同志")
PERSONAL_TITLE = re.compile(r"先生|女士|小姐|律师(?!函)|警官|医生|老师|法官|经理|本人")
LAST_CHARACTERS = frozenset("找给让向跟和与被由叫是为") | {word[-1] for word in INTRODUCTIONS}
TITLE_BEGINNINGS = frozenset("先女小律警医老法经本")
LONGEST_INTRODUCTION = 9
# What it takes: an introduction (3) and an end (1), or two typical characters (2), a beginning (1) and an end (1).
ENOUGH = 4.0
ENOUGH_FOR_TWO = 5.0
# A name of two characters is taken on less where nothing else can follow the word: 我叫李明，
NAMING = re.compile(r"(?:叫|姓名|名字|户名|本人|名叫|叫做)[\s:是为]{0,2}$")


def find_names(folded: str, protected: Sequence[tuple[int, int]] = ()) -> Iterator[PrivateFind]:
    """Yield the full names of persons; a surname with a title (李女士) or with 某 is no full name."""
    closed = {place for start, end in protected for place in range(start, end)}
    names: dict[str, str] = {}
    last = -1
    for match in _candidates().finditer(folded):
        start = match.start()
        if start < last or start in closed or not _may_begin(folded, start):
            continue
        found = _name_at(folded, start, match["surname"], match["given"])
        if found:
            name, reason = found
            names.setdefault(name, reason)
            last = start + len(name)
    for name, reason in names.items():
        for place in re.finditer(re.escape(name), folded):
            if place.start() not in closed:
                yield PrivateFind("name", place.start(), place.end(), reason)


def _may_begin(folded: str, start: int) -> bool:
    """Look at one character on each side, which rules most places out."""
    before = folded[start - 1] if start else " "
    return not "一" <= before <= "鿿" or before in LAST_CHARACTERS or folded[start + 3 : start + 4] in TITLE_BEGINNINGS


def _name_at(folded: str, start: int, surname: str, given: str) -> tuple[str, str] | None:
    before = folded[max(0, start - LONGEST_INTRODUCTION) : start]
    introduced = _is_introduced(before)
    begins = introduced or bool(BEFORE_A_NAME.search(before))
    if not begins:
        return _titled_name(folded, start, surname, given)
    for size in range(len(given), 0, -1):
        name = surname + given[:size]
        after = folded[start + len(name) : start + len(name) + 4]
        score = _score(surname, given[:size], after, introduced)
        enough = ENOUGH if size == 2 or NAMING.search(before) else ENOUGH_FOR_TWO
        if score >= enough:
            return name, "a surname and a given name" + (" after a word that introduces one" if introduced else "")
    return None


def _titled_name(folded: str, start: int, surname: str, given: str) -> tuple[str, str] | None:
    """Find 方启明 in 律师事务所方启明律师: nothing introduces it, a title follows."""
    classes = _classes()
    typical = all(character in classes["given"] and character not in classes["never"] for character in given)
    if len(given) == 2 and typical and surname not in classes["rare_as_surname"] - {"方"}:
        end = start + len(surname) + 2
        if PERSONAL_TITLE.match(folded, end):
            return surname + given, "a surname and a given name before a title"
    return None


def _is_introduced(before: str) -> bool:
    bare = before.rstrip(OPENINGS)
    if len(before) - len(bare) > 3:
        return False
    return any(part[-size:] in INTRODUCTIONS for part in (bare, before) for size in range(1, min(6, len(part)) + 1))


def _score(surname: str, given: str, after: str, introduced: bool) -> float:
    classes = _classes()
    if any(character in classes["never"] and character not in classes["given"] for character in given):
        return 0.0
    score = 3.0 if introduced else 1.0
    score += 1.0 if AFTER_A_NAME.match(after) else -1.0
    score += 1.0 if TITLED.match(after) else 0.0
    score += sum((character in classes["given"]) - (character in classes["never"]) for character in given)
    score -= 0.5 if surname in classes["rare_as_surname"] else 0.0
    score -= 1.0 if surname in classes["doubtful"] and not TITLED.match(after) else 0.0
    return score + (1.0 if len(surname) == 2 else 0.0) - (9.0 if given in TITLES else 0.0)


TITLES = frozenset(
    (
        "经理",
        "先生",
        "女士",
        "小姐",
        "老师",
        "律师",
        "主任",
        "主管",
        "警官",
        "法官",
        "师傅",
        "总监",
        "科长",
        "专员",
        "医生",
    )
)
