"""Full names of persons in Chinese texts: by a learned model, by words that announce one, and where they come again."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from domain.redaction.english.words import PERSON, first_names, small_words, verbs
from domain.redaction.finds import LATIN_LETTER, PrivateFind, matches_from, places_of, touches
from domain.redaction.names.features import SEEN_AFTER, SEEN_BEFORE, SURNAMES, classes, is_alone
from domain.redaction.names.lists import with_listed
from domain.redaction.names.model import scored
from domain.words.common_words import common_words

# Above 0 a place is likelier a name than not. It is set lower: a name that is missed harms somebody, a word that is
# masked in vain (崔收) nobody. Two characters are a word more often than three (马甲, 边检).
# The first is the least of all.
ENOUGH, ENOUGH_FOR_TWO, ENOUGH_FOR_A_COMMON_WORD = -3.5, -0.5, 0.5
# Surnames that are words of every sentence (通讯录里的12位亲友, 小区名字和楼栋, 那家店的老板娘); that often are one.
WORDS, ENOUGH_FOR_A_WORD = frozenset("和位向同都连别于能过里相校堵那"), 3.5
WORDS_TOO, ENOUGH_FOR_A_WORD_TOO = frozenset("时费年全占印权元管谈关钱但查原曾仲章求种养益么多资初普"), 1.2
WEEKDAYS = frozenset("一二三四五六日末")  # 周六真来了 and 周一清早; 周一鸣 is told by what stands around him
COUNTED = re.compile(r"\d[万元年位千百单路]")  # 放款5万起, 缴纳1,500元解冻金, 坐31路公交
LIKELY, LIKELY_WITH_A_PLACE, LIKELY_BEYOND = 3.0, 1.5, -1.0  # 石家庄; 管平湖, 湛江涛
# 白鹭汀银行催收: a lender that no registry knows. 林海峰银行卡被冻结: a card is its holder's.
OF_A_LENDER = re.compile("银行(?![卡账帐流余存转里柜密])|钱包(?![里丢掉不]|被[偷抢盗拿扒])|消费金融|小额贷款|小贷")
SURE_BEFORE_A_BANK = 4.5
PLACE_ENDINGS = frozenset("市县镇乡省")  # 柳川市的刘女士: no given name ends so
ADVERBS = frozenset("刚才又正还也都已就便")  # 幸福刚上三年级
LONG, FREQUENT = 3, 2
# These patterns, and others here, begin with characters and look back only behind the first: what begins with a look
# back is tried at every character of a text, which takes 30 µs for 700.
# Whatever stands between these words and the next mark is a name, with a surname that is known or not: 我叫阿依古丽，
_PARTIES = "收款|收件|投诉|举报|申请|被申请|借款|债务|担保|联系|报案|委托|代理|经办|承办|负责"
ANNOUNCED = re.compile(
    r"(?:我(?<![把将被让]我)叫(?![到去来])|名叫|名字叫|姓名|户名|本名|真名|大名|全名|签名|签字人|署名"
    rf"|{'|'.join(f'{party}人(?=:)' for party in _PARTIES.split('|'))}|(?:原告|被告|第三人|死者|家属)(?=:))"
    # 询问机构、姓名和委托手续 lists what to ask for; after a colon 和 may be a surname
    r"[\s:是为叫做“\"]{0,3}(?:(?<=[\s:是为叫做“\"])|(?![和与及或]))(?P<name>[一-鿿]{2,5})(?=[^一-鿿\w]|$)"
)
# 我叫, 姓名, 投诉人, 死者: of whatever it begins with the first two characters
_TWOS = "我叫名叫名字姓名户名本名真名大名全名签名签字署名原告被告第三死者家属" + "".join(
    party[:2] for party in _PARTIES.split("|")
)
ANNOUNCED_BEGINS = re.compile(f"[{_TWOS[::2]}](?=[{_TWOS[1::2]}])")
# 师父叫先开荣, 他叫吉克尔者: behind these the sentence may go on as well
CALLED_SO = re.compile(
    r"[他她师父徒弟友人工员长姐哥妹嫂婆公爷叔伯姨舅娘爸妈友事]叫(?:做|作)?(?P<name>[一-鿿]{2,5})(?=[^一-鿿\w]|$)"
)
_NO_PART = "的是在了我你他她们和与跟给找说打被让叫把去来也都就替帮对向人很哭已没讲问骂接收住欠借"
_PART = rf"(?:(?<=[布不])都|[^\W\d_a-z{_NO_PART}])"
# 微信名叫“法务部小陈”: what an account is called is nobody's name
NICKNAMED = re.compile(r"(?:微信|昵称|网|群|q|店)名")
DOT = re.compile("[·•・]")
LONGEST_PART = 8
LEFT_OUT = frozenset(("先生", "女士", "小姐", "同志", "老师", "经理", "主任", "师傅", "大叔", "阿姨"))
DOTTED = re.compile(rf"{_PART}{{2,7}}(?:(?P<dot>[·•・]){_PART}{{2,7}}){{1,3}}")
GAPPED = re.compile(rf"(?P<name>[{SURNAMES}][ \t*.·_/-]{{1,2}}[一-鿿](?:[ *.·_/-]{{0,2}}[一-鿿])?)(?=[^一-鿿\w]|$)")
# 王.建.国 by one mark twice, 张wei, 姓王名建国
MARKED = re.compile(rf"(?P<name>[{SURNAMES}](?<![一-鿿].)(?P<mark>[ *.·_/|~-])[一-鿿](?P=mark)[一-鿿])(?!(?P=mark))")
# Whatever GAPPED and MARKED find holds a mark between two characters.
GAP = re.compile(r"[ \t*.·_/|~-](?<=[一-鿿].)[ \t*.·_/-]?[一-鿿]")
# Called by name: “牛万里，你躲得了初一…, with a surname that a word may begin with too
CALLED = re.compile(
    rf"(?P<name>[{SURNAMES}](?<![^“\"「\n:].)[一-鿿][^\W\d_道呢吗吧啊的了着])(?=[,!] ?(?:你|您|再|别|躲|欠))"
)
HALF_LATIN = re.compile(rf"(?P<name>[{SURNAMES}] ?[a-z]{{2,6}}(?: ?[a-z]{{2,6}})?)(?![a-z\d_@.])")
IN_PARTS = re.compile(
    rf"姓(?P<surname>[{SURNAMES}])[,、 ]?(?:单)?(?:名字?|叫)(?:叫|是)?"
    r"(?P<name>[一-鿿]{1,2})(?=[^一-鿿\w]|$|[的是在说])"
)
ENGLISH = re.compile(
    r"[mncit](?<!\w.)(?:(?<=m)y name(?:'s| is)|(?<=n)amed|(?<=c)alled|(?<=i) am|(?<=t)his is)"
    r" (?P<name>[a-z]{2,12} [a-z]{2,14})\b"
)
# my mum patricia o'dowd; ernesto villanueva is my cousin: written without capitals
_SMALL_NAME = r"(?P<name>(?P<first>[a-z]{2,12}) (?P<last>(?:[od]['’])?[a-z]{3,14}(?:-[a-z]{2,12})?))"
BESIDE_PERSON = (
    re.compile(rf"m(?<!\w.)y (?:{PERSON})(?:'s name is|,| is)? {_SMALL_NAME}(?!\w|['’](?!s\b)|[@-]|\.\w)"),
    re.compile(rf"(?=[a-z])(?<![\w'’-]){_SMALL_NAME}(?= (?:is|was) my (?:{PERSON})\b)"),
)
LATIN = re.compile(r"(?P<name>[a-z](?<=[一-鿿:\s].)[a-z]{1,5} ?[a-z]{2,12})(?=[^a-z\d_ ]|$)")
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?ang?|[iu]?ao|[iu]?ei?|i?e?ng?|i?ong?|i?ou?|u[oi]|[iu]n?g?|er)"
SYLLABLES = re.compile(rf"{_SYLLABLE}(?: ?{_SYLLABLE}){{1,2}}")
# Two of these behind one another, or one and its usual ending, are a name of another people.
_PARTS, _ENDINGS = ("|".join(sorted(classes()[name], key=len, reverse=True)) for name in ("peoples", "endings"))
_FIRSTS = "".join(sorted({part[0] for part in classes()["peoples"]}))
_LONG_PARTS = "|".join(sorted((part for part in classes()["peoples"] if len(part) > 2), key=len, reverse=True))
_SECONDS = "".join(sorted({part[1] for part in classes()["peoples"]}))
_PAIRS = "|".join(sorted({part[:2] for part in classes()["peoples"]}))
# By its first two characters: those of a part, or whatever stands before 古丽.
PEOPLES_BEGIN = re.compile(rf"[{_FIRSTS}](?=[{_SECONDS}])(?:(?<=(?=(?:{_PAIRS})).)|(?=.{{0,2}}古[丽力]))")
PEOPLES = re.compile(
    rf"(?:(?:{_PARTS}){{2,4}}(?:{_ENDINGS})?|(?:{_PARTS})(?:{_ENDINGS})|{_LONG_PARTS}"
    rf"|[^\W\d_a-z{_NO_PART}]{{1,2}}(?:古丽|古力)"
    # 图雅大姨, 卓玛老师; 尼玛大爷 is a curse
    rf"|(?:{_PARTS})(?<!尼玛)(?=大[姨叔爷妈姐哥娘]|阿姨|女士|先生|老师|奶奶|爷爷))(?!帝国|[市县区镇乡])"
)
TITLES = classes()["titles"]
NO_PERSONS = classes()["words"]  # what the model takes for a name again and again: 银保监, 常言道
# 李哥帮我报的警: a title with the next word behind it.
FAMILIAR = frozenset("哥姐嫂叔婶姨爷")
# What follows an announcing word in a form that is not filled in (姓名：不详), or that begins more than a name.
NO_NAMES = classes()["unnamed"]
# 阮氏秋红, as Vietnamese are named
MIDDLE_NAMED = re.compile(r"[阮黎裴武邓范潘]氏[一-鿿]{1,2}(?<!集团)(?<!家族)(?<!兄弟)(?<!父子)")
# 喊我名字马哈茂德。 What stands here may also go on with the sentence: 名字身份证号, 名字挂在网上
NAMED = re.compile(r"名字(?![和与及或])(?P<name>[一-鿿]{2,5})(?=[^一-鿿\w]|$)")
ANNOUNCING = (NAMED, CALLED, CALLED_SO)
# 都大锤、东小北、相里红三人: what is counted as persons is their names, though a word begins them
COUNTED_PERSONS = re.compile(
    r"(?=[两夫兄姐父母三四五六七八九十等])(?:两口子|夫[妻妇]俩?|兄[弟妹]俩?|姐[妹弟]俩?|父[子女]俩?|母[子女]俩?|(?:[两三四五六七八九十]|等[\d一二三四五六七八九十多]{0,3})[人名](?![的数]))"
)
NAMES_BEFORE = re.compile(r"(?:^|[^一-鿿])(?P<names>(?:[一-鿿]{2,4}、){1,12}[一-鿿]{2,4})$")
# 原告:石桥小贷, 被告:某平台
OF_A_FIRM = re.compile("(?:银行|钱包|金融|公司|集团|平台|中心|科技|分期|法院|机构|[借贷花呗付])$")
NO_PART_OF_A_NAME = re.compile("^[不没无未请可已先再还暂]|[的是在了我你他她们很也都均就只被]")


def find_names(
    folded: str, protected: Sequence[tuple[int, int]] = (), chains: Sequence[tuple[int, int]] = ()
) -> Iterator[PrivateFind]:
    """Yield the full names of persons; a surname with a title (李女士) or with 某 is no full name.

    `protected` are places where no name is: lenders are named there; `chains` are those of known cities and counties,
    where only a likely one is (石家庄).
    """
    found: dict[str, str] = {}
    taken: set[int] = set()
    for start, end, reason in [
        *_dotted(folded),
        *_other_forms(folded),
        *_likely(folded, protected, chains),
        *_announced(folded, protected),
        *_counted(folded),
    ]:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.setdefault(folded[start:end], reason)
            yield PrivateFind("name", start, end, reason)
    given = {part: reason for name, reason in found.items() if (part := _given(name))}
    for start, end in places_of(folded, given):
        if taken.isdisjoint(range(start, end)) and not touches(protected, start, end):
            yield PrivateFind("name", start, end, f"{given[folded[start:end]]}, named again")


def _announced(folded: str, protected: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    announced = matches_from(ANNOUNCED_BEGINS, ANNOUNCED, folded)
    for match in (*announced, *(match for pattern in ANNOUNCING for match in pattern.finditer(folded))):
        name = match["name"]
        if name in NO_NAMES or name in common_words() or name[0] == "某" or NO_PART_OF_A_NAME.search(name):
            continue
        if OF_A_FIRM.search(name) or NICKNAMED.search(folded, max(0, match.start() - 4), match.start("name")):
            continue
        if name[1:] in TITLES or (match.re is CALLED and name[:2] in common_words()):
            continue
        if match.re in (NAMED, CALLED_SO) and _holds_a_word(name):
            continue
        if not touches(protected, *match.span("name")):
            yield *match.span("name"), "what follows a word that announces a name"


def _holds_a_word(name: str) -> bool:
    return any(name[place : place + 2] in common_words() for place in range(len(name) - 1))


def _counted(folded: str) -> Iterator[tuple[int, int, str]]:
    for count in COUNTED_PERSONS.finditer(folded) if "、" in folded else ():
        listed = NAMES_BEFORE.search(folded, max(0, count.start() - 60), count.start())
        for match in re.finditer("[一-鿿]+", listed["names"]) if listed else ():
            name, start = match[0], listed.start("names") + match.start()  # type: ignore[union-attr]
            is_known = name[0] in classes()["surnames"] or name[:2] in classes()["compound"]
            if is_known and name not in common_words() and name[1] != "某" and name[1:] not in TITLES:
                yield start, start + len(name), "one of several persons that are counted behind their names"


def _dotted(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield names like 古丽娜尔·吐尔逊, without the word before them: 我朋友."""
    last = 0
    for dot in DOT.finditer(folded):
        match = DOTTED.search(folded, max(last, dot.start() - LONGEST_PART), dot.end() + 3 * LONGEST_PART)
        if match is None or dot.start() < last:
            continue
        start, last = match.start(), match.end()
        before = next((size for size in (4, 3, 2, 1) if folded[start : start + size] in classes()["introductions"]), 0)
        if before < match[0].index(match["dot"]):
            title = next((size for size in (2, 1) if folded[last - size : last] in LEFT_OUT), 0)
            yield start + before, last - title, "a name of several parts with a dot between them"


