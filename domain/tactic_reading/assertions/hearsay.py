"""Tells whose story somebody passes on: a friend's own (他说催收打到他单位), or what a neighbour saw at my door."""

import re

SAID = "(?:说|讲|吐槽|抱怨|透露|告诉(?:了)?(?:我|咱|俺)|[跟和同对](?:我|咱|俺)(?:说|讲))"
LATIN_SAID = (
    r"(?:just |also |once )?(?:said|says|say|told (?:me|us)|tells me|claims|swears|swore|texted(?: me)?)(?: that)?"
)
# Who tells of their own debts. Kin of the debtor's house are not among them: what they tell is what reached them.
FRIEND = (
    "(?:朋友|同学|同事|室友|舍友|工友|战友|老乡|闺蜜|哥们儿?|邻居|群友|网友|病友|球友|牌友|表[哥姐弟妹]|堂[哥姐弟妹]"
    "|熟人|那个大哥|那位大姐)"
)
LATIN_FRIEND = (
    r"\b(?:my|a|one|some)(?: \w+)? (?:friend|cousin|co-?worker|colleague|neighbou?r|classmate|room-?mate"
    r"|flatmate|buddy|mate|guy i know)(?: of mine)?"
)
TOLD_BY_A_FRIEND = re.compile(f"{FRIEND}[^,.?!;:。我]{{0,6}}{SAID}|{LATIN_FRIEND} {LATIN_SAID}")
MINE = re.compile(r"我|咱|俺|\b(?:i|me|my|our|us|mine)\b")
# Of his own: 他家, 她儿子, 他逾期. That they rang him is no sign, for it may have been about me.
THEIRS = re.compile(
    r"自己|[他她]们?(?:家|那[家个会时]|妈|爸|爹|娘|老[公婆]|媳妇|爱人|对象|父母|儿子|女儿|闺女|孩子|公[公婆]|婆婆|[弟妹哥姐姑舅叔]"
    r"|单位|公司|厂|店|领导|老板|主管|逾期|欠|借|当[时年]|以前|去年|前年|上回|的(?:通讯录|联系人|单位|公司|领导|老板|家))"
    r"|\b(?:his|her|their)(?: \w+)? (?:boss|manager|house|home|place|flat|apartment|door|phone|contacts?"
    r"|mother|mom|mum|dad|father|family|wife|husband|kids?|job|work|workplace|office|employer|loans?|debts?|cards?|name)\b"
)
# Who sees with their own eyes that somebody came.
WITNESS = (
    "(?:妈|爸|爹|娘|奶奶|爷爷|外[婆公]|姥[姥爷]|老[婆公]|爱人|媳妇|对象|岳[母父]|婆婆|公公|儿子|女儿|闺女|孩子|[弟妹哥姐嫂姨姑舅叔伯婶]"
    "|室友|舍友|邻居|对门|隔壁|楼[上下]|保安|门卫|门房|物业|房东|宿管|前台|店员|老板|大[爷妈姐哥]|阿姨|师傅)"
)
LATIN_WITNESS = (
    r"\b(?:my|our|the|a)(?: \w+)? (?:neighbou?r|landlord|landlady|mother|mom|mum|dad|father|wife|husband|partner"
    r"|sister|brother|son|daughter|grandm\w+|grandpa|grandfather|aunt|uncle|room-?mate|flatmate|co-?worker"
    r"|colleague|receptionist"
    r"|guard|doorman|porter|concierge|caretaker"
    r"|(?:guy|man|woman|lady|couple)(?: from)? (?:downstairs|upstairs|next door|across (?:the|from) \w+))"
)
# 跟我妈讲: whom it is said to saw nothing.
SEEN_BY = re.compile(
    f"(?<![跟和对给同向])(?<![跟和对给同向][我咱俺]){WITNESS}[^,.?!;:。说讲要]{{0,6}}{SAID}"
    f"|{LATIN_WITNESS} {LATIN_SAID}"
)
SEEN = re.compile(
    "来[过了]|到[过了]|(?:到|在)(?:了|过)?(?:我|咱|俺)?们?[^,.?!;:]{0,6}(?:家|门|楼|小区|村|店|公司|单位|学校)|找过|[坐站守堵蹲等][在着到了]|[敲砸踹踢]|泼|喷|不肯走|不走|赖|闯|进[了门屋]|(?:家|门口|店|楼下|单位)(?:里|外)?(?:来了|有)"
    r"|\b(?:came|were|was|showed|turned|knocked|banged|sat|waited|stood|stayed|parked|refused"
    r"|wouldn't leave|kicked|forced)\b"
)
# What the collectors themselves say to the witness is no sight of them.
ONLY_SAID = re.compile(
    r"电话|短信|来电|微信|[说讲]|[会要将]来|要上|要到|要去|威胁|扬言|吓唬"
    r"|\b(?:call|phone|rang|ring|text|said|told|says|claim|will|would|going to|threat)"
)
LONGEST_AROUND = 60  # characters
CLAUSE_END = re.compile(r"[,.?!;:。]|$")


def is_witnessed(folded: str, start: int, end: int, begins_at: int) -> bool:
    """Whether somebody of the house or next to it tells in a passage that they saw who came: 我妈说他们坐在客厅不走."""
    story = _story(SEEN_BY, folded, start, end, begins_at)
    return SEEN.search(story) is not None and ONLY_SAID.search(story) is None


def teller_of(folded: str, start: int, end: int, begins_at: int) -> str | None:
    """Return whose story a friend tells in a passage of a sentence that begins at `begins_at`: mine, theirs or None.

    None stands for no friend's words before the passage, and for words that don't say whom it befell.
    """
    story = _story(TOLD_BY_A_FRIEND, folded, start, end, begins_at)
    if MINE.search(story):
        return "mine"
    return "theirs" if THEIRS.search(story) else None


def _story(teller: re.Pattern[str], folded: str, start: int, end: int, begins_at: int) -> str:
    """Return what is told behind the last words of a teller before or in [start, end), to the end of its clause."""
    behind = [told.end() for told in teller.finditer(folded, max(begins_at, start - LONGEST_AROUND), end)]
    clause = CLAUSE_END.search(folded, end, end + LONGEST_AROUND)
    return folded[behind[-1] : clause.start() if clause else end] if behind else ""
