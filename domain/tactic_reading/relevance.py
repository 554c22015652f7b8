"""Tells whether a text is about how lenders, or others for them, collect."""

import re

from domain.tactic_reading import speakers

# 催收, 讨债, 上门要账, debt collector, and not 催 alone, which is said of deliveries and of pupils too.
OF_COLLECTION = re.compile(
    r"催收|催债|催款|催缴|催讨|讨债|追债|逼债|收债|要债|要账|暴力催|软暴力|爆通讯录|停催"
    r"|\bdebt[ -](?:collect\w*|buyers?)|\bcollectors?\b|\bcollections? (?:agenc|agent|call|firm|letter|practice|compan)"
)
# What people do to each other without any debt too: relatives at New Year ring ten times a day and stand at the door.
EVERYDAY = frozenset({
    "visit_actual", "visit_threatened", "visit_announced", "excessive_call_frequency", "social_circle_contact",
    "workplace_contact", "prohibited_hours_contact", "unspecified_misconduct", "insult_abuse",
})  # fmt: skip


def speaks_of_collection(folded: str) -> bool:
    """Tell whether a folded article speaks of the collecting of debts at all."""
    return OF_COLLECTION.search(folded) is not None


def is_relevant(counts: dict[str, int], speaker: str, codes: set[str], lenders: int) -> bool:
    """Return whether a text with these concepts, speaker, tactics found and lenders named is about collection."""
    if speaker in (speakers.ADVERT, speakers.REMINDER, speakers.JOB):
        return False
    if counts["lent"] and not counts["collector"] and not lenders:
        return False
    if speaker == speakers.NEWS:
        return bool(codes) or counts["collector"] > 0
    debt = counts["overdue"] + counts["owe"] + counts["collector"]
    if codes:
        return debt > 0 or lenders > 0 or (len(codes) > 1 and not codes <= EVERYDAY)
    if speaker == speakers.REPLY or counts["collector"]:
        return debt > 0 or counts["sp_reply"] > 2
    return debt >= 2 and lenders + counts["lender"] > 0 and counts["call"] + counts["negotiate"] > 0
