"""Provinces, cities and counties by name, from the list of administrative divisions that python-stdnum ships."""

import re
from functools import lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

# county="[-1980]旅大市,[1981-]大连市": what a place was called before is written still.
NAMES = re.compile(r'(?<=[",\]])[^",\[\]=]+(?=[",])')
PROVINCE_TAIL = re.compile(r"省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区")
# Names in that list that are words too, or that name a kind of place.
NO_PLACES = frozenset(
    (
        "市辖区",
        "县",
        "郊区",
        "城区",
        "矿区",
        "新区",
        "市区",
        "林区",
        "东区",
        "西区",
        "南区",
        "北区",
        "和县",
        "市中区",
        "省直辖县级行政区划",
        "自治区直辖县级行政区划",
        "合作市",
        "东方市",
        "渡口市",
        "灯塔市",
        "新星市",
    )  # fmt: skip
)
SHORTEST_BARE_CITY = 2
# The list names the mainland's; in simplified characters, as texts are folded.
TAIWAN_AND_HONG_KONG = frozenset(
    (
        "台北市",
        "新北市",
        "桃园市",
        "台中市",
        "台南市",
        "高雄市",
        "基隆市",
        "新竹市",
        "嘉义市",
        "新竹县",
        "苗栗县",
        "彰化县",
        "南投县",
        "云林县",
        "嘉义县",
        "屏东县",
        "宜兰县",
        "花莲县",
        "台东县",
        "澎湖县",
        "金门县",
        "台北",
        "新北",
        "台中",
        "台南",
        "高雄",
        "基隆",
        "新界",
        "九龙",
        "荃湾",
        "沙田",
        "屯门",
        "元朗",
        "观塘",
        "旺角",
        "深水埗",
        "将军澳",
        "粉岭",
        "天水围",
        "黄大仙",
        "湾仔",
        "铜锣湾",
        "柴湾",
        "油麻地",
        "尖沙咀",
        "红磡",
        "东涌",
        "葵涌",
        "青衣",
        "香港岛",
        "香港",
        "澳门",
        "台湾",
    )  # fmt: skip
)
STREET = re.compile("[东西南北中]?[一二三四]?(?:[路街巷弄]|道(?![里外]区)|大[道街])")  # 太原路 is no city
Chain = tuple[int, int]
JOIN = frozenset(",，、 ")


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    text = files("stdnum.cn").joinpath("loc.dat").read_text("utf-8")
    names = set(TAIWAN_AND_HONG_KONG)
    for row in text.splitlines():
        for name in NAMES.findall(row):
            if name in NO_PLACES:
                continue
            names.add(name)
            if "province=" in row:
                names.add(PROVINCE_TAIL.sub("", name))
            elif name[-1] == "市" and len(name) > SHORTEST_BARE_CITY:
                names.add(name[:-1])
    return AhoCorasick([name for name in names if len(name) > 1], matchkind=MatchKind.LeftmostLongest)


def known_chains(folded: str) -> list[Chain]:
    """Return (start, end) of the known places, those that stand one behind the other as one: 四川省南充市顺庆区."""
    chains: list[Chain] = []
    for _, start, end in _automaton().find_matches_as_indexes(folded):
        if STREET.match(folded, end):
            continue
        if chains and start - chains[-1][1] <= 1 and JOIN.issuperset(folded[chains[-1][1] : start]):
            chains[-1] = (chains[-1][0], end)
        else:
            chains.append((start, end))
    return chains
