"""Finds lenders in a folded text by their aliases, and tells the subject from the background."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.lenders import LenderEntry
from domain.text import fold

CONTEXT_WINDOW = 24
LENDING_WORDS = re.compile(
    r"贷|借|欠|还款|逾期|催收|催债|分期|额度|账单|征信|利息|信用卡|月供|客服|平台|app|罚息|债"
    r"|\b(?:loans?|debts?|collect\w*|credit|account|balance|bill|payments?|owe[sd]?|interest)\b"
)
# Names that are everyday words too: 让我马上还钱, 说我人品有问题, 祝您平安. Beside words of lending they still mean the
# word; they name the lender only where they are followed or preceded as an institution is: 马上的客服, 欠平安三万.
EVERYDAY_WORDS = frozenset({
    "马上", "人品", "平安", "民生", "普惠", "招商", "振兴", "富民", "中原", "华夏", "光大", "兴业", "海尔",
    "360", "51", "分付", "月付", "白条", "金条", "abc", "pra", "蚂蚁", "京东", "美团", "小米", "滴滴", "携程", "邮政",
    "信用付", "信用购", "快贷",
})  # fmt: skip
NAMED_BEFORE = re.compile(r"(?:欠了?|借了?|找|向|跟|叫|是|在|用|给|从|被|投诉|通过|[“\"《])$")
NAMED_AFTER = re.compile(
    r"^[”\"》]?(?:银行|金融|消费|消金|贷|借|信用|信贷|分期|催收|客服|平台|app|账单|额度|逾期|欠款|还款|委托|外包"
    r"|的(?:催|客服|钱|贷|借|账|人|外包|平台|额度|信用|欠款|逾期))"
)
BACKGROUND_BEFORE = re.compile(
    r"(?:由|是)[^。!?\n]{0,20}$|(?:前身|股东|出资方?|投资方|创始人|任职于|供职于|曾在|早年在)[^。!?\n]{0,8}$"
)
BACKGROUND_AFTER = re.compile(r"^[^。,!?\n]{0,16}(?:牵头|共同投资|投资设立|发起设立|控股|参股|入股|共同发起|旗下)")


@dataclass(frozen=True)
class NamedLender:
    """A lender named at [start, end) of the folded text."""

    slug: str
    role: str
    start: int
    end: int
    alias: str
    strong: bool


class LenderFinder:
    """The aliases of a registry as one automaton; immutable once built."""

    def __init__(self, entries: Sequence[LenderEntry]) -> None:
        """Fold every alias; the same alias may belong to several lenders, a strong one wins over a contextual one."""
        owners: dict[str, dict[str, bool]] = {}
        for entry in entries:
            for alias in entry.aliases:
                slugs = owners.setdefault(fold(alias.text), {})
                slugs[entry.slug] = slugs.get(entry.slug, False) or alias.strength == "strong"
        owners.pop("", None)
        self.aliases = list(owners)
        self.owners = [owners[alias] for alias in self.aliases]
        self.operators = {entry.slug: {target for _, target in entry.relations} for entry in entries}
        self._automaton = AhoCorasick(self.aliases, matchkind=MatchKind.LeftmostLongest)

    def places(self, folded: str) -> list[tuple[int, int]]:
        """Return where any alias stands, wanted or not: no person is looked for there."""
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(folded)]

    def find(self, folded: str) -> list[NamedLender]:
        """Return the lenders named, in order of the text."""
        hits = [
            (self.aliases[number], self.owners[number], start, end)
            for number, start, end in self._automaton.find_matches_as_indexes(folded)
            if _stands_alone(folded, start, end)
        ]
        certain = {slug for _, slugs, _, _ in hits for slug, strong in slugs.items() if strong}
        found = []
        for alias, slugs, start, end in hits:
            for slug, strong in _choose(slugs):
                if strong or self._has_context(folded, slug, start, end, certain):
                    role = _role(folded, start, end)
                    found.append(NamedLender(slug, role, start, end, alias, strong))
        return found

    def _has_context(self, folded: str, slug: str, start: int, end: int, certain: set[str]) -> bool:
        if slug in certain or self.operators.get(slug, set()) & certain:
            return True
        if folded[start:end] in EVERYDAY_WORDS:
            before, after = folded[max(0, start - 3) : start], folded[end : end + 8]
            if _is_adverb(folded, start, end):
                return False
            return bool(NAMED_AFTER.search(after) or NAMED_BEFORE.search(before))
        return bool(LENDING_WORDS.search(folded, max(0, start - CONTEXT_WINDOW), end + CONTEXT_WINDOW))


def _is_adverb(folded: str, start: int, end: int) -> bool:
    """马上 (at once) stands before what is done: 在马上借的钱 and 马上的客服 name the lender, 必须马上还款 does not."""
    if folded[start:end] != "马上":
        return False
    before, after = folded[max(0, start - 2) : start], folded[end : end + 6]
    named = re.search(r"(?:欠了?|在|向|跟|找)$", before) and re.match(r"借|的|逾期|贷|[,。!?\s]|$", after)
    return not (named or re.match(r"金融|消费|消金|客服|平台|app|的(?:客服|贷|钱|催|账|app|平台)", after))


def _choose(slugs: dict[str, bool]) -> Iterable[tuple[str, bool]]:
    strong = [(slug, True) for slug, is_strong in slugs.items() if is_strong]
    return strong or list(slugs.items())


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Check the word boundaries of a Latin alias: `spark` is not a lender's name in `sparkling`."""
    first, last = folded[start], folded[end - 1]
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if first.isascii() and first.isalnum() and before.isascii() and before.isalnum():
        return False
    return not (last.isascii() and last.isalnum() and after.isascii() and after.isalnum())


def _role(folded: str, start: int, end: int) -> str:
    before, after = folded[max(0, start - 24) : start], folded[end : end + 24]
    if BACKGROUND_AFTER.search(after) and BACKGROUND_BEFORE.search(before):
        return "background"
    return "subject"
