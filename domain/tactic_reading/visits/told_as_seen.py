"""Whether who writes tells of collectors at the door as a fact: 催收已经到我家楼下了, and not 他说已经到我家楼下了."""

import re

# A sentence that anywhere before says, writes or rings may tell no more than somebody's words. 自称 says who they are.
TOLD = re.compile(
    "说(?!到做到|好)|讲|(?<![自号])称|告[诉知]|通知|短信|消息|信息|微信|信里|电话|来电|语音|留言|回复|写着|显示|发[来给了]|定位"
    "|喊|吼|扬言|威胁|恐吓|吓唬|骗|据"
)
NOT_YET = re.compile(
    "马上|即将|[快就]到(?!了)|快来|出发|路上|赶[来过往]|正在赶|正赶|准备|打算|安排|明[天晚早]|后天|下周|今晚|[要会将能][到来去上在]|[将欲]"
    "|如果|要是|万一|假如|假装|好像|仿佛|怕|担心|梦|再不|不还|不处理|否则|不然"
)
# 已经到你家门口了 is what they wrote, though nothing says so; 我公司人员已到楼下 is written by them as well.
THEIR_WORDS = re.compile("你|您|贵|我司|我公司(?:的)?(?:人员|外访|工作|法务|同事|已|将|委|派)|速|请")
PLACE = "(?:家|门|楼|单元|院|屋|小区|村|镇|乡|县|老家|户籍|公司|单位|店|铺|厂|工地|学校|宿舍|办公|摊)"
AT_MINE = re.compile(f"[到在来达](?:了|过)?(?:我|咱|俺)(?!司)[^,.?!;:]{{0,8}}{PLACE}")
SEEN = re.compile(
    "看[到见着]|瞧见|猫眼|监控|摄像|阳台|窗[户口边]|保安|门卫|物业|邻居|村干部|[敲拍砸踹踢撞]|门铃|[坐站守堵蹲等赖待转][在着到了过]|打听"
    "|[贴塞]|拍照|录像|拦|报警|报了警|不敢|不走|不肯走"
)
# Who doubts it, or finds nobody there, does not tell it as a fact.
DOUBTED = re.compile(
    "真的[吗假]|真假|是真|是否|是不是|会不会|[不没]信|不可能|[吗么]?[?]|没有?人|人影|没看|没见|空无|假的|谎|没来"
)
LONGEST_BEFORE, LONGEST_AFTER = 60, 60  # characters


def is_told_as_seen(folded: str, start: int, end: int, sentence: tuple[int, int], is_message: bool) -> bool:
    """Whether a passage [start, end) of a `sentence` tells as a fact that somebody is where the writer lives or works.

    At a place that is not called the writer's own (已经到村里了) somebody must be seen or do something there.
    """
    before = folded[max(sentence[0], start - LONGEST_BEFORE) : end]
    after = folded[end : min(sentence[1] + 1, end + LONGEST_AFTER)]
    if TOLD.search(before) or NOT_YET.search(before) or THEIR_WORDS.search(before + after) or DOUBTED.search(after):
        return False
    at_mine = AT_MINE.search(before[-LONGEST_BEFORE:] + after[:12]) is not None
    return at_mine or (not is_message and SEEN.search(before + after) is not None)
