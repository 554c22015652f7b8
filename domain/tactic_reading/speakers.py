"""Tells who speaks in a text: a borrower, a collector, a lender that answers, the news, a rule, an advert."""

import re
from functools import lru_cache

from domain.tactic_reading.concepts import Concepts, lexicon

BORROWER, MESSAGE, REPLY, NEWS, RULE, ADVICE = "borrower", "message", "lender_reply", "news", "rule", "advice"
ADVERT, REMINDER, ARTICLE, JOB = "advert", "reminder", "article", "job_advert"
LAW_TITLE = re.compile("《[^》]{2,40}(?:法|典|条例|办法|指引|规定|公约|规范|通知)》|gb/t|\\bcfr\\b|regulation [a-z]\\b")
STEP = re.compile("第[一二三四五]步|第[一二三四五][,、:是]|[1-5][、.)](?!\\d)|[①②③④⑤]|首先|其次|step \\d|tips?\\b")
LETTERHEAD = re.compile("^\\s*【[^】]{2,20}】")
SIGNATURE = re.compile("(?:客服中心|客服部|官方客服|公告|敬上|消费者权益保护部)[^。]{0,16}$")


@lru_cache(maxsize=1)
def _tables() -> dict[str, frozenset[str]]:
    classes = lexicon().classes
    names = (
        "advise",
        "ask",
        "call",
        "collector",
        "contact",
        "credit",
        "done",
        "everyone",
        "fear",
        "heard",
        "home",
        "if",
        "insult_word",
        "kin",
        "laolai",
        "legal",
        "lender",
        "lent",
        "maybe",
        "me",
        "media",
        "must_not",
        "negotiate",
        "overdue",
        "owe",
        "paid",
        "pay_to",
        "said",
        "sp_ad",
        "sp_borrower",
        "sp_job",
        "sp_message",
        "sp_news",
        "sp_offer",
        "sp_reminder",
        "sp_reply",
        "sp_rule",
        "text",
        "they",
        "to_repay",
        "topic",
        "unless",
        "violence",
        "visit",
        "we",
        "will",
        "work",
        "you",
    )
    return {name: frozenset(classes.get(name, "")) for name in names}


def count_concepts(concepts: Concepts) -> dict[str, int]:
    """Return how often each concept that tells the speaker stands in the text."""
    tallies: dict[str, int] = {}
    for symbol in concepts.symbols:
        tallies[symbol] = tallies.get(symbol, 0) + 1
    return {
        name: sum([number for symbol, number in tallies.items() if symbol in symbols])
        for name, symbols in _tables().items()
    }


def speaker_of(folded: str, counts: dict[str, int], kind: str) -> str:
    """Return who speaks; `kind` (complaint, article) decides only where the text gives no sign."""
    me = counts["me"] - counts["we"]
    if counts["sp_job"] >= 2 and me <= 2:
        return JOB
    if counts["sp_ad"] and counts["sp_ad"] * 2 + counts["sp_offer"] >= 4 + 2 * me:
        return ADVERT
    if counts["sp_reply"] >= 2 and counts["sp_reply"] >= me * 0.8:
        return REPLY
    if counts["sp_news"] >= 2 and counts["sp_news"] > me:
        return NEWS
    law = bool(LAW_TITLE.search(folded))
    if (counts["sp_rule"] + 2 * law >= 3 and me == 0) or (law and counts["sp_rule"] > me * 2):
        return RULE
    if counts["sp_reminder"] >= 2 and me <= 2 and not counts["owe"] + counts["legal"] + counts["collector"]:
        return REMINDER
    if _is_message(folded, counts):
        return MESSAGE
    advice = counts["advise"] + counts["must_not"] + 2 * len(STEP.findall(folded))
    if advice >= 3 and advice > 1.5 * me:
        return ADVICE
    if me == 0 and counts["sp_news"] >= 1 and counts["heard"]:
        return NEWS
    if me <= 1 and counts["sp_rule"] >= 3:
        return RULE
    if kind != "complaint" and me < 2:
        return ARTICLE
    return BORROWER


def _is_message(folded: str, counts: dict[str, int]) -> bool:
    """Tell a collector's message pasted alone: it speaks to the debtor, of a debt, and of nobody's own experience."""
    if counts["me"] - counts["we"] > 0 and not LETTERHEAD.match(folded):
        return False
    if counts["said"] > 1 or counts["advise"] > 2 or counts["ask"] or counts["heard"]:
        return False
    pressure = counts["sp_message"] + counts["legal"] + counts["unless"] + counts["violence"] + counts["laolai"]
    pressure += counts["insult_word"]
    return (counts["you"] > 0 or counts["sp_message"] > 0) and pressure + counts["owe"] + counts["to_repay"] >= 2
