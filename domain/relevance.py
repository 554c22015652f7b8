"""Whether an article is on the subject: how lenders, and those who act for them, collect."""

import re

# 催收, 讨债, 上门要账, debt collector, and not 催 alone, which is said of deliveries and of pupils too.
OF_COLLECTION = re.compile(
    r"催收|催债|催款|催缴|催讨|讨债|追债|逼债|收债|要债|要账|暴力催|软暴力|爆通讯录|停催"
    r"|\bdebt[ -](?:collect\w*|buyers?)|\bcollectors?\b|\bcollections? (?:agenc|agent|call|firm|letter|practice|compan)"
)


def speaks_of_collection(folded: str) -> bool:
    """Tell whether a folded text speaks of the collecting of debts at all."""
    return OF_COLLECTION.search(folded) is not None
