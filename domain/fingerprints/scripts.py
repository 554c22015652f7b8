"""The messages that collectors send, seen as scripts: what stays of one when name, sum, date and lender are other ones.

Two messages are of one script when their shapes are alike. A shape is a row of hashed pieces: pairs of characters in
Chinese, words and pairs of words in English, of the message without everything that changes from case to case.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.fingerprints import Pieces, hashed
from domain.readings import Reading
from domain.text import fold

SYNONYMS_FILE = Path(__file__).with_name("script_words.txt")
# What a forwarded or copied message carries in front and behind: 转：, (已读), 【已送达】, [图片].
WRAPPING = re.compile(
    r"^(?:\s*(?:转发?|轉發?|fwd?|re|原文|短信内容|收到短信)[:：]\s*)+|[【(\[（](?:已读|未读|已送达|已发送|图片|转发|链接|语音转文字|read|delivered)[】)\]）]"
)
# Who signs, where the registry has no such lender: 【豆粒屿分期】 in front or behind, 荷花分期 anywhere.
SIGNATURE = re.compile(r"^\s*[【\[][^】\]\n]{1,16}[】\]]|[【\[][^】\]\n]{1,16}[】\]]\s*$")
INSTITUTION = re.compile(
    r"[一-鿿]{2,4}(?:消费金融|消金|金融|银行|钱包|分期|速贷|借条|借钱|借款(?=app|平台)|小贷|白条|花呗|借呗|融资租赁|信用卡中心)"
)
NUMERAL = "零一二两三四五六七八九十百千万亿"
DAY_WORDS = "今天|今日|今晚|明天|明日|明晚|明早|后天|当日|当天|即日|本日|上午|中午|下午|晚上|早上|凌晨|傍晚"
HOUR = rf"(?:(?:{DAY_WORDS})+|\d{{1,2}}|[{NUMERAL}]{{1,3}})"
CHANGING = re.compile(
    # addresses of pages and of mail, file numbers: (2026)冀0227民初4892号, JK-2026-8007, DS2743748
    r"(?:https?://|www\.)[\w./?=&%#~-]+|[\w.-]+\.(?:cn|com|net|top|xyz|vip|cc|me|ly)(?:/[\w./?=&%#-]*)?"
    r"|[\w.+-]+@[\w.-]+|\(\d{4}\)[\w一-鿿]{0,6}\d*[民刑执诉]\w?\d+号|\b[a-z]{1,4}[-_]?\d[\w-]*"
    # sums: 980.5元, 3,210元, 2万块钱
    r"|[¥$€£]?\d[\d,.]*\s*[万千百]?(?:元|块钱|块|圆)"
    # days and hours: 今晚8点前, 2026-12-19, 12月7日, 当日15:30, 3:30 pm, june 21
    rf"|{HOUR}(?:\d{{0,2}}|[{NUMERAL}]{{0,3}})(?::\d\d(?::\d\d)?|[点时](?:\d{{1,2}}分?|半|整)?)(?:之?前|以前)?"
    r"|\d{2,4}[-./年]\d{1,2}(?:[-./月]\d{1,2})?[日号]?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号](?=[上中下前])"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b"
    # sums and other numbers with what counts them
    r"|[¥$€£]?\d[\d,.:*x]*\s*(?:万|千|百)?(?:元|块钱|块|圆|天|日|期|个月|%|成|年|usd|am|pm|a\.m\.|p\.m\.|days?|dollars)?"
    rf"|[{NUMERAL}]+(?:元|块钱|块|天|期|个月|成|日)"
)
PLACE = re.compile(
    r"[一-鿿]{2,3}(?:省|市|自治区)[一-鿿]{2,3}(?:区|县|市)|[一-鿿]{2,3}(?:市|区|县)(?=人民法院|公安|社区|街道)"
)
WORD = re.compile(r"[a-z]+")
HAN = re.compile(r"[一-鿿]+")
BLANK_IN_CHINESE = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")

# A collector's message is a text message or a letter; what is longer is read to here.
LONGEST_SCRIPT = 3000


def script_shape(reading: Reading) -> Pieces:
    """Return the shape of a collector's message that was read (its public text, without what is masked or named)."""
    spans = [(mask.start, mask.end) for mask in reading.masks] + [(find.start, find.end) for find in reading.lenders]
    return shape_of(reading.public_text, spans)


def shape_of(text: str, without: Sequence[tuple[int, int]] = ()) -> Pieces:
    """Return the shape of a text, leaving out the places [start, end) of names, numbers and lenders."""
    return hashed(_pieces(bare(text, without)))


def bare(text: str, without: Sequence[tuple[int, int]] = ()) -> str:
    """Return what stays of a message in every copy of its script: folded, without what changes, one word a thing."""
    kept, done = [], 0
    for start, end in sorted(without):
        kept += [text[done:start], " "]
        done = max(done, end)
    folded = fold("".join([*kept, text[done:]])[:LONGEST_SCRIPT])
    folded = WRAPPING.sub("", folded)
    for pattern in (SIGNATURE, CHANGING, PLACE, INSTITUTION):
        folded = pattern.sub(" ", folded)
    folded = "".join(character for character in folded if character.isalnum() or character.isspace())
    folded = BLANK_IN_CHINESE.sub("", folded)  # 通 讯 录 and 通*讯录 are 通讯录
    return _thesaurus().one_word_a_thing(folded)


def _pieces(plain: str) -> list[str]:
    """Return pairs of Han characters (across marks and blanks), Latin words and pairs of them, in their order."""
    han = "".join(HAN.findall(plain))
    words = WORD.findall(plain)
    pieces = [han[at : at + 2] for at in range(len(han) - 1)] if len(han) > 1 else [han] if han else []
    for at, word in enumerate(words):
        pieces += [word, f"{word} {words[at + 1]}"] if at + 1 < len(words) else [word]
    return pieces


class _Thesaurus:
    """The words of `script_words.txt` as one automaton."""

    def __init__(self) -> None:
        lines = [line.split() for line in SYNONYMS_FILE.read_text("utf-8").splitlines() if line and line[0] != "#"]
        stands_for: dict[str, str] = {}
        for first, *others in lines:
            for word in others if first == "-" else [first, *others]:
                stands_for.setdefault(word, "" if first == "-" else first)
        self._words, self._canonical = list(stands_for), list(stands_for.values())
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)

    def one_word_a_thing(self, text: str) -> str:
        """Put the first of its line for every word that has others beside it."""
        kept, done = [], 0
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if text[start].isascii() and not _stands_alone(text, start, end):
                continue
            kept += [text[done:start], self._canonical[number]]
            done = end
        return "".join([*kept, text[done:]])


@lru_cache(maxsize=1)
def _thesaurus() -> _Thesaurus:
    return _Thesaurus()


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalpha() and start or text[end : end + 1].isalpha())
