"""Digits however they are written, and what people put between the digits of one number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.redaction.finds import matches_from

WRITTEN = ("0〇零○洞", "1一幺壹弌", "2二贰两弍", "3三叁弎参", "4四肆", "5五伍", "6六陆", "7七柒拐", "8八捌", "9九玖勾")
DIGITS = {digit: str(value) for value, row in enumerate(WRITTEN) for digit in row}
LETTERS = {"o": "0", "l": "1", "i": "1", "з": "3"}  # l38oo…: only inside a group that begins with a digit
_HAN = "".join(digit for digit in DIGITS if not digit.isascii())
# A group is written in one way: 158〇〇〇二8526 is three, so that a word that begins with a digit (13800010002一直打)
# is parted from the number.
_GROUP = (
    rf"(?:[二两三四五]个[\d{_HAN}](?![\d{_HAN}]?[百千万元块天个月年号次期])|\d[\doliз]*[x×叉]?|[li](?=[3-9з][\doliз{_HAN}]{{4}})[\doliз]+"
    rf"|(?<=[\doli][\s.-])[oi]+(?:\d[\doli]*|(?<=[oi]{{2}})(?=[\s.-][\doi]))|[{_HAN}]+[x×叉]?"
    rf"|(?<=[\d{_HAN}][\s.·—-])[x×叉](?![a-z\d]))"
)
# Words only where a number is told in parts: 139中间是0001后面是0002; 138，然后0001，最后四位0002.
_WORD = (
    r"(?:(?:最?[前中后末尾开][三四两几34]|[三四34八8])位(?:数字?)?|然后|后面|接着|跟着|接下来|中间|最后|末尾"
    r"|结尾|开头|前面|尾号|再加?|加上?|[嗯啊呃额哦喔哈呀诶哎唉]{1,2}|那个|还有|对"
    r"|后?跟上?|连着|接上?|尾巴|打头|起头|开始|末了|往后|之后|空格?|横?杠|横|减号?|是|为|的)"
)
# 1。3。8: a full stop only where it stands between two digits
_MARK = r"(?:[^\w。!?;:%¥$€£<>《》{}@&^`\\]|_)"
GROUP = re.compile(_GROUP)
_WORDS = rf"(?:{_WORD}[\s,:]{{0,2}}){{1,4}}"
BETWEEN = re.compile(rf"{_MARK}{{1,3}}(?:{_WORDS})?|{_WORDS}|。|")
RUN = re.compile(rf"{_GROUP}(?:(?:{_MARK}{{1,3}}(?:{_WORDS})?|{_WORDS}|。)?{_GROUP})*")
# Where a run may begin that is longer than one character: most of 一 and 三 stand before what is counted.
_FIRST_OF_WORDS = "".join(
    sorted(set("最前中后末尾开三四两几八然接跟结再加嗯啊呃额哦喔哈呀诶哎唉那还对连打起往之空横杠减是为的"))
)
BEGINNING = re.compile(rf"[\dlix×叉{_HAN}](?:(?=[\doliзx×叉。{_HAN}{_FIRST_OF_WORDS}])|(?=个[\d{_HAN}])|(?={_MARK}))")
# No number is told in more letters than this between its first and its last digit.
SHORTEST_RUN, LONGEST_READ_OUT, LONGEST_SUM = 5, 4, 6
LISTING_MARKS, WORDLESS = frozenset(",、/+;"), re.compile(r"[\W_]+")
PLAIN_SEPARATORS = frozenset(" -–—‐.·•()\n\t\u3000")


@dataclass(frozen=True)
class DigitRun:
    """Digits written close together: groups of (digits, start, end), and what stands between them."""

    groups: tuple[tuple[str, int, int], ...]
    separators: tuple[str, ...]

    def sizes(self, first: int, last: int) -> list[int]:
        """Return how many digits each group of [first, last) has, neighbours without a mark between them as one."""
        sizes: list[int] = []
        for place in range(first, last):
            size = len(self.groups[place][0])
            if place > first and not self.separators[place - 1]:
                sizes[-1] += size
            else:
                sizes.append(size)
        return sizes

    def is_plainly_joined(self, first: int, last: int) -> bool:
        """Whether nothing but spaces, dashes, dots and brackets stands between the groups of [first, last)."""
        return all(PLAIN_SEPARATORS.issuperset(separator) for separator in self.separators[first : last - 1])

    def is_joined_alike(self, first: int, last: int) -> bool:
        """Whether one mark that parts no members of a list joins all groups of [first, last)."""
        return self.has_one_mark(first, last) and not any(
            LISTING_MARKS.intersection(separator) for separator in self.separators[first : last - 1]
        )

    def has_one_mark(self, first: int, last: int) -> bool:
        """Whether no other than one mark stands between the groups of [first, last), be it one of lists."""
        marks = {separator for separator in self.separators[first : last - 1] if separator}
        return len(marks) == 1 and all(map(WORDLESS.fullmatch, marks))

    def goes_on(self, first: int, last: int) -> bool:
        """Whether the mark between the last two groups of [first, last) joins others to them: 327+169+3793+3491."""
        mark = self.separators[last - 2] if last - first > 1 else ""
        beside = [(first - 1, first - 1)] * (first > 0) + [(last - 1, last)] * (last < len(self.groups))
        return bool(mark) and any(
            self.separators[place] == mark and len(self.groups[group][0]) <= LONGEST_SUM for place, group in beside
        )

    def goes_on_as_list(self, first: int, last: int) -> bool:
        """Whether the groups of [first, last) are members of a longer list."""
        return self.goes_on(first, last) and not LISTING_MARKS.isdisjoint(self.separators[last - 2])

    def is_read_out(self, first: int, last: int) -> bool:
        """Whether the groups of [first, last) are as somebody reads a number aloud: 三九零零,零零六六,二一."""
        return all(separator in (",", "、", "") for separator in self.separators[first : last - 1]) and all(
            2 <= size <= LONGEST_READ_OUT for size in self.sizes(first, last)
        )


def digit_runs(folded: str) -> Iterator[DigitRun]:
    """Yield the runs of at least five digits of a folded text; digits set singly (1 3 8 …) are one group."""
    for match in matches_from(BEGINNING, RUN, folded):
        if match.end() - match.start() >= SHORTEST_RUN:
            run = _run(folded, match.start(), match.end())
            if sum(len(digits) for digits, _, _ in run.groups) >= SHORTEST_RUN:
                yield run


def _run(folded: str, start: int, end: int) -> DigitRun:
    groups: list[tuple[str, int, int]] = []
    separators: list[str] = []
    singles: list[str] = []
    between = joint = ""  # what stands before a group, and between the singles of the last one
    while start < end:
        group = GROUP.match(folded, start, end)
        if group is None:
            break
        digits, last = as_digits(group[0]), group.end()
        # 1_3_8_…_2,一天打20次: another mark than between the digits before ends them
        if singles and len(digits) == 1 and between and (len(singles) == 1 or between == joint):
            joint = between
            singles.append(digits)
            groups[-1] = ("", groups[-1][1], last)
        else:
            _close(groups, singles)
            if groups:
                separators.append(between)
            singles = [digits] if len(digits) == 1 and (between or not separators) else []
            groups += _parted(digits, start, last, folded)
            separators += [""] * (len(groups) - len(separators) - 1)
        gap = BETWEEN.match(folded, last, end)
        between = gap[0] if gap else ""
        start = last + len(between)
    _close(groups, singles)
    return DigitRun(tuple(groups), tuple(separators))


def _close(groups: list[tuple[str, int, int]], singles: list[str]) -> None:
    """Give a group of digits set singly its digits, which were only collected so far."""
    if len(singles) > 1:
        groups[-1] = ("".join(singles), groups[-1][1], groups[-1][2])


def _parted(digits: str, start: int, end: int, folded: str) -> list[tuple[str, int, int]]:
    """Part the last of many Han digits from the rest where a word may begin with it: 一三八…零二一直打."""
    following = folded[end : end + 1]
    if len(digits) > 1 and end - start == len(digits) and folded[end - 1] in _HAN and "一" <= following <= "鿿":
        return [(digits[:-1], start, end - 1), (digits[-1], end - 1, end)]
    return [(digits, start, end)]


def as_digits(written: str) -> str:
    """Return the digits that were written, `x` for the last place of an identity number."""
    if written.isascii() and written.isdigit():
        return written
    if len(written) == 3 and written[1] == "个":  # 四个零
        return as_digits(written[2]) * int(DIGITS[written[0]])
    return "".join(
        "x" if c in "x×叉" else c if c.isascii() and c.isdigit() else DIGITS.get(c) or LETTERS[c] for c in written
    )
