"""Decides whether an ambiguous name (京东, 平安, 360, 还呗, 马上, 晨星) is a lender's where it stands."""

import re

CONTEXT_WINDOW = 24
LENDING_WORDS = re.compile(
    r"贷|借|欠|还款|逾期|催收|催债|分期|额度|账单|征信|利息|信用卡|月供|客服|平台|app|罚息|债"
    r"|\b(?:loans?|debts?|collect\w*|credit|account|balance|bill|payments?|owe[sd]?|interest)\b"
)
# Beside a name that is a shop's or a greeting too, customer service proves nothing: 京东的客服不给退货.
DEBT_WORDS = re.compile(
    r"贷|借(?!口|此|用|助)|欠(?!缺|佳)|还款|还不上|还钱|逾期|催|额度|账单|征信|利息|罚息|债|月供|律师函|上门"
    r"|\b(?:loans?|debts?|collect\w*|overdue|past due|owe[sd]?)\b"
)
# Names that are everyday words too: 让我马上还钱, 说我人品有问题, 祝您平安. Beside words of lending they still mean the
# word; they name the lender only where they are followed or preceded as an institution is: 马上的客服, 欠平安三万.
EVERYDAY_WORDS = frozenset({
    "马上", "人品", "平安", "民生", "普惠", "招商", "振兴", "富民", "中原", "华夏", "光大", "兴业", "海尔", "中信",
    "浙商", "渤海", "360", "51", "分付", "月付", "白条", "金条", "abc", "pra", "蚂蚁", "京东", "美团", "小米",
    "滴滴", "携程", "邮政", "哈啰", "萨摩耶", "奔驰", "万乘", "高柏", "拍拍", "洋钱", "新网", "网商", "小赢",
    "生意贷", "信用付", "信用购", "快贷", "还呗", "省呗", "有钱花", "拿去花", "放心借", "放心花", "好分期",
    "任性付", "chase", "affirm", "citi", "erc", "dci", "tsi", "mcm", "cbc", "encore", "convergent", "spark",
    "upstart", "discover", "ally",
})  # fmt: skip
NAMED_BEFORE = re.compile(
    r"(?:欠着?了?|借了?|借过|欠咗|找|向|跟|叫|在|用[了过]?|给|从|被|和|投诉|举报|通过|下载了?|打开|开通了?|收到|注册了?|申请了?|逾期|委托|是|[“\"《【(])$"
)
NAMED_AFTER = re.compile(
    r"[”\"》】)]?(?:银行|金融|消费|消金|贷|借|信用|信贷|分期|催|客服|平台|app|账单|额度|逾期|欠|还款|委托|外包|法务|那边|这边|他们|这个平台"
    r"|发来(?:短信|信息|律师函)|(?:打电话|发短信)(?:来)?(?:让|叫|催)我|把我的?(?:债|账|欠款|逾期|信息)"
    r"|的(?:[“\"]?外[勤访包]|催|客服|钱|贷|借|账|人|平台|额度|信用|欠|逾期|还款|法务|合同|利息|短信|电话|员工|专员|业务|app|bill|loan))"
    r"|[\s,]*(?:loan|debt|collect|account|credit|bank|card|auto|called|calls|keeps|says|sent)"
)
# English says whose a debt is before the name: a loan from Chase, an account with Ally. Not `to`, for to discover is
# a verb.
OWED_BEFORE = re.compile(
    r"\b(?:loans?|debts?|accounts?|cards?|credit|mortgage|balance|money|bills?|payments?|borrow(?:ed|ing)?)"
    r"\s+(?:\w+\s+){0,2}(?:from|with|at|by)\s+$|\bowe[sd]?\s+$"
)
# Where a name stands as one does in running text: at the beginning of a clause, or before what its people do.
LOOSE_BEFORE = re.compile(
    r"(?:^|[\s,。!?;:、“\"《【(…~]|欠着?了?|借了?|借过|找|向|跟|叫|在|用|给|从|被|和|与|受|是|就是|像|连|那个|这个|我|你们|投诉|举报|逾期)$"
)
LOOSE_AFTER = re.compile(
    r"[”\"》】)]?(?:那边|这边|他们|你们|的人|的|这|那|给|打|说|让|叫|要|把|又|一直|天天|今天|昨天|刚|也|都|还|不|没|发|派|委托|逾期|催|催收"
    r"|客服|平台|app|嘅|[,。!?;:、\s”\"]|$)"
)
PERSON = re.compile(r"[我俺你您]|\b(?:i|me|my|we|our|you|your)\b")
# What a lender's people do, or are; where the text has a person in it whom they do it to, that is enough: 松岳问我家里
# 有没有牛, 稻禾派来的小伙子.
ACTS = re.compile(
    r"[”\"》】)]?(?:的(?:人|电话|短信|机器人|催|客服|员工|账|钱|做派|工单|系统|业务|经理|专员|法务|外访|小伙|小姑娘|app|[,。!?])"
    r"|派来?|来(?:了|的|人)|一个[男女]|那[个男女]|说|问(?:我|他|她)|跟(?:我|他|她|俺)|给(?:我|他|她|俺)|找(?:我|他|她|俺|不到|村|人)"
    r"|打(?:我|给|来|过来|电话|到)|往|干的|[让要逼催骂叫吓](?:我|他|她|俺)|答应|通知|第[一二三四五六]次|你们|您们|真(?!好看)"
    r"|每个?[天月周]|上个?[月周]|这个月|今天|昨天|昨晚|半夜|凌晨|天天|一天|又|:|$)"
    r"|'s\s(?:agent|man|men|people|collector|guy|staff|app|letter|text|lawyer)|\s(?:says|said|told|called|texted|rang|wrote|keeps)"
)
# 被麦穗念出来了, and at the end of a message ——小鸟; but 一只小鸟 is a bird whatever it does.
ACTED_UPON = re.compile(r"被$|(?:—|--)\s?$")
COUNTED_THINGS = re.compile(r"[只群颗朵条株片头粒座]$")
BY_THE_WAY = re.compile(
    r"金融|消费|消金|客服|平台|app|贷|的(?:客服|贷|钱|催|账|app|平台|人|短信|电话|额度|利息)|那边|他们"
)


