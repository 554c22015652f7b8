"""Names of lenders as people type them: exact, begun, in the other script, in pinyin, misheard, slightly wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.lender_finding.own_words import resembles
from domain.lender_finding.pinyin import confused, initials, spelled, without_tones
from domain.lender_finding.slips import Trace, slips_in_beginning, trace_of
from domain.lenders import LenderEntry
from domain.text import fold

# How well a name fits, the best first.
WHOLE, BEGINS, INSIDE, SOUNDS, INITIALS, MISHEARD, AROUND, SLIPPED, SLIPPED_SOUND = range(9)
# From so many characters on one slip is forgiven, and two: 微众银航; 招联消费金溶, zhaolianxiaofeijinrong.
ONE_SLIP, TWO_SLIPS = 3, 6
ONE_SLIP_OF_SOUND, TWO_SLIPS_OF_SOUND = 5, 10
# What is typed in a field for a name is one; a story is not searched.
LONGEST_TYPED = 60


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
    trace: Trace


@dataclass(frozen=True)
class _Sound:
    """How a name sounds; `mixed` is its form for what is mixed up."""

    name: _Name
    full: str
    initials: str
    mixed: str
    trace: Trace


def squeeze(text: str) -> str:
    """Fold and drop everything but letters and digits, so that `We Bank` and `webank` are typed alike."""
    return "".join(character for character in fold(text) if character.isalnum())


class LenderNames:
    """The aliases of a registry, ready to be compared with what is typed."""

    def __init__(self, entries: Sequence[LenderEntry]) -> None:
        """Take the lenders to know; how their names sound is worked out when first asked for."""
        self._slugs = {entry.slug for entry in entries}
        self._names: list[_Name] = []
        exact: dict[str, dict[str, bool]] = {}
        for position, entry in enumerate(entries):
            for alias in dict.fromkeys([*(alias.text for alias in entry.aliases), entry.name_en]):
                key = squeeze(alias)
                if key:
                    self._names.append(_Name(key, alias, entry.slug, position, trace_of(key)))
                    exact.setdefault(key, {})[entry.slug] = True
        self._exact = {key: list(slugs) for key, slugs in exact.items()}

    def resolve(self, text: str) -> str | None:
        """Return the one lender that `text` names exactly, else None: what only resembles a name is never taken."""
        if text in self._slugs:
            return text
        slugs = self._exact.get(squeeze(text), [])
        return slugs[0] if len(slugs) == 1 else None

    def suggest(self, typed: str, limit: int) -> list[LenderSuggestion]:
        """Return up to `limit` lenders, those first whose names fit best."""
        key = squeeze(typed[:LONGEST_TYPED])
        if not key or limit < 1:
            return []
        ranked: dict[str, tuple[tuple[int, int, int], _Name]] = {}
        for name, rank in self._fitting(key):
            place = (rank, abs(len(name.key) - len(key)), name.position)
            if name.slug not in ranked or place < ranked[name.slug][0]:
                ranked[name.slug] = (place, name)
        best = sorted(ranked.values(), key=lambda item: item[0])[:limit]
        return [LenderSuggestion(name.slug, name.alias, place[0] == WHOLE) for place, name in best]

    def _fitting(self, key: str) -> list[tuple[_Name, int]]:
        found = [(name, rank) for name in self._names if (rank := _fit(key, name.key)) is not None]
        if len(key) > 1 and not any(rank <= INSIDE for _, rank in found):
            key = without_tones(key)
            found += self._sounding(key)
        if len(key) >= ONE_SLIP and not any(rank <= MISHEARD for _, rank in found):
            found += self._slipped(key)
        return found

    def _sounding(self, key: str) -> Iterator[tuple[_Name, int]]:
        """Yield what is spelled in pinyin, by its initials, or by characters that sound the same: 花贝, zaolian."""
        full = spelled(key)
        mixed = confused(full)
        for sound in self._sounds:
            if sound.full.startswith(full):
                yield sound.name, SOUNDS
            elif key.isascii() and sound.initials.startswith(key):
                yield sound.name, INITIALS
            elif sound.mixed.startswith(mixed) and len(mixed) > 3:
                yield sound.name, MISHEARD

    def _slipped(self, key: str) -> Iterator[tuple[_Name, int]]:
        """Yield names that what was typed, or its sound, misses by one slip or two."""
        allowed = 1 + (len(key) >= TWO_SLIPS)
        trace = trace_of(key)
        for name in self._names:
            slipped = trace.may_slip_to(name.trace, allowed) and slips_in_beginning(key, name.key, allowed)
            if slipped and resembles(key, name.key):
                yield name, SLIPPED
        sound = confused(spelled(key))
        if len(sound) < ONE_SLIP_OF_SOUND:
            return
        allowed = 1 + (len(sound) >= TWO_SLIPS_OF_SOUND)
        trace = trace_of(sound)
        for other in self._sounds:
            slipped = trace.may_slip_to(other.trace, allowed) and slips_in_beginning(sound, other.mixed, allowed)
            if slipped and resembles(key, other.name.key):
                yield other.name, SLIPPED_SOUND

    @cached_property
    def _sounds(self) -> list[_Sound]:
        sounds = []
        for name in self._names:
            if not name.key.isascii():
                full = spelled(name.key)
                mixed = confused(full)
                sounds.append(_Sound(name, full, initials(name.key), mixed, trace_of(mixed)))
        return sounds


def _fit(key: str, name: str) -> int | None:
    if name.startswith(key):
        return WHOLE if name == key else BEGINS
    if len(key) > 1 and key in name:
        return INSIDE
    # 微众银行信用卡, 我借的是花呗: more was typed than the name.
    return AROUND if len(name) > 1 and name in key and not name.isascii() else None
