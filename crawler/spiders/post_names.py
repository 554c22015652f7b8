"""What a post is called, so that it stays itself when others are deleted before it or it moves to another page.

By its own number where the forum gives it one; else by when it was written and how it begins, and, when that changes,
by what it is most like. Never by its writer.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

# As much as tells two posts of one minute apart; what is changed further on leaves the name as it is.
START = 64
# A post that was edited has most of its pairs of characters still; 别怕 and 别怕啊 are two posts all the same.
ALIKE, FEWEST_COMPARED = 0.6, 8
MOST_COMPARED = 400
OWN_MARK = "~"
NOTHING: Mapping[str, str] = MappingProxyType({})
LAST_NUMBER = re.compile(r"(\d+)\D*\Z")


@dataclass(frozen=True)
class ToldPost:
    """What a page says of a post: its number there, or nothing; when it was written, to the minute, if at all."""

    anchor: str
    moment: str
    text: str = field(repr=False)


def names_of(
    page: str, posts: Sequence[ToldPost], known: Collection[str] = (), texts: Mapping[str, str] = NOTHING,
    is_met: Callable[[str], bool] = lambda address: False, *, are_ids: bool = False,
) -> list[str]:  # fmt: skip
    """Return the address by which each post of a page is known, or is to be.

    `known` are the addresses of the posts of the thread, `texts` what those without a number said; `is_met` tells
    whether one was met on another page of it. `are_ids`: a number is never a place, and the same one is the same post.
    """
    fragments, names, taken = list(_fragments(posts, are_ids)), [""] * len(posts), set[str]()
    by_fragment: defaultdict[str, list[str]] = defaultdict(list)
    for address in known:
        by_fragment[address.partition("#")[2]].append(address)
    for place, fragment in enumerate(fragments):
        own = f"{page}#{fragment}"
        same = sorted(by_fragment[fragment], key=lambda address: address != own)
        if found := next((address for address in same if address == own or not is_met(address)), ""):
            names[place] = found
            taken.add(found)
    nameless = [place for place, name in enumerate(names) if not name and fragments[place].startswith(OWN_MARK)]
    left = {address: text for address, text in texts.items() if nameless and address not in taken}
    changed = _changed(nameless, posts, {address: text for address, text in left.items() if not is_met(address)})
    return [name or changed.get(place) or f"{page}#{fragments[place]}" for place, name in enumerate(names)]


def fingerprint(moment: str, text: str) -> str:
    """Return the fragment of a post that has no number: 8 digits for the moment, if it is told, 12 for its start."""
    written = _digest(moment)[:8] if moment else ""
    return f"{OWN_MARK}{written}-{_digest(''.join(text.split())[:START])[:12]}"


def _fragments(posts: Sequence[ToldPost], are_ids: bool) -> Iterator[str]:
    """Yield what follows the # for each post; of several that are the same in all the second one is …-2."""
    anchors = [post.anchor for post in posts if post.anchor]
    are_numbers = are_ids or (len(set(anchors)) == len(anchors) and not _are_places(posts))
    met: Counter[str] = Counter()
    for post in posts:
        if post.anchor and are_numbers:
            yield post.anchor
            continue
        made_up = fingerprint(post.moment, post.text)
        met[made_up] += 1
        yield made_up if met[made_up] == 1 else f"{made_up}-{met[made_up]}"


def _are_places(posts: Sequence[ToldPost]) -> bool:
    """Tell whether the numbers only count the posts of the page: the fourth is floor_4, whichever it is."""
    numbers = [int(found[1]) if (found := LAST_NUMBER.search(post.anchor)) else 0 for post in posts]
    return numbers in (list(range(1, len(posts) + 1)), list(range(len(posts))))


def is_nameless(address: str) -> bool:
    """Tell whether an address was made up for a post without a number, now or when posts were known by their place."""
    fragment = address.partition("#")[2]
    return fragment.startswith(OWN_MARK) or (found := LAST_NUMBER.search(fragment)) is not None and len(found[1]) < 4


def _changed(places: Sequence[int], posts: Sequence[ToldPost], texts: Mapping[str, str]) -> dict[int, str]:
    """Return {place: address} of the posts that are others of the thread in another form, the surest pairs first."""
    found: dict[int, str] = {}
    moments, pairs = Counter(post.moment for post in posts), []
    for place in places:
        post = posts[place]
        written = f"#{OWN_MARK}{_digest(post.moment)[:8]}-" if post.moment and moments[post.moment] == 1 else None
        for address, text in texts.items():
            # Nobody else of the page wrote in that second: whatever it says now, it is that one.
            alike = 1.0 if written and written in address else likeness(post.text, text)
            if alike >= ALIKE:
                pairs.append((-alike, place, address))
    taken: set[str] = set()
    for _, place, address in sorted(pairs):
        if place not in found and address not in taken:
            found[place] = address
            taken.add(address)
    return found


def likeness(one: str, other: str) -> float:
    """Return how much two texts have in common, by pairs of characters: 1 for the same, short ones only then."""
    first, second = "".join(one.split()), "".join(other.split())
    if first == second:
        return 1.0
    if min(len(first), len(second)) < FEWEST_COMPARED:
        return 0.0
    pairs, others = _pairs(first), _pairs(second)
    return 2 * sum((pairs & others).values()) / (sum(pairs.values()) + sum(others.values()))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
