"""How a passage asserts a tactic: by who speaks, and by what its sentence denies, doubts, quotes or announces."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from domain.tactic_reading.lexicon.concepts import CLAUSE, QUESTION, SENTENCE, Concepts, lexicon
from domain.tactic_reading.speakers.speaker import ADVICE, MESSAGE, NEWS, OTHER, REPLY, RULE

# Only what a collector can announce and then do or leave; the others are done by being said: an insult, a refusal.
ANNOUNCEABLE = frozenset({
    "contact_book_blasting", "social_circle_contact", "workplace_contact", "public_shaming", "debt_disclosure",
    "credit_reporting_abuse", "call_sms_bombing", "visit_threatened", "visit_intrusive", "violence_threat",
    "false_legal_threat",
})  # fmt: skip
# 没有联系我单位 says that nobody did; 没完没了地半夜打 does not, and so with all that is told by hours and numbers.
DONE_TO_OTHERS = frozenset({
    "contact_book_blasting", "social_circle_contact", "workplace_contact", "public_shaming", "debt_disclosure",
})  # fmt: skip
# 他们从来没联系我孩子的学校. 不是打给我妈就是打给我姐 tells of calls, and 十年没联系的同学 are no denial.
NOT_DONE = re.compile("(?:(?<![年月天久都也])没有?|从未|未曾|并未)(?:把|给|向|对|跟|到|去|再|发|打|通知|联系|告诉)?$")
NO_AND_VERB = 6  # characters
THREATS = frozenset({"visit_threatened", "violence_threat", "false_legal_threat"})
# Their rules hold a no of their own: 没收到转让通知, 不肯报工号.
NEGATIVE = frozenset({
    "undisclosed_outsourcing_assignment", "identity_concealment", "negotiation_refusal", "non_debtor_contact",
    "wrong_amount_or_not_owed", "fake_legal_documents", "contact_after_stop_request", "credit_reporting_abuse",
    "improper_payment_channel", "unauthorized_fees_interest", "personal_data_misuse", "visit_intrusive",
    "insult_abuse", "false_legal_threat", "violence_threat",
})  # fmt: skip


# What a message has done already is told by these; what it tells others of the debtor is told to them there and then.
DONE_ALREADY = re.compile(
    r"已|了|过|正在|刚|\b(?:ha[sv]e?|was|were|been|just|already|told|spoke|sent|rang|called|picked|posted|texted)\b"
)
TOLD_TO_OTHERS = re.compile(
    "[他她伊欠]|贵|您.{0,2}[弟妹哥姐儿女侄外爱父母家公司]|业主|各位|逾期|拖|找(?:一下)?你们|工资"
    r"|\b(?:his|her|he|she|they|your (?:employee|son|daughter|brother|sister|tenant|neighbou?r))\b"
)


# Codes that a question or a condition beside them leaves as they are: 我问能不能分期, 他一口回绝.
UNCONDITIONAL = frozenset({
    "negotiation_refusal", "identity_concealment", "contact_after_stop_request", "insult_abuse",
    "official_impersonation", "coerced_borrowing", "personal_data_misuse",
})  # fmt: skip


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    classes = lexicon().classes

    def any_of(names: str) -> str:
        return "[" + "".join(classes[name] for name in names.split("|")) + "]"

    return {
        "denied": re.compile(f"{any_of('neg|dispute')}[^,.?]{{0,3}}$"),
        "denied at once": re.compile(any_of("neg") + "[^,.?]?$"),
        "dispute": re.compile(any_of("dispute")),
        "denies": re.compile(any_of("neg|dispute|nobody_came|not_ours|worked_out")),
        "heard": re.compile(any_of("heard")),
        "hearsay": re.compile(any_of("heard|media")),
        "doubt": re.compile(any_of("if|maybe|fear")),
        "if": re.compile(any_of("if|fear")),
        "maybe": re.compile(any_of("maybe|will|fear|if|ask")),
        "norm": re.compile(any_of("must_not")),
        "advise": re.compile(any_of("advise")),
        "announced": re.compile(any_of("unless|threaten|will|then")),
        "threatens": re.compile(any_of("threaten|unless")),
        "spoken": re.compile(any_of("said|threaten")),
        "turn": re.compile(any_of("it_happened|turn")),
    }


class Scope(NamedTuple):
    """The concepts around a passage: `sentence` before it, `near` (its clause and the last), `own` clause only."""

    sentence: str
    near: str
    own: str
    inside: str
    after: str
    asked: bool


# Concepts: a text without any mark is no one sentence, and looking through all of it at each would take ever longer.
LONGEST_SENTENCE = 200


def scope_of(concepts: Concepts, first: int, last: int) -> Scope:
    """Return what of the sentence may bear on the concepts [first, last)."""
    symbols, stops = concepts.symbols, concepts.stops
    floor = first - LONGEST_SENTENCE if first > LONGEST_SENTENCE else 0
    start = stops.rfind(SENTENCE, floor, first) + 1 or floor
    clause = symbols.rfind(CLAUSE, start, first) + 1 or start
    previous = symbols.rfind(CLAUSE, start, clause - 1) + 1 if clause > start else 0
    previous = max(previous, start, clause - 10)
    end = stops.find(SENTENCE, last, last + LONGEST_SENTENCE)
    if end < 0:
        end = len(symbols)
    return Scope(
        symbols[max(start, first - 24) : first], symbols[previous:first], symbols[max(clause, first - 10) : first],
        symbols[first:last], symbols[last : min(end, last + 14)], symbols[end : end + 1] == QUESTION,
    )  # fmt: skip


def denies(scope: Scope) -> bool:
    """Whether a word of the sentence says no, disputes, or tells that nobody came."""
    return bool(_cues()["denies"].search(scope.sentence + scope.inside + scope.after))


def was_not_done(code: str, folded: str, start: int) -> bool:
    """Whether a word that says no stands right before a passage that tells what was done to others than the debtor."""
    return code in DONE_TO_OTHERS and NOT_DONE.search(folded, max(0, start - NO_AND_VERB), start) is not None


def is_yet_to_come(folded: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Whether no word of a message's passage says that it is done, and none of its `sentence` speaks to others."""
    begin, finish = max(sentence[0], start - LONGEST_SENTENCE), min(sentence[1], end + LONGEST_SENTENCE)
    return not (DONE_ALREADY.search(folded, start, end) or TOLD_TO_OTHERS.search(folded, begin, finish))


