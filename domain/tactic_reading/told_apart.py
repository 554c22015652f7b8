"""Tells what happened from what stands beside it: 催收给我妈打电话了，怎么办？ tells of a call, and asks what to do.

A question mark puts all of its sentence into question, and a text that asks and names rules is taken for one in which
nothing was lived: most that do ask about what may come. Who tells what happened and then asks what to do, whether it
is lawful or who can help, or says what the rules are, takes it for granted. So such a text is read a second time
without those questions and rules, and what is lived or threatened in it then is counted.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate
from operator import attrgetter

from domain.tactic_reading.assertions.assertion_model import COUNTED_ASSERTIONS
from domain.tactic_reading.named_tactics import NamedTactic

ASKS = re.compile(
    "[吗呢么][^,]{0,2}$|怎[么样]|咋|如何|什么|啥|谁|哪|何(?:时|处|况)|多少|多久|几[天个时]|凭|请问|想问|求助|有没有"
    "|[能会可要该是算好行犯违合][不没否][能会可以要该是算好行犯违合]|是否|能否|可否|有权|难道|还有?(?:没有)?(?:王法|天理)|(?:吧|还是.{1,12})$"
    r"|^ ?(?:so |and |but |then )?(?:is|are|was|were|can|could|should|would|will|has|have|do|does|did"
    r"|what|who|whom|where|when|how|why|which|any\w*)\b"
)
# What befell who writes, and not what befalls people: 他们昨天来了, 催收骂我.
HAPPENED = re.compile(
    "[我俺咱]|(?:催收|[他她]们?|对方|电话里|短信)[^,]{0,6}[说称讲骂]|了(?!解)|过(?!分|段)|正在|昨|今[天早晨日晚]|前[天晚]|刚"
    r"|上[个]?[周月]|每天|天天|一天|整天|一直|又|还在|连续|多次|收到|发来|\b(?:i|me|my|we|our|us)\b"
)
# 律师您好，想咨询一下: what is put to somebody who knows may be a case that is only thought of.
CONSULTS = re.compile("咨询|想问|请教|想了解|疑惑|假设")
# 会不会写我欠多少啊？ asks about what may come, and what stands before it often only leads there.
TO_COME = re.compile(
    r"(?<![察安院局台我])(?<!你们)(?<!会不)[会将]|\b(?:could|would|will|might) (?:they|he|she|it|someone|anyone)\b"
)
# Where something of this stands, all of the sentence is about what may be: 要是给我妈打电话，怎么办？
ONLY_SUPPOSED = re.compile(
    "如果|假如|假设|假使|要是|万一|倘若|一旦|的话|[怕愁]|担心|听说|据说|网上|有人说|都说|人家说|以后|将来|梦|(?<!也)不会(?!吧)"
    "|(?<![说称讲言道信])(?:[会将]|要(?!求|[账债钱]))(?:不|直接|给|联|打|发|上|来|去|起|爆|到|找|派|骚|对|把|被)"
    r"|\b(?:if|whether|suppose|supposing|imagine|afraid|scared|worried|fear|might|may|could|would|will|going to)\b"
)
# Who asks whether it is so does not take it for granted, unless somebody said it: that it was said is so.
IS_IT_SO = re.compile(
    "真的?[吗么假]|是真|真假|可信|靠谱|吓唬|吓人|骗|诈|真[会能的]|这回事|这种事|当真|信吗|属实|true|real|bluff|scam|serious"
)
# 不是他们是谁？ and 这不是骗人吗？ state.
REJOINDER = re.compile(r" ?(?:那?这?不[就]?是|难道|除了)")
SAID = re.compile(
    r"[说称讲喊]|短信|消息|微信|电话|威胁|扬言|通知|\b(?:said|says|told|texted|claims?|threaten\w*|wrote|message|text)\b"
)
# 家长问我: 老师, 您欠人家一万? is somebody else's question.
QUOTED = re.compile('[“「『"]')
SPEECH = re.compile('[:“「『"][^”」』"]*$')
RULE = re.compile(
    "^(?:根据|按照?|依照|依据|参照)[^我]{0,40}(?:不得|不能|不可|不许|禁止|严禁|应当?|必须|须|可以|有权|规定)"
    "|(?:规定|条例|办法|民法典|刑法|管理法|保护法|公约|指引|法律|法规|第[一二三四五六七八九十百0-9]+条)[^我]{0,40}"
    "(?:不得|不能|不可|不许|禁止|严禁|应当?|必须|有权|明确|写着)"
    r"|^(?:under|according to) (?:the |section |article |\w+ )?\w*(?:law|act|rule|fdcpa|code|regulation)\b"
)
# 如果再这样我就报警: what the writer warns of is no fear of what may come.
OWN_WARNING = re.compile(
    "^(?:如果|要是|假如|若|倘若)?(?:他们|你们|对方|催收)?(?:再|还|继续|仍然?|不停)[^,]{0,10},?(?:那)?我(?:们)?(?:就|会|将|要|只[好能]|一定|必)"
    "[^,]{0,8}(?:报警|投诉|举报|起诉|告|曝光|上访|维权)"
)
LABEL = re.compile(
    "^ *[【[〔(](?:紧急|急)?(?:求助|投诉|吐槽|提问|曝光|咨询|讨论|分享|维权|举报|避雷|反馈|在线等)"
    "[^】\\]〕)]{0,4}[】\\]〕)]"
)
# Questions that stand for themselves are taken out where they ask what to do; others mostly ask about what may come.
WHAT_TO_DO = re.compile(
    "怎么办|咋办|咋整|如何是好|怎么处理|如何处理|合[不]?合?法|违法|犯法|违规|报警|投诉|举报|起诉|维权|有人管|谁来?管|管不管|王法"
    r"|帮帮|帮忙|支招|该找|找谁|取证|what (?:can|should) i\b|is (?:this|that|it) (?:even )?legal|allowed to"
)
SENTENCE = re.compile(r"(?:[^.!?;。\n]|\.(?! |$))*(?:[.!?;。\n]+|$)")
LONGEST_SENTENCE = 150  # characters


def told_apart(folded: str) -> list[tuple[int, int]]:
    """Return the stretches of a folded text that are left when what only asks or says the rules is taken out.

    Where a sentence tells what happened and then asks, both are stretches. Where nothing is parted the list is empty.
    """
    if CONSULTS.search(folded):
        return []
    label = LABEL.match(folded)
    begin, parted = label.end() if label else 0, label is not None
    kept: list[tuple[int, int]] = []
    for start, end in _sentences(folded, begin):
        told = start + _told(folded[start:end])
        parted = parted or told < end
        if told > start:
            kept += [(start, told), (told, end)] if told < end else [(start, end)]
    return kept if parted else []


def joined(folded: str, kept: Sequence[tuple[int, int]]) -> str:
    """Return the stretches as one text; where one ends at the comma before a question a full stop stands."""
    return "".join(re.sub(",$", "。", folded[start:end]) for start, end in kept)


def with_what_happened(
    whole: list[NamedTactic], apart: list[NamedTactic], folded: str, kept: Sequence[tuple[int, int]]
) -> list[NamedTactic]:
    """Return the tactics of a text with those that are counted where it is read `apart` from questions and rules."""
    begins = [0, *accumulate(end - start for start, end in kept)]
    starts = [start for start, _ in kept]
    lived: list[NamedTactic] = []
    found: set[tuple[str, int]] = set()
    for tactic in apart:
        number = bisect_right(begins, tactic.start) - 1  # of the stretch that it lies in
        if tactic.assertion in COUNTED_ASSERTIONS and tactic.end <= begins[number + 1] and _tells(folded, kept[number]):
            shift = starts[number] - begins[number]
            lived.append(tactic._replace(start=tactic.start + shift, end=tactic.end + shift))
            found.add((_kind(tactic), number))
    rest = [tactic for tactic in whole if tactic.assertion == "denial" or not _is_found(tactic, found, starts, kept)]
    return sorted([*lived, *rest], key=attrgetter("start"))


def _is_found(
    tactic: NamedTactic, found: Set[tuple[str, int]], starts: list[int], kept: Sequence[tuple[int, int]]
) -> bool:
    number = bisect_right(starts, tactic.start) - 1
    return (_kind(tactic), number) in found and tactic.start < kept[number][1]


def _kind(tactic: NamedTactic) -> str:
    """Return the code of a tactic; of the four visits a sentence tells one."""
    return "visit" if tactic.code.startswith("visit_") else tactic.code


def _sentences(folded: str, begin: int) -> Iterator[tuple[int, int]]:
    while begin < len(folded):
        found = SENTENCE.match(folded, begin, min(len(folded), begin + LONGEST_SENTENCE))
        end = max(found.end() if found else 0, begin + 1)
        yield begin, end
        begin = end


def _told(sentence: str) -> int:
    """Return how many characters of a sentence are left without what it asks or says of the rules."""
    stripped = sentence.rstrip()
    if not stripped.endswith("?"):
        said = sentence.lstrip()
        return 0 if RULE.search(said) or OWN_WARNING.match(said) else len(sentence)
    body = stripped.rstrip("?!")
    if REJOINDER.match(body) or QUOTED.search(body) or SPEECH.search(body):
        return len(sentence)
    comma = _before_the_question(body, len(sentence))
    return comma if comma or WHAT_TO_DO.search(body) else len(sentence)


def _before_the_question(sentence: str, whole: int) -> int:
    """Return where the comma stands at which what happened becomes a question: 0 where all of it asks."""
    comma = -1
    while True:
        following = sentence.find(",", comma + 1)
        clause = sentence[comma + 1 :] if following < 0 else sentence[comma + 1 : following]
        if following < 0 or ASKS.search(clause):
            told, asked = sentence[: max(comma, 0)], sentence[comma + 1 :]
            if comma < 0:
                return 0
            doubted = IS_IT_SO.search(asked) and not SAID.search(told)
            only_asks = REJOINDER.match(asked) or TO_COME.search(asked) or doubted
            return whole if only_asks or ASKS.search(told) or not _happened(told) else comma + 1
        comma = following


def _tells(folded: str, place: tuple[int, int]) -> bool:
    stretch = folded[slice(*place)]
    return not stretch.rstrip().endswith("?") and _happened(stretch)


def _happened(told: str) -> bool:
    return HAPPENED.search(told) is not None and not ONLY_SUPPOSED.search(told)
