"""Provinces, cities and counties by name, from the list of administrative divisions that python-stdnum ships."""

import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

# county="[-1980]旅大市,[1981-]大连市": what a place was called before is written still.
NAMES = re.compile(r'(?<=[",\]])[^",\[\]=]+(?=[",])')
PROVINCE_TAIL = re.compile(r"省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区")
# 都安瑶族自治县 is called 都安县, 甘孜藏族自治州 甘孜州.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    "|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|保安|裕固|独龙|鄂伦春|鄂温克|普米|各"
)
SELF_GOVERNED = re.compile(rf"(?P<own>[^\W\d_a-z]{{2,6}}?)(?:(?:{_PEOPLES})族)+自治(?P<kind>[县州旗])")
SHORTEST_BARE_CITY = 2
STREET = re.compile("[东西南北中]?[一二三四]?(?:[路街巷弄]|道(?![里外]区)|大[道街])")  # 太原路 is no city
Chain = tuple[int, int]
JOIN = frozenset(",，、 ")


def _listed(row: str) -> frozenset[str]:
    """Return the places of a row of `places.txt`: `further`, which that list leaves out, or `none`, which are words."""
    lines = Path(__file__).with_name("places.txt").read_text("utf-8").splitlines()
    return frozenset(next(line for line in lines if line.startswith(f"{row}: ")).split()[1:])


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """Return the names of provinces, cities and counties, with and without the word for what they are."""
    text = files("stdnum.cn").joinpath("loc.dat").read_text("utf-8")
    names, no_places = set(_listed("further")), _listed("none")
    for row in text.splitlines():
        for name in NAMES.findall(row):
            if name in no_places:
                continue
            names.add(name)
            if short := SELF_GOVERNED.fullmatch(name):
                names.add(short["own"] + short["kind"])
            if "province=" in row:
                names.add(PROVINCE_TAIL.sub("", name))
            elif name[-1] == "市" and len(name) > SHORTEST_BARE_CITY:
                names.add(name[:-1])
    return frozenset(name for name in names if len(name) > 1)


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    return AhoCorasick(sorted(place_names()), matchkind=MatchKind.LeftmostLongest)


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
