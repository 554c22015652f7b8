"""Names, addresses and works that the network takes for phrases, but for what is nobody's or told anywhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from domain.redaction.finds import PrivateFind, touches
from domain.redaction.names.features import classes
from domain.redaction.places.known_places import Chain
from domain.redaction.works.endings import ending_words
from domain.words.common_words import common_words

if TYPE_CHECKING:
    from domain.redaction.phrases.decoding import Phrase

HAN = re.compile("[一-鿿]")
# Of a phrase at least one character in so many is Chinese: what is in Latin letters other rules tell.
IN_CHINESE = 3
# What a phrase is at least as likely as (log odds of each character over nothing, on the average). 季风, 沿海 and 高铁
# are words; who is called 阿强 or lives in 柳川市 is told by no full name.
LEAST = {"name": 2.5, "address": 2.5, "workplace": 1.0}
LEAST_OF_A_WORD = 8.0
# Characters of an ordinary name: 马年大吉 has one more.
ORDINARY = 3
MARK = re.compile(r"[\W_]")
NO_PERSON = re.compile("[阿老小].|.*[市县镇乡省]")
# 云路 alone tells no door.
SHORTEST_ADDRESS = 4
# 离县城四十里山路, 老家在四川达州, 湖南湘江新区: an address tells a street, an estate or a village.
DOWN_TO_A_DOOR = re.compile("[路街道巷弄村屯庄组队社栋幢座楼室号院苑园厦邨里寨湾嘎坊]|[^新发业技]区|公寓|广场|中心")
# 文化补|习, 卫生院急|诊: a word that seems cut goes on, but for one that tells who or what is there (厂|长, 店|里).
GOES_ON_WITH = frozenset("长员里门生时主工人上中下内外前后的是在有了")
# 和|附近超市
AND = frozenset("和与及跟")
# 离县城|四十里山路, 坐|255路公交
DISTANCE = re.compile(
    r"[\d一二两三四五六七八九十百几]+(?:路公|公?里|分钟|站)(?!铺|店|桥|河|堡|庄|村|屯|岗|坡|台|墩|井)"
)
# 锦绣园北区|发: what is done with an address, not a part of it
NO_PART = re.compile("[发寄送收的有被我他她住找到去来]*$")
# 重庆市第五中|级人民法院, 新疆生产建设兵团|某连: what goes on so is no house of its own.
GOES_ON = re.compile("级?人民法院|某")


def likely_phrases(folded: str, chains: Sequence[Chain]) -> "list[Phrase]":
    """Return the phrases in Chinese, in order; `chains` are the places of cities and counties."""
    # A command that reads nothing does not wait for numpy.
    from domain.redaction.phrases.decoding import phrases
    from domain.redaction.phrases.network import network

    if not HAN.search(folded):
        return []
    return [
        phrase
        for phrase in phrases(*network().odds(folded, chains))
        if phrase.score > LEAST[phrase.kind]
        and "某" not in folded[phrase.start : phrase.end]
        and len(HAN.findall(folded, phrase.start, phrase.end)) * IN_CHINESE >= phrase.end - phrase.start
    ]


def find_phrases(
    folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain], likely: "Iterable[Phrase]"
) -> Iterator[PrivateFind]:
    """Yield the names and addresses among likely phrases; `protected` are places where lenders are named."""
    place_behind = dict(chains)
    for kind, start, end, score in likely:
        if kind == "address":
            end = NO_PART.search(folded, start, end).start()  # type: ignore[union-attr]
        own = folded[place_behind.get(start, start) : end]
        is_private = _is_a_person(folded[start:end], score) if kind == "name" else _is_a_door(kind, own)
        if is_private and not touches(protected, start, end):
            yield PrivateFind(kind, start, end, f"a phrase that is likely one ({score:.1f})")


def likely_works(folded: str, chains: Sequence[Chain], likely: "Iterable[Phrase]") -> Iterator[tuple[float, int, int]]:
    """Yield (score, start, end) of the works among likely phrases, with the town before a name and no more."""
    place_before = {end: start for start, end in chains}
    for kind, start, end, score in likely:
        if kind == "workplace" and not GOES_ON.match(folded, end) and "、" not in folded[start:end]:
            pair = folded[end - 1 : end + 1]
            if pair in ending_words() or (pair in common_words() and pair[1] not in GOES_ON_WITH):
                end = min(end + 1, len(folded))
            start = place_before.get(start, start)
            yield score, start + (folded[start] in AND), end - (folded[end - 1] == "的")


def _is_a_person(told: str, score: float) -> bool:
    name = MARK.sub("", told)
    is_long = len(name) > ORDINARY and name == told and name[:2] not in classes()["compound"]
    is_word = score < LEAST_OF_A_WORD and (is_long or name[:2] in common_words())
    is_title = name[1:] in classes()["titles"]
    return len(name) > 1 and not (is_word or is_title or NO_PERSON.fullmatch(name) or name in classes()["words"])


def _is_a_door(kind: str, own: str) -> bool:
    """Whether an address goes down to a door; `own` is what goes on behind a known place that it begins with."""
    is_long = kind == "address" and len(own) >= SHORTEST_ADDRESS and not DISTANCE.match(own)
    return is_long and bool(DOWN_TO_A_DOOR.search(own))
