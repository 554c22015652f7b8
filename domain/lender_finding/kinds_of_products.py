"""Tells whether an ambiguous name that only says of what kind something is names its lender: 白条, but not 荷花白条.

A name that the registry does not know must never be counted against the real lender whose everyday word it ends in.
"""

import re

# Names that say no more than of what kind a product is, so that those of other lenders end alike. In front of one may
# stand only what is no part of a name: nothing, a mark, or one of the words below, after which a name begins.
KINDS = frozenset({
    "月付", "分付", "白条", "金条", "快贷", "生意贷", "信用购", "信用付", "有钱花", "拿去花", "放心借", "放心花",
    "好分期", "任性付", "还呗", "省呗", "普惠", "网商",
})  # fmt: skip
# No lender before a word of lending, but words of every day: 富民贷款, 普惠金融, 最新|网贷.
WORDS = frozenset({"新网", "富民", "振兴", "民生", "普惠"})
LENDING_BEHIND = re.compile(r"(?:小额)?(?:贷|金融|信贷|消费|分期|小贷)")
LONGEST_WORD = 4
# Words after which a name begins: of grammar, of dealing with a lender, of time and place, of people.
BEFORE_A_NAME = re.compile(
    r"(?:[^\w*·•.\-]"  # these stand inside names too, to hide them: 松*月付
    r"|[的地得了咗着过在从向跟和与及或是叫把被给对找用欠借还我你您他她它们这那都也就又再只没为因由像如说称问催要想将连同凭靠拿当嘅喺同畀俾係啲佢]"
    r"|[一二两三四五六七八九十几\d][个家笔款期万千百元块]|[万千百元块]"
    r"|注册|开通|申请|下载|打开|通过|办理|办过|登录|登陆|关闭|注销|使用|关注|点开|收到|接到|发现|看到|听到|知道|觉得"
    r"|逾期|拖欠|欠款|借款|贷款|还款|还清|还完|结清|欠费|分期|套现|绑定|授权|委托|起诉|投诉|举报|告发|控告|曝光|控诉|吐槽|避雷"
    r"|自称|冒充|假冒|声称|谎称|名为|名叫|叫做|所谓|代表|代理|来自|属于|隶属|旗下|关于|针对|对于|至于|不如|比起|除了|包括|例如|比如|譬如"
    r"|还有|以及|加上|外加|另外|其中|以为|认为|告诉|联系|咨询|打给|致电|回复|提醒|通知|告知|短信|电话|客服|催收|平台|公司|官方|合作|对方|人家"
    r"|尊敬|亲爱|用户|客户|大家|自己|咱|俺|老公|老婆|妈妈|爸爸|我妈|我爸|儿子|女儿|朋友|同事|弟弟|哥哥|姐姐|妹妹|男友|女友"
    r"|昨天|今天|明天|前天|昨晚|今早|刚才|刚刚|去年|今年|前年|当时|当年|之前|以前|后来|现在|目前|最近|近期|上周|上月|月初|月底|年前|年初|年底"
    r"|先生|女士|同学|老师|师傅|请问|求助|可能|已经|曾经|还是|不是|就是|只是|没有|不用|可以|应该|因为|所以|由于|如果|要是|但是|可是|而且|并且|然后"
    r")$"
)


def says_only_a_kind(folded: str, start: int, end: int) -> bool:
    """Whether the ambiguous name at [start, end) of the folded text is a word of a kind, or ends another's name."""
    name = folded[start:end]
    if name.isascii():
        return False  # where Latin letters begin and end is asked for every name
    if name in WORDS and LENDING_BEHIND.match(folded, end):
        return True
    return name in KINDS and start > 0 and not BEFORE_A_NAME.search(folded, max(0, start - LONGEST_WORD), start)
