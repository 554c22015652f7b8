"""Draws addresses of nobody: doors in streets and estates, villages with their groups, offices, Hong Kong, Taiwan."""

import random
from functools import lru_cache

from evaluation import HERE
from evaluation.drawing.drawn_names import random_name
from evaluation.drawing.drawn_works import all_characters, all_places, all_words

PARTS = HERE / "drawing" / "address_parts.txt"
# Stands in the file for no word at all.
NOTHING = "¦"
FIGURES = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
)


@lru_cache(maxsize=1)
def _parts() -> dict[str, list[str]]:
    rows = (row.split(": ", 1) for row in PARTS.read_text("utf-8").splitlines() if row[0] != "#")
    return {name: [word.replace(NOTHING, "") for word in members.split()] for name, members in rows}


def _one_of(chance: random.Random, name: str) -> str:
    return chance.choice(_parts()[name])


def _figure(chance: random.Random, most: int) -> str:
    """Return a number up to `most`, one small one in eight in Chinese."""
    number = chance.randint(1, most)
    return FIGURES[number - 1] if number <= len(FIGURES) and chance.random() < 0.12 else str(number)


def _name(chance: random.Random) -> str:
    """Return the name of a street or an estate, without its kind."""
    draw = chance.random()
    if draw < 0.25:
        return _one_of(chance, "streets")
    if draw < 0.5:
        return chance.choice(all_words())
    if draw < 0.6:
        return chance.choice(all_places()).rstrip("省市县区旗")
    return "".join(chance.choice(all_characters()) for _ in range(chance.choice((1, 2, 2, 2, 3))))


def _village(chance: random.Random) -> str:
    """Return the name of a village, without its kind."""
    draw = chance.random()
    if draw < 0.3:
        return (
            random_name(chance)[0] + chance.choice("家家家庄楼店集营寨沟湾") + chance.choice(("", "", "", "庄", "沟"))
        )
    if draw < 0.75:
        first = "".join(_one_of(chance, "village first") for _ in range(chance.choice((1, 2))))
        return first + _one_of(chance, "village last")
    return "".join(chance.choice(all_characters()) for _ in range(chance.choice((2, 2, 3))))


def _door(chance: random.Random) -> str:
    """Return a building, a staircase and a flat, or some of them."""
    building = _figure(chance, 60) + _one_of(chance, "buildings")
    if chance.random() < 0.15:
        building = chance.choice("ABCDEFG") + chance.choice(("座", "栋", "区", "幢", ""))
    stairs = _figure(chance, 5) + _one_of(chance, "stairs")
    flat = f"{chance.randint(1, 33)}{chance.randint(1, 8):02d}{_one_of(chance, 'flats')}"
    parts = f"{chance.randint(1, 30)}-{chance.randint(1, 4)}-{flat}"
    floor = building + chance.choice(("", stairs)) + _figure(chance, 30) + _one_of(chance, "floors")
    forms = [building + stairs + flat, building + flat, parts, building, floor, flat]
    return chance.choices(forms, (8, 5, 2, 2, 2, 1))[0]


def _street(chance: random.Random) -> str:
    """Return a street with the number of a house or the next crossing."""
    if chance.random() < 0.06:
        crossing = chance.choice(("与", "和", "跟")) + _name(chance) + _one_of(chance, "lanes")
        return _name(chance) + _one_of(chance, "lanes") + crossing + chance.choice(("交叉口", "交汇处", "路口", "口"))
    number = chance.randint(1, 3000 if chance.random() < 0.2 else 400)
    return f"{_name(chance)}{_one_of(chance, 'lanes')}{number}{_one_of(chance, 'numbers')}"


def _town(chance: random.Random) -> str:
    return _village(chance) + _one_of(chance, "towns")


def _rural(chance: random.Random) -> str:
    """Return a village with its town and its group, or without."""
    place = (_town(chance) if chance.random() < 0.75 else "") + _village(chance) + _one_of(chance, "villages")
    if chance.random() < 0.15:
        place += _village(chance) + chance.choice(("组", "屯", "湾", "自然村", "队", "社", "村"))
    if chance.random() < 0.5:
        place += _figure(chance, 19) + _one_of(chance, "groups")
    return place + (f"{chance.randint(1, 200)}号" if chance.random() < 0.2 else "")


def _office(chance: random.Random) -> str:
    where = _street(chance) if chance.random() < 0.7 else ""
    floor = chance.choice((_figure(chance, 40) + "楼", f"{chance.randint(2, 40)}层", f"{chance.randint(101, 3999)}室",
                           f"{chance.randint(101, 3999)}"))  # fmt: skip
    return where + _name(chance) + _one_of(chance, "offices") + _one_of(chance, "blocks") + floor


def _city_village(chance: random.Random) -> str:
    lane = _one_of(chance, "in a village") + _figure(chance, 19) + _one_of(chance, "lanes in a village")
    door = str(chance.randint(1, 99)) + _one_of(chance, "doors in a village")
    return _village(chance) + _one_of(chance, "city villages") + lane + door


def _urban(chance: random.Random) -> str:
    """Return a street, an estate, an office or a lane in a village that the town has swallowed."""
    town = _town(chance) if chance.random() < 0.25 else ""
    estate = _name(chance) + _one_of(chance, "estates") + (_door(chance) if chance.random() < 0.9 else "")
    street = _street(chance)
    forms = [
        street + estate,
        estate,
        street + chance.choice(("", _door(chance))),
        _office(chance),
        _city_village(chance),
    ]
    return town + chance.choices(forms, (8, 4, 3, 3, 2))[0]


def _hong_kong(chance: random.Random) -> str:
    street = f"{_name(chance)}{chance.choice('道街路')}{chance.randint(1, 300)}号" if chance.random() < 0.5 else ""
    block = chance.choice((_name(chance) + "楼", f"{chance.randint(1, 20)}座", chance.choice("ABCDE") + "座", "第三座"))
    flat = chance.choice((f"{chance.randint(1, 40)}楼{chance.choice('ABCDEFGH')}室", f"{chance.randint(101, 4012)}室",
                          f"{chance.randint(1, 40)}字楼"))  # fmt: skip
    return _one_of(chance, "hong kong") + street + _name(chance) + _one_of(chance, "estates there") + block + flat


def _taiwan(chance: random.Random) -> str:
    """Return a street of Taiwan with its section, lane and alley, or without."""
    district = "".join(chance.choice(all_characters()) for _ in range(2)) + chance.choice("区区区镇乡市")
    parts = [_one_of(chance, "taiwan"), district, _name(chance), chance.choice(("路", "街", "大道", "东路", "北路"))]
    for share, most, word in ((0.5, 6, "段"), (0.4, 400, "巷"), (0.25, 60, "弄"), (1.0, 500, "号"), (0.6, 20, "楼")):
        if chance.random() < share:
            parts.append((FIGURES[chance.randrange(most)] if word == "段" else str(chance.randint(1, most))) + word)
    return "".join(parts) + chance.choice(("", "", f"之{chance.randint(1, 9)}"))


def random_address(chance: random.Random) -> str:
    """Return an address down to a street, an estate or a village, with the city and the county or without."""
    region = "".join(chance.choice(all_places()) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3))))
    draw = chance.random()
    if draw < 0.1:
        return _hong_kong(chance) if draw < 0.04 else _taiwan(chance)
    return region + (_rural(chance) if draw < 0.4 else _urban(chance))
