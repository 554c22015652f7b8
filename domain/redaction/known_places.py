"""Provinces, cities and counties by name, from the list of administrative divisions that python-stdnum ships."""

import re
from functools import lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

COUNTY = re.compile(r'"(?:\[[\d-]*\])?([^"\]]+)"')
PROVINCE_TAIL = re.compile(r"省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区")
# Names in that list that are words too, or that name a kind of place.
NO_PLACES = frozenset(
    ("市辖区", "县", "郊区", "城区", "矿区", "省直辖县级行政区划", "自治区直辖县级行政区划", "市中区")
)
SHORTEST_BARE_CITY = 2
STREET = re.compile("[东西南北中]?[一二三四]?(?:[路街巷弄]|道(?![里外]区)|大[道街])")  # 太原路 is no city
JOIN = frozenset(",，、 ")


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    text = files("stdnum.cn").joinpath("loc.dat").read_text("utf-8")
    names = set()
    for row in text.splitlines():
        match = COUNTY.search(row)
        if not match or match[1] in NO_PLACES:
            continue
        name = match[1]
        names.add(name)
        if "province=" in row:
            names.add(PROVINCE_TAIL.sub("", name))
        elif name[-1] == "市" and len(name) > SHORTEST_BARE_CITY:
            names.add(name[:-1])
    return AhoCorasick([name for name in names if len(name) > 1], matchkind=MatchKind.LeftmostLongest)


def known_chains(folded: str) -> list[tuple[int, int]]:
    """Return (start, end) of the known places, those that stand one behind the other as one: 四川省南充市顺庆区."""
    chains: list[tuple[int, int]] = []
    for _, start, end in _automaton().find_matches_as_indexes(folded):
        if STREET.match(folded, end):
            continue
        if chains and start - chains[-1][1] <= 1 and JOIN.issuperset(folded[chains[-1][1] : start]):
            chains[-1] = (chains[-1][0], end)
        else:
            chains.append((start, end))
    return chains
