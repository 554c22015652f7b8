"""Doors told without a street or an estate: by numbers alone, by the building, or by what stands beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind, matches_from
from domain.redaction.places.below_places import numbers_behind
from domain.redaction.places.known_places import Chain
from domain.redaction.places.words import NO_PLACE

_COUNT = r"第[一二三四五六七八九十\d]{1,2}"
# Each is looked for by characters that are rare in a text; what stands before them is looked at only then.
BY_LANDMARK = re.compile(
    r"(?:面|旁边?|壁|后头|前头|背后)(?:那[排栋幢间座][^\W\d_a-z的]{0,3}(?:[平瓦土楼]房|小?楼|院子?|房子)"
    r"|的?[^\W\d_a-z的]{1,4}(?:楼|旅馆|宾馆|招待所|公寓|旅社)(?:[一二三四五六七八九十\d]{1,4}[楼层室房号]))"
    r"|(?:面|旁边?|壁|后头|背后)(?:那条[^\W\d_a-z的了]{0,3}(?:(?:巷子?|弄堂?|胡同)(?:进去|走到底|到头|往里走?)?|[街路](?:进去|走到底|到头|往里走?))(?:第[一二三四五六七八九十\d]{1,2}[家户栋排间])?"
    r"|的(?:那[间栋排座])?[^\W\d_a-z的了]{0,2}(?:桥洞|桥底下?|平房|瓦房|土房|出租[屋房]|工棚|窝棚|板房|小院|老屋|老房子|车库|门面房?|铺面|地下室))"
    rf"|(?:面|旁边?|壁)的?{_COUNT}[条个家户栋排间](?:巷子?|胡同|路口|院子?|门|楼)?(?:[^\W\d_a-z]{{0,4}}{_COUNT}[家户栋排间个])?"
)
LANDMARK_BEGINS = re.compile("[面旁壁后前背](?:(?<=[面旁壁])|(?=[头后]))")
# 我家就在|大渡口九宫庙轻轨站下面那栋…: behind a word that no place holds its name may be long
BEFORE_A_SIDE = re.compile(rf"(?<=[{NO_PLACE}])[^\W\d_a-z{NO_PLACE}]{{3,14}}$|[^\W\d_a-z{NO_PLACE}]{{3,9}}$")
# 信汇2期8栋1204: where no word for an estate stands before the building, its name is what does
BUILDING = re.compile(
    r"[\da-z一二三四五六七八九十](?=[期单栋幢座区])(?:期\d{1,3}[栋幢座号]|单元[a-z]?\d{3,4}(?!\d)|[栋幢座](?:[一二三四五六七八九\d]{1,2}单元|[a-z]?\d{3,4}(?!\d)|[\d一二三四五六七八九十]{1,2}[楼层])|(?<=[a-z])区\d{1,3}[街排巷行](?:\d{1,4}[号档铺室]?)?)"
)
BEFORE_A_BUILDING = re.compile(
    rf"(?:(?<=[{NO_PLACE}])[^\W\d_a-z{NO_PLACE}]{{7,14}}|[^\W\d_a-z{NO_PLACE}]{{0,6}})(?:[a-z]区)?\d{{0,2}}$"
)
# 7-2-1103的业主: building, unit and door
THREE_NUMBERS = re.compile(
    r"[-#](?:(?<=#)-)?\d{1,2}-\d{3,4}(?![\d-])(?P<whose>室|房|户|号|的?(?:业主|住户|邻居|租客|房主|房东|门))?"
)
# 碧水湾3-2-401: the name of an estate before them
BUILDING_NUMBER = re.compile(
    rf"(?:^|(?P<place>[住在房业主栋家区苑园城庭院府]|写[了着的])|(?P<estate>(?:[^\W\d_a-z{NO_PLACE}比分第约电号码]|都(?<=[新名花华].)){{2,6}}(?:[a-z\d]区|\d期)?)|[^\d-])(?P<id>\d{{1,3}}#?)$"
)
# 葵盛东邨盛家楼: a public estate of Hong Kong and a block in it
PUBLIC_ESTATE = re.compile(r"邨[^\W\d_a-z]{2,3}[楼阁苑](?![上下])")
BEFORE_PUBLIC_ESTATE = re.compile(rf"[^\W\d_a-z{NO_PLACE}]{{2,4}}$")
FARTHEST_LANDMARK, LED_TO = 14, re.compile(r"[^\W\d_的了着我你他她它们]*")
DOOR_NUMBER = re.compile(
    r"(?:摊位|档口|铺位|车位)号?[:是为]?\s?(?P<stall>[a-z]区?\d{1,4}|\d{1,4}号)|[门房](?:牌号?|号|间号)(?:码)?[:是为]?\s?(?P<id>\d{1,4}(?:-\d{1,4}){1,3}(?!\d)|\d{3,4}(?:室|房)?(?![\d元年-]))"
)
DOOR_NUMBER_BEGINS = re.compile("[摊档铺车门房]")


def _known_place_before(folded: str, at: int, chains: Sequence[Chain]) -> int | None:
    """Return where a known place begins from which one sentence leads to the landmark at `at`: 开州区|钓鱼协会|旁边."""
    near = bisect_left(chains, (at,)) - 1
    if near < 0 or at - chains[near][1] > FARTHEST_LANDMARK or not LED_TO.fullmatch(folded, chains[near][1], at):
        return None
    return chains[near][0]


def find_doors(folded: str, chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    """Yield doors that no street or estate leads to: 派出所后面第二条巷子左手第三家, 门牌3-2-1801."""
    for match in matches_from(LANDMARK_BEGINS, BY_LANDMARK, folded):
        before = BEFORE_A_SIDE.search(folded, max(0, match.start() - 15), match.start())
        near = _known_place_before(folded, match.start(), chains)
        if before or near is not None:
            start = min(place for place in (near, before.start() if before else None) if place is not None)
            end = numbers_behind(folded, match.end())
            yield PrivateFind("address", start, end, "a door counted from what stands beside it")
    for match in matches_from(DOOR_NUMBER_BEGINS, DOOR_NUMBER, folded):
        place = match.span("stall" if match["stall"] else "id")
        yield PrivateFind("address", *place, "numbers after the word for a door or a stall")
    for match in THREE_NUMBERS.finditer(folded) if "-" in folded else ():
        before = BUILDING_NUMBER.search(folded, max(0, match.start() - 9), match.start())
        if before and (before["place"] or before["estate"] or match["whose"]):
            end = match.start("whose") if match["whose"] else match.end()
            start = before.start("estate" if before["estate"] else "id")
            yield PrivateFind("address", start, end, "a building, a unit and a door")
    for match in PUBLIC_ESTATE.finditer(folded):
        before = BEFORE_PUBLIC_ESTATE.search(folded, max(0, match.start() - 5), match.start())
        if before:
            end = numbers_behind(folded, match.end())
            yield PrivateFind("address", before.start(), end, "a public estate and a block in it")
    for match in BUILDING.finditer(folded):
        before = BEFORE_A_BUILDING.search(folded, max(0, match.start() - 18), match.start())
        end = numbers_behind(folded, match.end())
        yield PrivateFind("address", before.start() if before else match.start(), end, "a building and a door in it")
