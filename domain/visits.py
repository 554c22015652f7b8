"""Visits: threatened, announced, actual or intrusive, one of them to a sentence. A threat is never read as a visit."""

import regex

VISITS = ("visit_intrusive", "visit_actual", "visit_threatened", "visit_announced")
# Somebody says it or it is still to come: 催收说已经到我家门口, 短信称外访人员已到, 再不还就去你家.
SAID_OR_TO_COME = regex.compile(
    r"说|称|短信|微信|消息|信息|电话|来电|语音|扬言|威胁|恐吓|吓唬|声称|告诉|通知|告知|回复|留言|表示|再不|不还|否则|要是|如果"
    r"|将要?|会|要(?!债|账|钱)|准备|打算|即将|马上|\b(?:sa(?:id|ys|ying)|told|text(?:ed)?|threaten\w*|will|would|going\s+to|claim\w*)\b",
    regex.I,
)
# What follows tells what became of it: 结果真的来了两个人.
TURN = regex.compile(
    r"结果|后来|第二天|次日|果然|真的|居然|竟然|没想到|最后|当天(?:下午|晚上)|\b(?:then|actually|did)\b", regex.I
)
NOBODY_CAME = regex.compile(
    r"没有?(?:任何)?(?:人|谁)(?:来|上门|敲门|到)?|(?:并|根本|从|始终|一直|也|都|还)?(?:没有?|未|不曾)(?:真的?)?(?:来过?|上门|出现|露面|到)"
    r"|无人|空无一人|\b(?:nobody|no\s+one|never)\b",
    regex.I,
)


def visit_of(codes: dict[str, tuple[int, int]], sentence: str) -> dict[str, tuple[int, int]]:
    """Return what stays of the codes found in a sentence, {code: span in it}: of the visit codes at most one.

    A visit that is only spoken of, still to come, or that the sentence says did not happen, is a threat of one.
    """
    kept = {code: span for code, span in codes.items() if code not in VISITS}
    visits = {code: span for code, span in codes.items() if code in VISITS}
    for code in ("visit_intrusive", "visit_actual"):
        if code in visits and _is_only_spoken_of(sentence, visits[code]):
            visits.setdefault("visit_threatened", visits[code])
            del visits[code]
    for code in VISITS:
        if code in visits:
            return kept | {code: visits[code]}
    return kept


def _is_only_spoken_of(sentence: str, span: tuple[int, int]) -> bool:
    start, end = span
    before = sentence[:end]
    turn = max((match.end() for match in TURN.finditer(before, 0, start + 2)), default=0)
    return bool(SAID_OR_TO_COME.search(before, turn) or NOBODY_CAME.search(sentence))