def is_adverb(folded: str, start: int, end: int) -> bool:
    """马上 (at once) stands before what is done: 在马上借的钱 and 马上的客服 name the lender, 必须马上还款 does not."""
    if folded[start:end] != "马上":
        return False
    before, after = folded[max(0, start - 2) : start], folded[end : end + 6]
    named = re.search(r"(?:欠了?|在|向|跟|找)$", before) and re.match(r"借|的|逾期|贷|[,。!?\s]|$", after)
    named = named or (re.search(r"欠了?$", before) and re.match(r"[一二两三四五六七八九十几\d]", after))
    return not (named or BY_THE_WAY.match(after))


def is_named(folded: str, start: int, end: int, about_debts: bool, beside_another: bool) -> bool:
    """Whether an ambiguous name at [start, end) stands for the lender.

    `about_debts` says what the whole text is on, `beside_another` that it follows another lender's name in a list.
    """
    before, after = folded[max(0, start - 4) : start], folded[end : end + 10]
    low, high = max(0, start - CONTEXT_WINDOW), end + CONTEXT_WINDOW
    if folded[start:end] in EVERYDAY_WORDS:
        named = NAMED_AFTER.match(after) or NAMED_BEFORE.search(before) or OWED_BEFORE.search(folded, low, start)
        if not named and not beside_another:
            return False
        return about_debts or bool(DEBT_WORDS.search(folded, low, start) or DEBT_WORDS.search(folded, end, high))
    if LENDING_WORDS.search(folded, low, start) or LENDING_WORDS.search(folded, end, high):
        return True
    if about_debts and (LOOSE_AFTER.match(after) or LOOSE_BEFORE.search(before)):
        return True
    if COUNTED_THINGS.search(before) or not PERSON.search(folded):
        return False
    return bool(ACTS.match(after) or ACTED_UPON.search(before))
