"""Names of lenders as people type them: exact, begun, in the other script, in pinyin, slightly wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.lenders import LenderEntry
from domain.text import fold


@dataclass(frozen=True)
class LenderSuggestion:
    """A lender that may be meant: the alias that matched, and whether it is exactly what was typed."""

    slug: str
    matched: str
    exact: bool


@dataclass(frozen=True)
class _Name:
    key: str
    alias: str
    slug: str
    position: int


def squeeze(text: str) -> str:
    """Fold and drop everything but letters and digits, so that `We Bank` and `webank` are typed alike."""
    return "".join(character for character in fold(text) if character.isalnum())


class LenderNames:
    """The aliases of a registry, ready to be compared with what is typed."""

    def __init__(self, entries: Sequence[LenderEntry]) -> None:
        """Take the lenders to know; pinyin is worked out when first asked for."""
        self._slugs = {entry.slug for entry in entries}
        self._names: list[_Name] = []
        exact: dict[str, dict[str, bool]] = {}
        for position, entry in enumerate(entries):
            for alias in dict.fromkeys([*(alias.text for alias in entry.aliases), entry.name_en]):
                self._names.append(_Name(squeeze(alias), alias, entry.slug, position))
                exact.setdefault(squeeze(alias), {})[entry.slug] = True
        self._exact = {key: list(slugs) for key, slugs in exact.items() if key}

    def resolve(self, text: str) -> str | None:
        """Return the one lender that `text` names exactly, else None."""
        if text in self._slugs:
            return text
        slugs = self._exact.get(squeeze(text), [])
        return slugs[0] if len(slugs) == 1 else None

    def suggest(self, typed: str, limit: int) -> list[LenderSuggestion]:
        """Rank by how what was typed fits: whole, beginning, inside, pinyin, initials, one slip."""
        key = squeeze(typed)
        if not key or limit < 1:
            return []
        ranked: dict[str, tuple[tuple[int, int, int], _Name]] = {}
        for name, rank in self._candidates(key):
            place = (rank, len(name.key), name.position)
            if name.slug not in ranked or place < ranked[name.slug][0]:
                ranked[name.slug] = (place, name)
        best = sorted(ranked.values(), key=lambda item: item[0])[:limit]
        return [LenderSuggestion(name.slug, name.alias, place[0] == 0) for place, name in best]

    def _candidates(self, key: str) -> list[tuple[_Name, int]]:
        found = [(name, rank) for name in self._names if (rank := _rank(key, name.key)) is not None]
        if key.isascii() and len(key) > 1:
            found += [(name, rank) for name in self._names if (rank := self._pinyin_rank(key, name)) is not None]
        if not found and len(key) > 2:
            found = [(name, 6) for name in self._names if _one_slip(key, name.key)]
        return found

    def _pinyin_rank(self, key: str, name: _Name) -> int | None:
        full, initials = self._pinyin.get(name.alias, ("", ""))
        if full.startswith(key):
            return 3
        return 4 if initials.startswith(key) else None

    @cached_property
    def _pinyin(self) -> dict[str, tuple[str, str]]:
        from pypinyin import Style, lazy_pinyin  # its tables take longer to load than the whole registry

        readings = {}
        for name in self._names:
            if not name.key.isascii() and name.alias not in readings:
                syllables = lazy_pinyin(name.key, style=Style.NORMAL)
                readings[name.alias] = ("".join(syllables), "".join(syllable[0] for syllable in syllables))
        return readings


def _rank(key: str, name: str) -> int | None:
    if name == key:
        return 0
    if name.startswith(key):
        return 1
    return 2 if len(key) > 1 and key in name else None


def _one_slip(key: str, name: str) -> bool:
    """Whether the typed name differs from the beginning of a name by one character changed, added or left out."""
    for size in (len(key) - 1, len(key), len(key) + 1):
        part = name[:size]
        if len(part) == size and _within_one(key, part):
            return True
    return False


def _within_one(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[at + 1 :] == long[at + 1 :] or (
            short[at + 2 :] == long[at + 2 :] and short[at : at + 2] == long[at : at + 2][::-1]
        )
    return short[at:] == long[at + 1 :]
