"""Private data: find it in a text, say why, and put a mask that names its type in its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORDS = {
    "cn_id": ("身份证号", "身份證號", "ID number"),
    "phone": ("电话", "電話", "phone"),
    "landline": ("座机", "座機", "landline"),
    "bank_card": ("银行卡号", "銀行卡號", "bank card"),
    "email": ("邮箱", "郵箱", "e-mail"),
    "qq": ("QQ号", "QQ號", "QQ"),
    "wechat": ("微信号", "微信號", "WeChat"),
    "name": ("姓名", "姓名", "name"),
    "address": ("住址", "住址", "address"),
    "plate": ("车牌", "車牌", "number plate"),
    "workplace": ("单位", "單位", "workplace"),
    "url_private": ("链接", "鏈接", "link"),
    "contract_no": ("合同号", "合同號", "contract number"),
}
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


@dataclass(frozen=True)
class PrivateFind:
    """Private data at [start, end) of the text that was searched, code points."""

    type: str
    start: int
    end: int
    reason: str


def mask_word(type_: str, language: str) -> str:
    """Return what stands in place of private data of a type, in the language of the text."""
    word = WORDS[type_][LANGUAGES.index(language)]
    return f"[{word}]" if language == "en" else f"［{word}］"


PATTERNS = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4}", re.ASCII), "the form of a mail address"),
    ("cn_id", re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dx](?!\d)"), "the form of an ID number"),
    ("bank_card", re.compile(r"(?<!\d)(?:3|4|5|6)\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)"), "a card's digits"),
    ("phone", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[ .-]?\d{4}){2}(?!\d)"), "the form of a mobile number"),
    ("landline", re.compile(r"(?<!\d)0\d{2,3}[- ]\d{3,4}[- ]?\d{4}(?!\d)"), "the form of a landline number"),
    ("qq", re.compile(r"(?<=qq)[号:\s]{0,3}\d{5,11}(?!\d)"), "digits after QQ"),
    ("wechat", re.compile(r"(?:微信|vx|加v|v信|wechat)[号:\s]{0,3}([a-z][-\w]{5,19})", re.ASCII), "after WeChat"),
)  # fmt: skip


def find_private(folded: str) -> list[PrivateFind]:
    """Return the private data of a folded text, in order, without overlaps."""
    finds: list[PrivateFind] = []
    for type_, pattern, reason in PATTERNS:
        for match in pattern.finditer(folded):
            start, end = match.span(match.lastindex or 0)
            finds.append(PrivateFind(type_, start, end, reason))
    return without_overlaps(finds)


def without_overlaps(finds: Iterable[PrivateFind]) -> list[PrivateFind]:
    """Keep the earliest of finds that overlap, the longest where they start together."""
    kept: list[PrivateFind] = []
    for find in sorted(finds, key=lambda find: (find.start, -find.end)):
        if not kept or find.start >= kept[-1].end:
            kept.append(find)
    return kept
