"""Words before a number or a name that say what it is, in their usual and their disguised forms; up to the value."""

import re

_QQ = (
    r"(?:q\s?q|🐧|扣\s?扣|抠抠|蝌蚪|蔻蔻|企\s?鹅|(?<=[加我+])扣|(?<!\w)扣(?=:)|扣[\d一二三]?(?=号)|球球|丘丘|秋秋|口口|叩叩"
    r"|(?<![a-z0-9])q(?![a-z0-9])|[扣抠]群|(?:口子|交流|互助|维权|撸贷|借款人|新)群|加群|进群|群聊?(?=号|:))"
)
_TO = r"(?:一下|下)?(?:我的?|本人|客服|专员|经理|老师|助理|好友|顾问|律师|微)"
# What it begins with is looked at first: of a text most characters are none of them.
WECHAT_WORD = (
    r"(?=[微薇威徽维溦围唯惟巍葳伟为位未卫胃喂vw私某加+➕绿小添\s])(?:[微薇威徽维溦围唯惟巍葳][\s.·*~_-]{0,2}(?:[信❤♥♡]|xin(?=[:\s号])|x(?<=[^\s.·*~_-]x)|x(?![a-z])"
    r"|[芯新心馨鑫欣星讯](?=号?[:\s是]{0,3}[a-z]))|(?:伟|为|位|未|卫|胃|喂)信(?=号?[:\s]?[a-z])|薇|卫星号?|(?<![a-z])[vw][\s.·*~_❤♥♡-]{0,2}[x信❤♥♡]|we\s?chat|weixin"
    r"|微xin|wei\s?(?:信|xin)|(?<=[加我+➕])[vw](?=[\s:是]{1,2}[a-z\d]|[a-z]*[\d_-]|[a-z](?: [a-z\d_.-]){3})"
    r"|(?<=我的)[vw]|[私卫]❤|某信|[vw威薇微]我|微(?=[:号]|[a-z][a-z\d]*[_\d])"
    rf"|加\s?[微v威薇葳徽溦维危卫❤♥]|[+➕]\s?[v微]|绿泡泡?|小绿|绿色软件|添?\s?加{_TO}"
    r"|加(?:[^\w\s,。;!?]{1,2})?(?![qQ])(?=[\s:]{0,2}[a-z][a-z\d]*[_\d])|(?:(?<![a-z\d])\+|➕)(?=\s?[a-z][a-z\d_-]{4})|(?<![a-z])[vw](?:(?=[:号])|-(?=[a-z]+\d)))[❤♥]?"
)
QQ_LABEL = re.compile(rf"{_QQ}(?:群|号码?|账号|联系|加|是|为|:|\s|我|的|码|,|搜|[(\[【“\"]){{0,6}}$")
WECHAT_LABEL = re.compile(rf"{WECHAT_WORD}(?:号码?|账号|同号|联系|加我?|是|为|:|\s|同|,|搜索?|[(\[【“\"]){{0,6}}$")
ACCOUNT_LABEL = re.compile(r"(?:贷款|借款|还款|客户|用户|会员|消费|授信)(?:账号|账户|编号|号)[^,。;!?\n]{0,3}$")
CARD_LABEL = re.compile(
    r"(?:卡号|银行卡|储蓄卡|信用卡号?|账号|账户|收款|card(?: number| no\.?)?)[^,。;!?\n]{0,10}$|卡[:是为\s(\[【]{0,3}$"
)
ID_LABEL = re.compile(r"(?:身份证|身分证|证件|证号|id card|id number|护照)[^,。;!?\n]{0,8}$")
# India's number of residents, Nigeria's of bank customers and of citizens: 12 digits, and 11.
FOREIGN_ID_LABEL = re.compile(
    r"(?<![a-z])(?:aadh?aar|uidai|uid|bvn|nin|bank verification number|national id(?:entity|entification)?)"
    r"[^,;!?\n\d]{0,16}$"
)
SSN_LABEL = re.compile(r"(?:ssn|social security)[^,.;!?\n]{0,16}$")
PHONE_LABEL = re.compile(
    r"(?:电话|手[机提]|老[年人]机|办公室|总机|前台|传真|门卫|护士站|转数快|fps|号码|致电|拨打|座机|固话|联系|回电|来电|我的号|whatsapp|call(?:s|ed|ing)?|text(?:ed)?"
    r"|phone|tel|cell|mobile"
    r"|number|reach me|contact)[^,。;!?\n0-9]{0,12}$"
)
CONTRACT_LABEL = re.compile(
    r"(?:(?:合同|借据|借款|贷款|订单|账单|案件|保单|流水|客户|交易|工单|回执|运单|快递)(?:编号|单号|号码?|id)"
    r"|单号|编号|订单|交易号)[^,。;!?\n]{0,4}$"
)
