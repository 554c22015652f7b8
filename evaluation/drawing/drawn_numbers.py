"""Draws telephones, accounts and their like in the disguises that people give them, and figures that only look so.

python -m evaluation.drawing.drawn_numbers [COUNT] [--seed N] [--missed]

Every number is nobody's: mobile blocks 1xx 000 0..3, local numbers 600 0…, names that begin with `ceshi`.
"""

import random
from collections import Counter
from collections.abc import Iterator

import click

from domain.lenders import load_registry
from domain.reading import Reader
from evaluation.drawing.number_forms import (
    FEW_FORMS,
    FORMS,
    ROWS,
    Chance,
    as_one,
    by_groups,
    by_marks,
    by_words,
    cut,
    filled,
    in_brackets,
    kinds,
    one_by_one,
    with_noise,
    words,
    written,
)

Drawn = tuple[str, str, str]  # what stands before, what is private, what stands behind
BEFORE_PHONE = words("before_phone")
AFTER = words("after")
LABELS_QQ = words("labels_qq")
LABELS_WECHAT = words("labels_wechat")
LABELS_ALIPAY = words("labels_alipay")
LABELS_CARD = words("labels_card")
LABELS_CONTRACT = words("labels_contract")
LABELS_MAIL = words("labels_mail")


def mobile(chance: Chance) -> str:
    """Return a number of a block or behind three digits that are not in use."""
    if chance.random() < 0.5:
        return f"1{chance.choice(['54', '60', '61', '63', '64', '68', '69'])}{chance.randrange(10**8):08}"
    return f"1{chance.choice('3456789')}{chance.randint(0, 9)}000{chance.randint(0, 3)}{chance.randint(0, 9999):04}"


def labelled(chance: Chance, labels: tuple[str, ...]) -> str:
    """Return a label and what stands between it and what it tells of."""
    label = chance.choice(labels)
    return label if label[-1] in ":： 是" else label + chance.choice(["", " ", "：", ": ", "是"])


def draw_mobile(chance: Chance) -> Drawn:
    """Draw a mobile number in any form."""
    sizes = chance.choice(((3, 4, 4), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (2, 3, 3, 3), (4, 4, 3), (3, 2, 2, 2, 2)))
    form = chance.choice(FORMS)
    if form in (by_words, with_noise, in_brackets):
        sizes = chance.choice(((3, 4, 4), (3, 8), (7, 4)))
    value = form(mobile(chance), sizes, chance)
    if form is by_marks and chance.random() < 0.2:
        value = chance.choice(["+86 ", "86-", "0086", "(+86)", "+86-"]) + value
    return chance.choice(BEFORE_PHONE), value, chance.choice(AFTER)


def draw_reversed(chance: Chance) -> Drawn:
    """Draw a mobile number written backwards, and that it is."""
    value = mobile(chance)[::-1]
    if chance.random() < 0.5:
        return chance.choice(words("backwards before")), value, chance.choice(AFTER)
    return chance.choice(["电话", "我的号码", "手机", ""]), value, chance.choice(words("backwards after"))


def draw_told_in_parts(chance: Chance) -> Drawn:
    """Draw a mobile number whose parts are told one after the other."""
    form, row = chance.choice(words("in parts")), chance.choice(ROWS[:6])
    for part in cut(mobile(chance), (3, 4, 4)):
        form = form.replace("^", written(part, row), 1)
    *before, value, after = form.split("~")
    who = chance.choice(["号码", "电话", "他手机", "手机号是", "一个", "打我的是"])
    return who + "".join(before), value, after + chance.choice(AFTER)


def draw_landline(chance: Chance) -> Drawn:
    """Draw a landline with or without an extension."""
    row = chance.choice(ROWS[:9])
    value = "".join(row[int(c)] if c.isdigit() else c for c in filled(chance.choice(words("areas")), chance))
    return chance.choice(BEFORE_PHONE), chance.choice(words("landlines")).replace("@", value), chance.choice(AFTER[:10])


def draw_qq(chance: Chance) -> Drawn:
    """Draw a number of QQ behind a word for it."""
    digits = f"{chance.randint(1, 9)}{chance.randrange(10**3):03}000{chance.randrange(10 ** chance.randint(2, 3)):02}"
    form = chance.choice(FEW_FORMS)
    return chance.choice(LABELS_QQ), form(digits, (4, 3), chance), chance.choice(AFTER)


def name(chance: Chance) -> str:
    """Return what an account may be called."""
    start = chance.choice(["ceshi", "Ceshi", "cs", "CeShi", "abcd", "lanmao", "xyz"])
    middle = chance.choice(["_", "-", "", "", "."])
    return start + middle + f"{chance.randrange(10 ** chance.randint(3, 6)):04}"


def draw_wechat(chance: Chance) -> Drawn:
    """Draw a name or a number of WeChat behind a word for it."""
    form = chance.random()
    if form < 0.25:
        value = chance.choice((as_one, by_marks, by_groups))(mobile(chance), (3, 4, 4), chance)
    elif form < 0.35:
        value = " ".join(name(chance))
    elif form < 0.5:
        value = (
            name(chance)
            .replace("_", chance.choice(["下划线", "（下划线）", "_"]))
            .replace("-", chance.choice(["杠", "减号", "-"]))
        )
    elif form < 0.6:
        value = written_name(chance)
    else:
        value = name(chance)
    return labelled(chance, LABELS_WECHAT), value, chance.choice(AFTER)


def written_name(chance: Chance) -> str:
    """Return a name for an account whose digits are written otherwise."""
    letters, digits = name(chance).rstrip("0123456789"), f"{chance.randrange(10**5):05}"
    return letters.rstrip("_-.") + written(digits, chance.choice(ROWS[:9]))