def announces(scope: Scope) -> bool:
    """Whether a word of the sentence says, threatens or puts into the future what its passage tells."""
    cues, sentence = _cues(), scope.sentence + scope.inside + scope.after
    return bool(cues["spoken"].search(sentence) or cues["announced"].search(sentence))


def advises(counts: Mapping[str, int]) -> bool:
    """Whether a text whose concepts stand so often in it advises, forbids or speaks to somebody at all."""
    return any(counts[name] for name in ("advise", "must_not", "you"))


def assertion_of(code: str, scope: Scope, speaker: str, quoted: bool, said: bool = False) -> str:
    """Return what the rules take for the assertion of a passage.

    `quoted`: it begins inside quotation marks; `said`: its tactic is done by being said, whatever is announced.
    """
    announceable = code in ANNOUNCEABLE and not said
    cues = _cues()
    if speaker == MESSAGE:
        return "collector_threat" if announceable else "first_hand_claim"
    if speaker == REPLY:
        norm = cues["norm"].search(scope.own) and not cues["dispute"].search(scope.own)
        return "rule_statement" if norm else "denial"
    if cues["denied at once" if code in NEGATIVE else "denied"].search(scope.own):
        return "denial"
    if speaker in (NEWS, OTHER):
        return _told_by_others(cues, scope, speaker)
    if speaker == RULE:
        return "rule_statement"
    if speaker == ADVICE:
        return _advised(cues, scope)
    return _told_by_borrower(code, announceable, cues, scope, quoted)


def _told_by_others(cues: dict[str, re.Pattern[str]], scope: Scope, speaker: str) -> str:
    if cues["norm"].search(scope.own):
        return "rule_statement"
    if cues["dispute"].search(scope.after) or cues["dispute"].search(scope.sentence):
        return "denial"
    if cues["doubt"].search(scope.near):
        return "hypothetical"
    if cues["advise"].search(scope.own):
        return "advice"
    hearsay = cues["heard"].search(scope.sentence) or cues["heard"].search(scope.after)
    return "reported_claim" if hearsay else "asserted_fact"


def _advised(cues: dict[str, re.Pattern[str]], scope: Scope) -> str:
    if cues["norm"].search(scope.own):
        return "rule_statement"
    if scope.asked or cues["doubt"].search(scope.own):
        return "hypothetical"
    return "advice"


def _told_by_borrower(
    code: str, announceable: bool, cues: dict[str, re.Pattern[str]], scope: Scope, quoted: bool
) -> str:
    if cues["hearsay"].search(scope.sentence):
        return "reported_claim"
    turn = max((match.end() for match in cues["turn"].finditer(scope.near)), default=0)
    near = scope.near[turn:]
    threatens = bool(cues["threatens"].search(near + scope.inside))
    spoken = quoted or threatens or bool(cues["spoken"].search(near))
    if not quoted and not threatens:
        if cues["doubt" if code not in UNCONDITIONAL else "if"].search(
            near if code not in UNCONDITIONAL else scope.own
        ):
            return "hypothetical"
        if scope.asked and code not in UNCONDITIONAL and cues["maybe"].search(near + scope.inside + scope.after):
            return "hypothetical"
    if not spoken:
        if cues["norm"].search(scope.own):
            return "rule_statement"
        if cues["advise"].search(scope.own):
            return "advice"
    if code in THREATS:
        return "collector_threat"
    if announceable and spoken and (cues["announced"].search(near + scope.inside) or (quoted and threatens)):
        return "collector_threat"
    return "first_hand_claim"
