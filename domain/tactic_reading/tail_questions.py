"""Parts what happened from the question behind it: 催收给我妈打电话了，怎么办？ tells of a call, and asks what to do.

A question mark puts all of its sentence into question, for most questions of borrowers are about what may come. Who
tells what happened and asks behind a comma what to do, whether that is lawful or who can help takes it for granted.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from domain.tactic_reading.assertions.assertion_model import COUNTED_ASSERTIONS
from domain.tactic_reading.named_tactics import NamedTactic

ASKS = re.compile(
    "[吗呢么][^,]{0,2}$|怎[么样]|咋|如何|什么|啥|谁|哪|何(?:时|处|况)|多少|多久|几[天个时]|凭|请问|想问|求助|有没有|[能会可要该是算好行犯违合][不没否][能会可以要该是算好行犯违合]"
    "|是否|能否|可否|有权|难道|还有?(?:没有)?(?:王法|天理)|(?:吧|还是.{1,12})$"
    r"|^ ?(?:so |and |but |then )?(?:is|are|was|were|can|could|should|would|will|has|have|do|does|did"
    r"|what|who|whom|where|when|how|why|which|any\w*)\b"
)
# What befell who writes, and not what befalls people: 他们昨天来了, 催收骂我.
HAPPENED = re.compile(
    "[我俺咱]|(?:催收|[他她]们?|对方|电话里|短信)[^,]{0,6}[说称讲骂]|了(?!解)|过(?!分|段)|正在|昨|今[天早晨日晚]|前[天晚]|刚|上[个]?[周月]|每天|天天|一天|整天|一直|又|还在|连续|多次|收到|发来"
    r"|\b(?:i|me|my|we|our|us)\b"
)
# Where something of this stands before, all of it is about what may be: 要是给我妈打电话，怎么办？
ONLY_SUPPOSED = re.compile(
    "如果|假如|假设|假使|要是|万一|倘若|一旦|的话|[怕愁]|担心|听说|据说|网上|有人说|都说|人家说|以后|将来|(?<!也)不会(?!吧)"
    "|(?<![说称讲言道信])(?:[会将]|要(?!求|[账债钱]))(?:不|直接|给|联|打|发|上|来|去|起|爆|到|找|派|骚|对|把|被)"
    r"|\b(?:if|whether|suppose|supposing|imagine|afraid|scared|worried|fear|might|may|could|would|will|going to)\b"
)
# Who asks whether it is so does not take it for granted, unless somebody said it: that it was said is so.
IS_IT_SO = re.compile(
    "真的?[吗么假]|是真|真假|可信|靠谱|吓唬|吓人|骗|诈|真[会能的]|这回事|这种事|这回事|这种事|当真|信吗|属实|true|real|bluff|scam|serious"
)
# 不是他们是谁？ and 这不是骗人吗？ state.
REJOINDER = re.compile(r" ?(?:那?这?不[就]?是|难道|除了)")
SAID = re.compile(
    r"[说称讲喊]|短信|消息|微信|电话|威胁|扬言|通知|\b(?:said|says|told|texted|claims?|threaten\w*|wrote|message|text)\b"
)
# 家长问我: 老师, 您欠人家一万? is somebody else's question.
QUOTED = re.compile('[“「『"]')
SPEECH = re.compile('[:“「『"][^”」』"]*$')
SENTENCE_END = re.compile(r"[!?;。\n]|\. ")
LONGEST_LOOKED_AT = 150  # characters


def told_before_questions(folded: str) -> list[tuple[int, int]]:
    """Return the stretches [start, comma) of a folded text that tell what happened before a question."""
    told: list[tuple[int, int]] = []
    at = folded.find("?")
    while at >= 0:
        begins = max(0, at - LONGEST_LOOKED_AT)
        for end in SENTENCE_END.finditer(folded, begins, at):
            begins = end.end()
        comma = _before_the_question(folded[begins:at])
        if comma is not None:
            told.append((begins, begins + comma))
        at = folded.find("?", at + 1)
    return told


def parted(folded: str, told: Sequence[tuple[int, int]]) -> str:
    """Return the text, of the same length, with a full stop where what happened ends."""
    commas = [comma for _, comma in told]
    pieces = [folded[start + 1 : end] for start, end in pairwise([-1, *commas, len(folded)])]
    return "。".join(pieces)


def told_apart(
    whole: list[NamedTactic], apart: list[NamedTactic], told: Sequence[tuple[int, int]]
) -> list[NamedTactic]:
    """Return the tactics of a text with those counted that are `told` before such a question, read `apart` from it."""
    lived = [
        tactic
        for tactic in apart
        if tactic.assertion in COUNTED_ASSERTIONS
        and any(tactic.start >= start and tactic.end <= end for start, end in told)
    ]
    codes = {tactic.code for tactic in lived}
    rest = [
        tactic
        for tactic in whole
        if tactic.code not in codes or not any(start <= tactic.start < end for start, end in told)
    ]
    return sorted([*lived, *rest], key=attrgetter("start"))


def _before_the_question(sentence: str) -> int | None:
    """Return where the comma stands at which a sentence that happened becomes a question, if there is one."""
    comma = sentence.find(",")
    while comma >= 0:
        following = sentence.find(",", comma + 1)
        clause = sentence[comma + 1 :] if following < 0 else sentence[comma + 1 : following]
        if following < 0 or ASKS.search(clause):
            told, asked = sentence[:comma], sentence[comma + 1 :]
            if REJOINDER.match(asked) or QUOTED.search(asked):
                return None
            doubted = IS_IT_SO.search(asked) and not SAID.search(told)
            took_place = (
                not SPEECH.search(told)
                and HAPPENED.search(told)
                and not (ONLY_SUPPOSED.search(told) or ASKS.search(told))
            )
            return comma if took_place and not doubted else None
        comma = following
    return None
