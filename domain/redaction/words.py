"""What stands in a text in place of private data."""

WORDS = {
    "cn_id": ("身份证号", "身份證號", "ID number"),
    "phone": ("电话", "電話", "phone"),
    "landline": ("座机", "座機", "landline"),
    "bank_card": ("银行卡号", "銀行卡號", "bank card"),
    "email": ("邮箱", "郵箱", "e-mail"),
    "qq": ("QQ号", "QQ號", "QQ"),
    "wechat": ("微信号", "微信號", "WeChat"),
    "account": ("账号", "帳號", "account"),
    "name": ("姓名", "姓名", "name"),
    "address": ("住址", "住址", "address"),
    "plate": ("车牌", "車牌", "number plate"),
    "workplace": ("单位", "單位", "workplace"),
    "url_private": ("链接", "鏈接", "link"),
    "contract_no": ("合同号", "合同號", "contract number"),
    "own": ("隐去", "隱去", "withheld"),
}
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def mask_word(type_: str, language: str) -> str:
    """Return what stands in place of private data of a type, in the language of the text."""
    word = WORDS[type_][LANGUAGES.index(language)]
    return f"[{word}]" if language == "en" else f"［{word}］"