def _other_forms(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield names with something between their characters (李 明), in Latin letters, or of other peoples (次仁旺姆)."""
    is_gapped = GAP.search(folded) is not None
    for match in MARKED.finditer(folded) if is_gapped else ():
        yield *match.span("name"), "a surname and a given name with a mark between their characters"
    for match in IN_PARTS.finditer(folded):
        yield *match.span("surname"), "a surname told apart"
        yield *match.span("name"), "a given name told apart"
    has_latin = LATIN_LETTER.search(folded) is not None
    for match in ENGLISH.finditer(folded) if has_latin else ():
        first, last = match["name"].split()
        if first in first_names() and last not in small_words():
            yield *match.span("name"), "a common first name and another after words that introduce one"
    for match in [match for pattern in BESIDE_PERSON for match in pattern.finditer(folded)] if "my " in folded else ():
        if match["first"] in first_names() - verbs() and match["last"] not in small_words() | verbs():
            yield *match.span("name"), "a common first name and another beside what the person is to the writer"
    in_latin = ((LATIN, _is_pinyin), (HALF_LATIN, _is_half_pinyin)) if has_latin else ()
    for pattern, is_name in (((GAPPED, bool),) if is_gapped else ()) + in_latin:
        for match in pattern.finditer(folded):
            start, end = match.span("name")
            alone = is_alone(folded[max(0, start - SEEN_BEFORE) : start], folded[end : end + SEEN_AFTER])
            if alone and is_name(match["name"]):
                yield start, end, "a name in an unusual form after a word that introduces one"
    for match in matches_from(PEOPLES_BEGIN, PEOPLES, folded):
        yield *match.span(), "parts of names of Uyghurs, Tibetans or Mongols"
    for match in MIDDLE_NAMED.finditer(folded) if "氏" in folded else ():
        yield *match.span(), "a surname with 氏 behind it and a given name"


def _is_pinyin(name: str) -> bool:
    return name.startswith(tuple(classes()["pinyin"])) and bool(SYLLABLES.fullmatch(name))


def _is_half_pinyin(name: str) -> bool:
    return bool(SYLLABLES.fullmatch(f"a{name[1:].strip()}"))


def _likely(
    folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Return the places that the model takes for names, the likeliest first."""
    every = list(scored(folded))
    likely = [place for place in every if place[0] > ENOUGH and place[0] > _enough(folded[place[1] : place[2]])]
    places = with_listed(likely, every, folded)
    longer = {
        place[1]: place for place in places if place[2] - place[1] == LONG and folded[place[2] - 1] not in ADVERBS
    }
    places = [longer.get(place[1], place) if place[2] - place[1] < LONG else place for place in places]
    places.sort(key=lambda place: (-place[0], place[1]))
    return [
        (start, end, f"a surname and a given name where one can stand ({score:.1f})")
        for score, start, end in places
        if folded[start + 1 : end] not in TITLES
        and NO_PERSONS.isdisjoint((folded[start:end], folded[start : start + 2]))
        and folded[end - 1] not in PLACE_ENDINGS
        and "某" not in folded[start:end]
        and not (end - start == 3 and folded[start + 1] in FAMILIAR)
        and (score > _enough_for_a_place(start, end, chains))
        and not COUNTED.match(folded, max(0, start - 1))
        and not _is_a_lenders(score, start, end, protected)
        and not (score < SURE_BEFORE_A_BANK and OF_A_LENDER.match(folded, end))
    ]


def _enough(name: str) -> float:
    if name[0] in WORDS:
        return ENOUGH_FOR_A_WORD
    if name[0] in WORDS_TOO or (name[0] == "周" and name[1] in WEEKDAYS):
        return ENOUGH_FOR_A_WORD_TOO
    if len(name) == 2:  # 派客户经理来看, 贷后方向
        return ENOUGH_FOR_A_COMMON_WORD if common_words().get(name) == FREQUENT else ENOUGH_FOR_TWO
    return ENOUGH


def _enough_for_a_place(start: int, end: int, chains: Sequence[tuple[int, int]]) -> float:
    """Return the score that a name needs where a town is named (石家庄); less where it goes on behind it (湛江涛)."""
    before = bisect_left(chains, (end,)) - 1
    if before < 0 or chains[before][1] <= start:
        return -math.inf
    first, after = chains[before]
    if start < first and end == after:
        return LIKELY_WITH_A_PLACE
    return LIKELY_BEYOND if start == first and after < end else LIKELY


def _is_a_lenders(score: float, start: int, end: int, protected: Sequence[tuple[int, int]]) -> bool:
    """Whether a lender is named here; one named like a given name (李振兴) stands back where a person is likely."""
    before = bisect_left(protected, (end,)) - 1
    if before < 0 or protected[before][1] <= start:
        return False
    first, after = protected[before]
    return not (score > LIKELY and start < first and after <= end)


def _given(name: str) -> str:
    """Return the given name of two characters, by which somebody is named again (志远), unless it is a word."""
    given = name[2:] if name[:2] in classes()["compound"] else name[1:]
    return given if len(given) == 2 and len(name) < 5 and given not in common_words() else ""
