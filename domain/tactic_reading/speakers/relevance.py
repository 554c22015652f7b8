"""Tells whether a text is about how lenders, or others for them, collect."""

import re
from collections.abc import Set

# What people do to each other without any debt too: relatives at New Year ring ten times a day and stand at the door.
EVERYDAY = frozenset({
    "visit_actual", "visit_threatened", "visit_announced", "excessive_call_frequency", "social_circle_contact",
    "workplace_contact", "prohibited_hours_contact", "unspecified_misconduct", "insult_abuse",
})  # fmt: skip
# 催收, 讨债, 上门要账, debt collector, and not 催 alone, which is said of deliveries and of pupils too.
OF_COLLECTION = re.compile(
    r"催收|催债|催款|催缴|催讨|讨债|追债|逼债|收债|要债|要账|暴力催|软暴力|爆通讯录|停催"
    r"|\bdebt[ -](?:collect\w*|buyers?)|\bcollectors?\b|\bcollections? (?:agenc|agent|call|firm|letter|practice|compan)"
)

# Without one of these a few words may be about anything: 还给我妈也打了电话.
OF_A_DEBT = re.compile(
    r"催|讨债|要[债账]|还[钱款清]|欠|债|逾期|借款|贷|\b(?:debts?|collectors?|owed?|owes|loans?|overdue)\b"
)


def speaks_of_a_debt(folded: str) -> bool:
    """Tell whether a few folded words speak of a debt at all."""
    return OF_A_DEBT.search(folded) is not None


def speaks_of_collection(folded: str) -> bool:
    """Tell whether a folded article speaks of the collecting of debts at all."""
    return OF_COLLECTION.search(folded) is not None


def relevance_features(codes: Set[str], told: Set[str], lenders: int) -> dict[str, float]:
    """Return what the model weighs beside the text: the tactics found, and how many lenders are named.

    Of the `codes` found those are `told` whose passages assert, each by itself, that they were lived or threatened.
    """
    return {
        "=lenders": float(min(lenders, 2)),
        "=codes": float(min(len(codes), 3)),
        "=codes of collection": float(min(len(codes - EVERYDAY), 2)),
        "=told": float(min(len(told), 3)),
        "=nothing told": float(not told),
    }
