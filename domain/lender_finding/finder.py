"""Finds lenders in a folded text by their aliases, and tells the subject from the background."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from domain.lender_finding.broken_lines import SHORTEST_NAME, Joints, joined_lines
from domain.lender_finding.chance import is_chance
from domain.lender_finding.context import EVERYDAY_WORDS, is_adverb, is_named
from domain.lender_finding.cues import Stance, cue_classes, stance_of
from domain.lender_finding.disguise import disguised_runs, is_disguised
from domain.lender_finding.kinds_of_products import says_only_a_kind
from domain.lender_finding.names_of_others import is_of_another_trade, is_part_of_another
from domain.lender_finding.roles import role_of
from domain.lenders import LenderEntry
from domain.text import fold

# What may stand between two names of a list; none of them is an empty text.
JOINING = frozenset("、,/和与及跟")


@dataclass(frozen=True)
class NamedLender:
    """A lender named at [start, end) of the folded text; `why` says what puts it in the background, if something does.

    `operators` are the lenders whose product it is (relation `operates`); a brand (`brand_of`) stands for itself.
    """

    slug: str
    role: str
    start: int
    end: int
    alias: str
    strong: bool
    why: str = ""
    operators: tuple[str, ...] = ()
    dealt_with: bool = True  # whether a word of the text says that somebody has to do with a lender


@dataclass(frozen=True)
class _Hit:
    """An alias at [start, end), and whose it is: {slug: whether it counts alone}."""

    start: int
    end: int
    alias: str
    owners: dict[str, bool]
    follows_a_name: bool


class LenderFinder:
    """The aliases of a registry and the cues of their roles as one automaton; immutable once built."""

    def __init__(self, entries: Sequence[LenderEntry]) -> None:
        """Fold every alias; the same alias may belong to several lenders, a strong one wins over a contextual one."""
        owners: dict[str, dict[str, bool]] = {}
        for entry in entries:
            for alias in entry.aliases:
                slugs = owners.setdefault(fold(alias.text), {})
                slugs[entry.slug] = slugs.get(entry.slug, False) or alias.strength == "strong"
        owners.pop("", None)
        cues = cue_classes()
        self._patterns = [*owners, *(cue for cue in cues if cue not in owners)]
        self._owners = [*owners.values()]
        self._longest = max(map(len, owners), default=0)
        strong = [alias for alias, slugs in owners.items() if any(slugs.values()) and len(alias) >= SHORTEST_NAME]
        self._joints = Joints(strong)
        self._cue_of = [pattern if pattern in cues else "" for pattern in self._patterns]
        self._related = {entry.slug: {target for _, target in entry.relations} for entry in entries}
        self._operators = {
            entry.slug: tuple(target for relation, target in entry.relations if relation == "operates")
            for entry in entries
        }
        self._banks = {entry.slug for entry in entries if entry.type.startswith("bank")}
        self._automaton = AhoCorasick(self._patterns)

    def find(self, folded: str, given: str | None = None) -> list[NamedLender]:
        """Return the lenders named, in order of the text. `given` is the lender that was named beside the text."""
        return self.find_with_places(folded, given)[0]

    def find_with_places(
        self, folded: str, given: str | None = None
    ) -> tuple[list[NamedLender], list[tuple[int, int]]]:
        """Return the lenders named, and where any alias stands, wanted or not: no person is looked for there."""
        hits, cues = self._search(folded)
        if not hits:
            return [], []
        stance = stance_of(cues)
        certain = {slug for hit in hits for slug, strong in hit.owners.items() if strong} | {given or ""}
        beside = {hit.end + 1 for hit in hits if folded[hit.end : hit.end + 1] in JOINING}
        named = [
            self._named(folded, hit, slug, strong, stance)
            for hit in hits
            if not self._is_anothers(folded, hit)
            for slug, strong in _choose(hit.owners)
            if strong or self._is_meant(folded, hit, slug, certain, stance, hit.start in beside)
        ]
        return named, [(hit.start, hit.end) for hit in hits]

    def _search(self, folded: str) -> tuple[list[_Hit], list[str]]:
        """Return the aliases, longest first where they overlap, and the cues."""
        found, cues = [], []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if self._cue_of[number]:
                cues.append(self._cue_of[number])
            if number < len(self._owners) and _stands_alone(folded, start, end) and not is_chance(folded, start, end):
                found.append((start, -end, number))
        found += self._disguised(folded, by_blanks=not found)
        found += self._broken(folded)
        hits: list[_Hit] = []
        done = -1
        for start, minus_end, number in sorted(found):
            if start >= done:
                follows = start == done
                done = -minus_end
                hits.append(_Hit(start, done, self._patterns[number], self._owners[number], follows))
        return hits, cues

    def _disguised(self, folded: str, *, by_blanks: bool) -> Iterator[tuple[int, int, int]]:
        """Yield (start, minus end, number) of the names that are spread out: 微*众."""
        for run, offsets in disguised_runs(folded, by_blanks=by_blanks):
            for number, start, end in self._automaton.find_matches_as_indexes(run, overlapping=True):
                if number >= len(self._owners) or not _stands_alone(run, start, end) or is_chance(run, start, end):
                    continue
                first, after = offsets[start], offsets[end - 1] + 1
                if is_disguised(folded, first, after, self._patterns[number]):
                    yield first, -after, number

    def _broken(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """Yield (start, minus end, number) of the names that a line's end breaks; a name of every day is none there."""
        for lines in joined_lines(folded, self._longest, self._joints) if "\n" in folded else ():
            for number, start, end in self._automaton.find_matches_as_indexes(lines.text, overlapping=True):
                if number >= len(self._owners) or end - start < SHORTEST_NAME or not start < lines.cut < end:
                    continue
                is_name = any(self._owners[number].values()) and not is_chance(lines.text, start, end)
                if is_name and _stands_alone(lines.text, start, end):
                    yield lines.place(start), -lines.place(end - 1) - 1, number

    def _is_anothers(self, folded: str, hit: _Hit) -> bool:
        """Whether the name stands within the longer name of somebody else: 新华通银行, 中原银行."""
        is_ambiguous = not any(hit.owners.values())
        if is_ambiguous and is_of_another_trade(folded, hit.end, is_bank=not self._banks.isdisjoint(hit.owners)):
            return True
        is_everyday = hit.alias in EVERYDAY_WORDS
        return is_part_of_another(
            folded, hit.start, hit.end, follows_a_name=hit.follows_a_name, is_everyday=is_everyday
        )

    def _is_meant(
        self, folded: str, hit: _Hit, slug: str, certain: set[str], stance: Stance, beside_another: bool
    ) -> bool:
        """Whether an ambiguous name means the lender; `beside_another` where both stand in a list."""
        if is_adverb(folded, hit.start, hit.end) or says_only_a_kind(folded, hit.start, hit.end):
            return False
        if slug in certain or self._related.get(slug, set()) & certain:
            return True
        return is_named(folded, hit.start, hit.end, stance.is_about_debts, beside_another)

    def _named(self, folded: str, hit: _Hit, slug: str, strong: bool, stance: Stance) -> NamedLender:
        role, why = role_of(folded, hit.start, hit.end, stance, strong)
        operators = self._operators.get(slug, ())
        dealt_with = stance.strong + stance.dealing > 0
        return NamedLender(slug, role, hit.start, hit.end, hit.alias, strong, why, operators, dealt_with)


def _choose(slugs: dict[str, bool]) -> Iterable[tuple[str, bool]]:
    strong = [(slug, True) for slug, is_strong in slugs.items() if is_strong]
    return strong or list(slugs.items())


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Check the word boundaries of a Latin alias: `spark` is not a lender's name in `sparkling`."""
    first, last = folded[start], folded[end - 1]
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if first.isascii() and first.isalnum() and before.isascii() and before.isalnum():
        return False
    return not (last.isascii() and last.isalnum() and after.isascii() and after.isalnum())