def draw_alipay(chance: Chance) -> Drawn:
    """Draw an account of Alipay."""
    value = chance.choice((mobile(chance), by_marks(mobile(chance), (3, 4, 4), chance), mail(chance), name(chance)))
    return labelled(chance, LABELS_ALIPAY), value, chance.choice(AFTER)


def mail(chance: Chance) -> str:
    """Return a mail address in one of its disguises."""
    local = chance.choice([name(chance), f"3900{chance.randrange(10**6):06}", name(chance), mobile(chance)])
    host, ending, at, dot = (chance.choice(words(part)) for part in ("mail hosts", "mail ends", "ats", "dots"))
    return f"{local}{at}{host}{dot}{ending.replace('.', dot)}"


def draw_mail(chance: Chance) -> Drawn:
    """Draw a mail address."""
    return chance.choice(LABELS_MAIL), mail(chance), chance.choice(["，谢谢", "", "。", "\n", "，请发我", "收"])


def draw_card(chance: Chance) -> Drawn:
    """Draw the number of a card behind a word for it, right or wrong in its checksum."""
    digits = (
        chance.choice(["620000", "625094", "621094"]) + f"{chance.randrange(10**10):010}" + chance.choice(["", "001"])
    )
    form = chance.choice((*FEW_FORMS, one_by_one, by_words))
    return (
        chance.choice(LABELS_CARD),
        form(digits, (4, 4, 4, 4), chance),
        chance.choice(["，谢谢", "", "。", "（农行）", "户名", "里"]),
    )


def draw_contract(chance: Chance) -> Drawn:
    """Draw the number of a contract."""
    value = filled(chance.choice(words("contracts")), chance)
    return labelled(chance, LABELS_CONTRACT), value, chance.choice(["，", "", "。", "\n", "，本金5000元"])


def draw_plate(chance: Chance) -> Drawn:
    """Draw the number plate of a car."""
    value = filled(chance.choice(words("plates")), chance)
    value = written_digits(value) if chance.random() < 0.2 else value
    return chance.choice(words("plates before")), value, chance.choice(words("plates after"))


def written_digits(value: str) -> str:
    """Write the digits of a value in full width."""
    return "".join(ROWS[1][int(c)] if c.isdigit() else c for c in value)


def draw_link(chance: Chance) -> Drawn:
    """Draw a link to a page of somebody's own."""
    host = chance.choice(words("hosts")).replace(".", chance.choice(words("dots of links")))
    value = filled(chance.choice(words("links")), chance).replace("@", host)
    return chance.choice(words("links before")), value, chance.choice(words("links after"))


DRAWS = (
    *(draw_mobile, draw_mobile, draw_mobile, draw_reversed, draw_told_in_parts, draw_landline, draw_qq, draw_qq),
    *(draw_wechat, draw_wechat, draw_wechat, draw_alipay, draw_mail, draw_mail, draw_card, draw_contract, draw_plate),
    draw_link,
)


def private_texts(count: int, seed: int) -> Iterator[tuple[str, Drawn]]:
    """Yield (name of what drew it, what was drawn)."""
    chance = random.Random(seed)  # noqa: S311 (numbers of nobody)
    for _ in range(count):
        draw = chance.choice(DRAWS)
        yield draw.__name__, draw(chance)


PUBLIC = kinds("public")


def public_texts(count: int, seed: int) -> Iterator[str]:
    """Yield sentences with figures that are nobody's."""
    chance = random.Random(seed)  # noqa: S311 (nobody's figures)
    for _ in range(count):
        kind = chance.choice(PUBLIC)
        told = filled(chance.choice(words(f"public {kind}")), chance)
        yield filled(chance.choice(words(f"around {kind}")), chance).replace("@", told)


def masked(reader: Reader, text: str) -> set[int]:
    """Return the offsets that are masked in a text."""
    masks = reader.mask(text).masks
    return {offset for mask in masks for offset in range(mask.original_start, mask.original_end)}


def is_hidden(reader: Reader, drawn: Drawn) -> bool:
    """Whether every sign of what was drawn is masked; blanks and marks at its ends do not count."""
    before, value, after = drawn
    found = masked(reader, before + value + after)
    places = [len(before) + place for place, sign in enumerate(value) if sign.isalnum()]
    return found.issuperset(range(places[0], places[-1] + 1))


@click.command()
@click.argument("count", type=int, default=2000)
@click.option("--seed", type=int, default=1)
@click.option("--missed", is_flag=True, help="Print what was missed and what was masked for nothing.")
def measure(count: int, seed: int, missed: bool) -> None:
    """Print what share of drawn numbers is masked whole, by what drew them, and how many public figures stay."""
    reader = Reader(load_registry())
    there, left = Counter[str](), Counter[str]()
    for drawer, drawn in private_texts(count, seed):
        there[drawer] += 1
        if not is_hidden(reader, drawn):
            left[drawer] += 1
            if missed:
                public = reader.read("".join(drawn), kind="complaint").public_text
                print(f"missed: {drawer} {drawn[1]!r} in {''.join(drawn)!r} → {public!r}")
    for drawer in sorted(there):
        print(f"{drawer}: {left[drawer]} of {there[drawer]} left")
    print(f"all: {sum(left.values())} of {count} left, {sum(left.values()) / count:.4f}")
    wrong = 0
    for text in public_texts(count, seed):
        read = reader.read(text, kind="complaint")
        if read.masks:
            wrong += 1
            if missed:
                print(f"for nothing: {text!r} → {read.public_text!r} {[(m.type, m.reason) for m in read.masks]}")
    print(f"public: {wrong} of {count} masked")


if __name__ == "__main__":
    measure()
