"""The words by which an employer is told, as patterns: what its name ends in, its trade, posts and verbs of work."""

import re
from pathlib import Path

_FIRST = re.compile(r"\[([^\]]+)\]|(.)")


def _any_of(words: list[str]) -> str:
    """Return a pattern of any of the words, the longest first.

    Of 300 words each would be tried at each character; what the words begin with is one look, a tenth of the time.
    """
    firsts = {first[1] or first[2] for word in words if (first := _FIRST.match(word))}
    return f"(?=[{''.join(sorted(firsts))}])(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_WORDS = {
    name: _any_of(words.split())
    for name, words in (
        row.split(": ", 1)
        for row in Path(__file__).with_name("workplace_words.txt").read_text("utf-8").splitlines()
        if row[0] != "#"
    )
}
SHOP, TRADE, ROLE, WORK, KIND = (_WORDS[name] for name in ("shop", "trade", "role", "work", "kind"))
EMPLOYER = f"(?:{_WORDS['employer']}|{SHOP})"
# Offices, lenders and collectors: nobody's employer unless somebody says so.
OFFICE = re.compile(
    r"手机银行|网上银行|法院|检察院|公安|分局|[经刑]侦|刑警|网警|监管局|监督管理|银保监|消费者协会|消协|仲裁|调解|征信|信访|司法局"
    r"|市场监督|人民银行"
    r"|银行业|投诉|客服|催收|热线|消费金融|小额贷款|小贷|资产管理|担保|网贷|平台"
)
