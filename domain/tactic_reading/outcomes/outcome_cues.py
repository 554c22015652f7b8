"""Words that tell what became of a threat, and of which kind of threat they can speak."""

import re


def begun(beginning: str, words: str) -> re.Pattern[str]:
    """Compile words that are tried only where one of their beginnings stands, in a third of the time."""
    return re.compile(f"(?={beginning})(?:{words})")


COUNT = "[一二两三四五六七八九十几半好多数0-9]{1,4}"
SPELL = "(?:天|晚|夜|周|星期|礼拜|月|年|个多?月|个多?星期|个多?礼拜|个多?小时|个钟头?|小时|分钟)"
NO = "(?:没有?|未曾?|冇|不见|哪有|哪来|哪里有|毫无)"
SEEN = "(?:任何|半个|一个|一条|一张|什么|啥|过|到|着|见|看见|看到|见到|等到|等来|收到|接到|听到|发现){0,3}"
# Somebody or something that a threat would have brought; 没收到转让通知 speaks of none.
BROUGHT = (
    "(?:人影|人来|人到|人找|人上门|人联系|人打|人收|人接|人员|鬼影|影子|影儿?|警察|民警|公安|法院|法警|传票|立案"
    "|外勤|外访|催收的|帖子|照片|寻人|横幅|海报|大字报|动静|下文|后续|发生|兑现|出现|露面|现身|上门|来过|来找|来抓"
    "|动手|起诉|冻结|报上去|爆成)"
)
ANY = "(?:没有|没)(?:哪个|任何|什么|半个|谁)?(?:一?[个条张])?[^,。!?;我你]{0,6}(?:联系|找|来|打|问|去|提|见)过"
EVEN = "(?:人影|鬼影|影子|影儿|影|鬼|毛|屁|警察|传票|动静|消息|一个人|半个人|谁|一次|一回|一趟|一条|啥事?|什么事?)"
EVER = "(?:至今|到现在|到今天|直到|从来|从头到尾|始终|一直|再也|结果|后来)"
CAME = "(?:来|到(?:场|家)|见(?:着|到)?(?:人|谁|影|他们|有人)|找过|打过|发过|立案|抓|联系过|动静|上门|出现|发生)"
# Waiting or time going by, with the threatened thing left out.
WAITED = (
    "白等|空等|干等|白担心|白紧张|白请(?:了)?假|白害怕|虚惊一场|雷声大|光打雷|光说不|只打雷|光打嘴炮|不了了之|石沉大海"
    "|再无下文|自己吓自己|平安无事|相安无事|干干净净|一切正常|好好的?(?:在|上班|活|坐|吃|呢)|只是吓|不过是吓"
    "|嘴上说说|说着玩|空城计|纸老虎|放空炮"
)
NOT_HAPPENED = begun(
    "[没未冇不哪毫人鬼影毛屁警传动消一半谁啥什至到直从始再结后也都就又还根压最白空干虚雷光只石自平相好嘴说纸放等守坐熬盯蹲过今纯全吓"
    "两二三四五六七八九十几多数0-9ncdplsae]",
    f"{NO}{SEEN}{BROUGHT}"
    f"|{ANY}"
    f"|{EVEN}[^,。!?;]{{0,5}}(?:都|也|就)(?:还)?(?:没|冇|不见|未)"
    "|(?:没有?|冇)一?[个条张](?:人|亲戚|朋友|同事|联系人)?[^,。!?;]{0,4}(?:来|收到|接到|找|联系|见)"
    f"|{EVER}[^,。!?;]{{0,8}}(?:没|未|冇)(?:有)?[^,。!?;收接]{{0,4}}{CAME}"
    # A clause that says no more: 说周三来。没来。
    "|(?<![^,。!?;:\n ])(?:也|都|就|又|还是|根本|压根|一直|从来|最后|结果)?(?:没|冇)(?:来|到|见|打|发|报|爆|贴)"
    "(?:过|嘛|啊|呀|人)?(?=[,。!?;]|$)"
    f"|{WAITED}"
    f"|{COUNT}{SPELL}(?:多)?(?:了|过去了?)[^。!?;]{{0,12}}(?:还|仍|照样|照常|依然)(?:是|在|好|照|活|没|上|坐|吃)"
    # 守了一夜, 楼道的灯就没亮过; but not 一夜没睡
    "|(?:等|守|坐|熬|盯|蹲)了?[一整][^,。!?;]{0,3}(?:夜|晚|天|宿|上午|下午|周)[^。!?;]{0,16}(?:没有?|未)(?!睡|合眼|闭眼|敢|吃|上班|出门)"
    f"|过了{COUNT}[^。!?;]{{0,6}}[,。][^。!?;]{{0,2}}[我俺咱][^。!?;]{{0,8}}(?:还|照|胖|好好|在家|没事|活)"
    f"|今天(?:是|都)?{COUNT}[月号][^。!?;]{{0,8}}[我俺咱](?:还|照样|好好|正|就)?在"
    "|(?<=[,。!?;])(?:就是|都是|纯属?|全是|不过是)?吓唬?人的(?:吧|而已|啊)?(?=[,。!?;]|$)"
    r"|\b(?:never|no ?one|nobody|not one (?:person|soul|of them)|none of them"
    r"|no (?:agents?|officers?|sheriff|police|deput\w+|cops?))"
    r"[^.,!?;]{0,30}\b(?:came|come|show(?:s|ed)?|happen\w*|arriv\w+|called|heard|got|knock\w*|appear\w*|filed|turned)\b"
    r"|\b(?:came and went|nothing (?:came|happened|ever)|did(?:n't| not) (?:happen|come|show)"
    r"|(?:came|passed|later),? nothing|still waiting|all talk|empty threats?"
    r"|no such (?:case|officer|filing|lawsuit|warrant))\b",
)
REALLY = "(?:真的?|真格|真额|真嘅|当真|果真|果然|还真|倒真|竟然?真|居然真|嚟真)"
DONE = (
    "(?:[有多少](?:了|人|两|三|几|个|一)|来了?|到了|去了?|上门|找|打|发|报|爆|贴|拉|联系|寄|冻|抓|堵|闹|建|群发|推|砸"
    "|踹|泼|动手|出现|挂|传|收到|接到)"
)
SOON = "(?:第二天|第三天|次日|隔天|隔日|翌日|当天|当晚|当日|不一会儿?|没多久|没过多久)"
HAPPENED = begun(
    "[真当果还倒竟居嚟第次隔翌不没说他兑结最后astrhm]",
    f"{REALLY}[^,。!?;]{{0,3}}(?:就|又|把|给|被|叫|让|派)?{DONE}"
    f"|{SOON}[^,。!?;]{{0,24}}(?:就|便|即)(?:有|来|接|收|打|发|报|贴|找|被)"
    "|说到做到|说来就来|说爆就爆|说发就发|说打就打|他们做到了|兑现了|果不其然"
    "|(?:结果|最后|后来)还是(?:给我|把我|被)?(?:来|报|发|打|爆|贴|拉|找|去)"
    r"|\b(?:sure enough|they did|(?:really|actually) (?:did|came|called|showed|posted|sent|went)"
    r"|true to (?:his|her|their) word|(?:he|she|they) did(?: just that| it)|made good on)\b",
)
# 要是真来了怎么办 tells of nothing yet; 不会真来 and 以为真来 tell of nothing at all.
SUPPOSED = re.compile(
    "(?:如果|要是|万一|就算|即使|哪怕|假如|倘若|以为|会不会|是不是|难道|怕|担心|不会|不|没有?|别|哪天|等|到时|想看"
    r"|\bif\b|\bwhether\b)[^,。!?;]{0,8}$"
)
ASKED = re.compile(r"[^,。!?;]{0,12}(?:吗|么\?|\?|怎么办|咋办)")
LEFT = f"(?:离|距离?|还有|仲有|还剩|只剩|剩下)[^,。!?;]{{0,10}}?{COUNT}(?:个)?(?:半)?(?:分钟|小时|钟头?|天)"
NOT_YET = begun(
    "[离距还有仲只剩时倒正我现目暂尚]|\\b",
    f"{LEFT}|(?:目前|暂时|暂|尚)(?:还|也)?(?:没|未)|还没到(?:时间|点|时候|那|期限)|时间还没到|还没到来|倒计时|正等着|我等着看|还不知道(?:会不会|他们)"
    f"|现在(?:是|已经|都)?{COUNT}(?:点|:)"
    r"|\b(?:it(?:'s| is) (?:now )?(?:only )?\d{1,2}(?::\d\d)?|\w+ (?:hours?|minutes?|days?) (?:left|from now|to go)"
    r"|has(?:n't| not) happened|not yet|as i (?:type|write)|deadline is)\b",
)
# A term that is still to come, and somebody who stands before it.
TERM = re.compile(
    "今晚|今夜|今天|今日|明天|明日|明早|明晚|明儿|听日|后天|下周|[点时]前|之前"
    "|by (?:midnight|tomorrow|tonight|noon)|tomorrow|tonight|midnight"
)
BEFORE_IT = re.compile(
    "刚才|刚刚|刚接|刚收|该不该|怎么办|咋办|点算|点办|不知道该|不知如何|手(?:一直|直|都|还)?(?:在)?抖|发抖"
    "|不敢(?:睡|瞓|出门|开门|回家|上班|出车|合眼|关灯)|在线等|求助|救救|睡不着|瞓唔着|提心吊胆|该不该"
    "|right now|what to do|what do i do|shaking|please help|just (?:called|texted|got)|can't sleep|scared|terrified"
)
UNSURE = "(?:不知道|不清楚|不晓得|唔知|没查过?|没去查|没敢(?:看|问|查)|无从得知|说不清)"
UNKNOWN = begun(
    "[不唔没无说到究d]|[\u4e00-\u9fff]没|\\bno",
    rf"{UNSURE}[^,。!?;]{{0,8}}(?:到底|究竟|后来|有没有|是否|是不是|([\u4e00-\u9fff])没\1|真假)"
    r"|(?:([\u4e00-\u9fff])没\2|到底有没有|究竟有没有)[^,。!?;]{0,6}(?:不知道|不清楚|不晓得|不得而知|没人知道)"
    r"|\b(?:don't|do not|didn't|did not|no way to) know (?:if|whether) (?:they|he|she|it|anyone)\b"
    r"(?! (?:can|could|will|would|may|might))",
)
# Kin, neighbours and others whom a collector turns to.
KIN = (
    "妈|爸|爹|娘|父|母|奶|爷|姥|外公|外婆|哥|弟|姐|妹|叔|伯|姨|姑|舅|婶|嫂|老婆|老公|媳妇|岳|公公|婆婆|儿子|女儿|孩子|前妻|前夫|对象|男朋友"
    "|女朋友|亲戚|邻居|房东|居委|村|老师|班主任|学校|幼儿园"
)
LATIN_KIN = (
    r"\b(?:mother|mom|mum|dad|father|sister|brother|grand\w+|aunt|uncle|cousin|neighbou?r|landlord|wife|husband"
    r"|family|parents|relatives)\b"
)
# What a passage on an outcome speaks of, by the threat that it can be the outcome of.
TOPICS = {
    "false_legal_threat": re.compile(
        "警|公安|派出所|法院|法警|传票|立案|起诉|抓|冻|坐牢|判|案"
        "|sheriff|police|officer|warrant|court|sued|lawsuit|deput|jail|arrest"
    ),
    "credit_reporting_abuse": re.compile("征信|信用|报告|credit|bureau"),
    "violence_threat": re.compile("打(?:了|伤|我一|断)|被(?:人)?打|伤|缝了|动手|砸|hurt|hit|beat"),
    "workplace_contact": re.compile(r"单位|公司|领导|老板|老细|同事|人事|前台|车间|厂|\bhr\b|boss|manager|work"),
    "contact_book_blasting": re.compile("收到|短信|亲友|亲戚|朋友|通讯录|联系人|群发|heard|contacts"),
    "public_shaming": re.compile("照片|帖|视频|曝光|海报|启事|横幅|群|抖音|poster|photo|post|page"),
    "call_sms_bombing": re.compile("验证码|短信|响|电话|轰炸|robocall|texts|codes"),
    "visit_threatened": re.compile(
        "影|敲门|门|来|到|外勤|外访|白等|空等|came|come|show|knock|door|house|nobody|no one"
    ),
    "social_circle_contact": re.compile(f"{KIN}|{LATIN_KIN}"),
    "insult_abuse": re.compile(r"骂|脏话|畜生|废物|垃圾|\b(?:cursed|swore|insult\w*)\b"),
    "debt_disclosure": re.compile("知道|问我|告诉|\\b(?:knows?|told|asked)\\b"),
    "excessive_call_frequency": re.compile("电话|通话|个|次|\\bcalls?\\b"),
}
# Where clauses and sentences end.
BREAK = re.compile(r"[,。!?;\n]|\. ")
SENTENCE = re.compile(r"[。!?;\n]|\. ")
# Time goes on between a threat and what is told next: 第二天, 十点开始, 周三.
LATER = re.compile(
    "第二天|第三天|次日|隔天|隔日|翌日|当天|当晚|当日|那天|后来|结果|接着|没过|不一会|没多久|过了|转眼|果|真|从那"
    f"|周[一二三四五六日天末]|星期|礼拜|{COUNT}(?:点|号|日|分|月)|昨|前天|上周|上个?月|今早|今天上午"
    r"|last|next (?:day|morning)|then|later|(?:mon|tues|wednes|thurs|fri|satur|sun)day|on the"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun|day \d+)\b[:.]"
)
# 我以前的上司 tells of no earlier time
EARLIER = re.compile("(?:之前|以前|先前|原来)(?!的)|早就|本来|before that|earlier")
# What is only feared or supposed, though it sounds as if it were there: 万一他们明天真的来了.
FEARED = re.compile(
    "要是|万一|如果|会不会|是不是(?:真)?会|担心|害怕|怕他|难道|就算|哪怕|假如|以为"
    r"|\b(?:if|what if|afraid|worried|will they|might|would)\b"
)
# 目前没有接到 is not so far, 至今没有接到 is not at all.
SO_FAR = re.compile("目前|暂时|暂|尚|so far|yet")
# What was said before is named after what came of it: 没人来。就是昨天说今早八点上门的那家。
SAID_BEFORE = re.compile(
    "之前|昨天|前天|昨晚|上周|上个?月|上礼拜|上回|下午|早上|原来|难怪|想起|就是|就因为|说好|说的|放过话|虽说|当初|明明|还说|去年|居然|亏我"
    r"|\b(?:earlier|before|had|promised|said|last)\b"
)
WHETHER = re.compile("有没有|是不是|会不会|能不能|是否")
# Who speaks to one person does not tell him what happened to himself; who scoffs at the collectors says 你们.
TO_ONE, MYSELF = re.compile("你(?!们)|您"), re.compile("我|咱|俺|阮|本人")
