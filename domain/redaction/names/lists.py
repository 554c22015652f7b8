"""Names in lists: beside one that is sure stands another, though it looks less like one."""

import re
from collections.abc import Iterable

from domain.redaction.names.features import SURNAMES
from domain.words.common_words import common_words

# (score of the model of names, first character, behind the last)
Place = tuple[float, int, int]
LEAST_IN_A_LIST, LIKELY_BETWEEN = -1.0, -1.0
LISTING, LIST_ENDS = frozenset("、和与及,/ "), frozenset(["", *"、和与及,/ 。;!?都等的也将于已均两三四)）"])
BETWEEN_NAMES = re.compile(rf"[{SURNAMES}][一-鿿]{{1,2}}(?=、)")


def with_listed(sure: list[Place], every: list[Place], folded: str) -> list[Place]:
    """Add what stands in a list beside a name, though it looks less like one: 陈冬、时光."""
    begins: dict[int, list[Place]] = {}  # made when a list is met, which most texts have none of
    found = list(sure)
    seen: set[int] = set()  # a list of a thousand names is gone through once, not from each of them
    for _, _, end in sure:
        while end not in seen and folded[end : end + 1] and folded[end] in LISTING:
            seen.add(end)
            begins = begins or _by_beginning(every)
            following = [
                place
                for place in begins.get(end + 1, [])
                if folded[place[2] : place[2] + 1] in LIST_ENDS
                # 我叫祁云舒,任教于…: a comma ends a clause as often as it parts a list
                and (
                    folded[end] == "、"
                    or place[0] > LEAST_IN_A_LIST
                    or folded[place[1] : place[2]] not in common_words()
                )
            ]
            if not following and (between := _between_names(folded, end + 1, sure)):
                following = [between]
            if not following:
                break
            best = max(following)
            found.append(best)
            end = best[2]
    return found


def _by_beginning(places: Iterable[Place]) -> dict[int, list[Place]]:
    begins: dict[int, list[Place]] = {}
    for place in places:
        begins.setdefault(place[1], []).append(place)
    return begins


def _between_names(folded: str, start: int, sure: list[Place]) -> Place | None:
    """Return what stands between two names of a list, where a surname begins it: 白雪、江山、安然."""
    match = BETWEEN_NAMES.match(folded, start)
    is_between = match and folded[start - 1] == "、" and any(place[1] == match.end() + 1 for place in sure)
    return (LIKELY_BETWEEN, start, match.end()) if match and is_between else None
