"""What of a lender's name is its own: 招联 in 招联消费金融; the rest only says of what kind it is."""

from domain.lender_finding.pinyin import confused, spelled
from domain.lender_finding.slips import slips_in_beginning

# What names are made of besides the lender's own word: behind two of these nothing is its own.
GENERIC = frozenset("银行金融消费信贷借款用卡钱包分期小额担保公司集团普惠数字科技网络有限责任催收")
# Letters of an own word's sound for each that may be wrong: weizhon, zaoshanyinhan.
LETTERS_A_SLIP = 6
SHORTEST_OWN = 2


def own_word(name: str) -> str:
    """Return what stands before the generic end of a squeezed name; the whole where there is no such end."""
    for at in range(len(name) - 1):
        if GENERIC.issuperset(name[at : at + 2]):
            return name[: max(at, SHORTEST_OWN)]
    return name[:-1] if name[-1:] in GENERIC and len(name) > SHORTEST_OWN else name


def resembles(typed: str, name: str) -> bool:
    """Whether what was typed may mean the own word of a name, slips allowed in the rest: 招连消费金溶.

    云岭银行 has the kind of 亿联银行 and nothing of its own; one character in three may be another, any may be one
    that sounds alike, and their order may be wrong.
    """
    own = own_word(name)
    if own == name or own.isascii():
        return True
    if typed.isascii():
        sound = confused(spelled(own))
        return bool(slips_in_beginning(sound, confused(typed), len(sound) // LETTERS_A_SLIP))
    if sorted(typed[: len(own)]) == sorted(own):
        return True  # 众微银行
    wrong = [(seen, meant) for seen, meant in zip(typed, own, strict=False) if seen != meant]
    others = sum(confused(spelled(seen)) != confused(spelled(meant)) for seen, meant in wrong)
    return others <= len(own) // 3
