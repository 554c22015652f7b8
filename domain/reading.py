"""What a text says, taken together: lenders, tactics and private data, each find with its passage and its reason."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from domain.language import language_of
from domain.lender_finding.finder import LenderFinder, NamedLender
from domain.lender_finding.guesses import LenderGuess, LenderGuesses
from domain.lender_finding.names import LenderNames, LenderSuggestion
from domain.lenders import LenderEntry
from domain.masking import MaskedOffsets, PlacedMask, put_masks
from domain.readings import Gap, LenderFind, Mask, Reading, TacticFind, ThreatFind, Told
from domain.redaction import PrivateFind, Value, find_private, with_own_words, without_words
from domain.repairing.gaps import mark_gaps
from domain.repairing.repair import Repaired, repair
from domain.text import fold, fold_with_map, storable, unfolded_span, with_capitals

if TYPE_CHECKING:
    from domain.tactic_finder import TacticReading


# The share of the masks of a type that were right in the labelled texts, rounded down; the others have a form that
# nothing else has.
SURENESS_OF_MASKS = {"workplace": 0.8, "name": 0.95, "address": 0.95}
SURENESS_OF_FORMS = 0.99


class _Way:
    """From a text as it was given, through its repair and its masks, to the public text and back."""

    def __init__(self, placed: Sequence[PlacedMask], offsets: Sequence[int]) -> None:
        self.masks, self._offsets = MaskedOffsets(placed), offsets

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where [start, end) of the public text stood in the original."""
        before, after = self.masks.before(start, end)
        return self._offsets[before], self._offsets[after]


@dataclass(frozen=True)
class Masked:
    """A text repaired and masked, with the lenders it names, before it is known whether that is in passing.

    `folded` is its public text as `fold_with_map` folds it, where nothing is masked and so it is known already.
    """

    public_text: str
    language: str
    lenders: list[LenderFind]
    masks: list[Mask]
    gaps: list[Gap]
    dealt_with: bool
    way: _Way
    folded: tuple[str, Sequence[int]] | None


class Reader:
    """Reads texts by one state of the registry: built once per process, immutable, safe to share between threads."""

    def __init__(self, entries: Sequence[LenderEntry]) -> None:
        """Take the lenders to know, as `domain.store.registries.registry.lender_entries` gives them."""
        self._finder = LenderFinder(entries)
        self._names = LenderNames(entries)
        self._guesses = LenderGuesses(entries)

    def read(
        self,
        text: str,
        *,
        kind: str,
        lender: str = "",
        on_collection: bool = False,
        hide: Sequence[str] = (),
        show: Sequence[str] = (),
        known: Sequence[Value] = (),
    ) -> Reading:
        """Read a text. `kind` is `complaint` (a borrower's own words) or `article`; any string is readable.

        `lender` is the slug or the name that the borrower gave beside the text, who then tells of collection, as does
        who asks whether a message is true (`on_collection`); `hide` are words that the writer wants
        masked besides what is found, `show` are words that a moderator lifted the mask from: what is to be hidden wins.
        `known` is what was found private in other texts of the same person (`private_values` of reading_together.py).
        """
        masked = self.mask(text, lender=lender, hide=hide, show=show, known=known)
        return self.tell(masked, kind=kind, on_lender=bool(lender), on_collection=on_collection)

    def mask(
        self, text: str, *, lender: str = "", hide: Sequence[str] = (), show: Sequence[str] = (),
        known: Sequence[Value] = (),
    ) -> Masked:  # fmt: skip
        """Repair and mask a text and find its lenders: all of `read` but what it tells, for half of its time."""
        repaired = mark_gaps(repair(storable(text)))
        language = language_of(repaired.text)
        folded, offsets = fold_with_map(repaired.text)
        named, protected = self._finder.find_with_places(folded, self._names.resolve(lender) if lender else None)
        cased = folded if folded.islower() and repaired.text.islower() else with_capitals(repaired.text, offsets)
        private = find_private(folded, cased, protected, known)
        found = with_own_words(folded, without_words(folded, private, show), hide)
        finds = [_in_original(find, offsets) for find in found]
        public, placed = put_masks(repaired.text, finds, language)
        masks = [_mask(mask, repaired.offsets) for mask in placed]
        way = _Way(placed, repaired.offsets)
        lenders = _lenders(named, offsets, public, way)
        dealt_with = any(find.dealt_with for find in named)
        known_fold = None if placed else (folded, offsets)
        return Masked(public, language, lenders, masks, _gaps(repaired, placed), dealt_with, way, known_fold)

    def tell(self, masked: Masked, *, kind: str, on_lender: bool = False, on_collection: bool = False) -> Reading:
        """Return the reading of a masked text; `on_lender` says that a lender was named beside it."""
        public, lenders, way = masked.public_text, masked.lenders, masked.way
        folded, offsets = masked.folded or fold_with_map(public)
        subjects = {find.slug for find in lenders if find.role == "subject"}
        names = {fold(find.surface) for find in lenders}
        told = _read_tactics(folded, kind, names, len(subjects), on_collection or on_lender)
        if not (told.relevant or told.tactics or on_lender or masked.dealt_with):
            lenders = [_in_passing(find) for find in lenders]
        return Reading(
            public, masked.language, lenders, _tactics(told, offsets, public, way), masked.masks, masked.gaps,
            told.relevant, told.speaker, _threats(told, offsets, public, way),
        )  # fmt: skip

    def suggest_lenders(self, typed: str, limit: int = 8) -> list[LenderSuggestion]:
        """Return lenders whose names begin like what was typed, best first."""
        return self._names.suggest(typed, limit)

    def guess_lenders(self, text: str) -> list[LenderGuess]:
        """Return lenders whose names stand misspelt in a text, for a person to confirm; offsets are in `text`."""
        folded, offsets = fold_with_map(text)
        guesses = []
        for guess in self._guesses.find(folded):
            start, end = unfolded_span(guess.start, guess.end, offsets)
            guesses.append(replace(guess, surface=text[start:end], start=start, end=end))
        return guesses

    def resolve_lender(self, text: str) -> str | None:
        """Return the slug that `text` names exactly (a slug, or an alias of one lender alone), else None."""
        return self._names.resolve(text)


@lru_cache(maxsize=2)
def reader_of(entries: tuple[LenderEntry, ...]) -> Reader:
    """Return the reader over these lenders: the same one as long as they are the same, for building it takes 20 ms."""
    return Reader(entries)


def _read_tactics(
    folded: str, kind: str, lenders: Collection[str], subjects: int, on_collection: bool
) -> "TacticReading":
    """Read the tactics; what reads them loads numpy, which a command that reads nothing need not wait for."""
    from domain.tactic_finder import read_tactics

    return read_tactics(folded, kind, lenders, subjects, on_collection)


def _lenders(named: Sequence[NamedLender], offsets: Sequence[int], public: str, way: _Way) -> list[LenderFind]:
    """Place what was found in the folded text in the public one; a name within a mask is gone with it."""
    lenders = []
    for find in named:
        place = way.masks.after(*unfolded_span(find.start, find.end, offsets))
        if place is not None:
            surface, confidence = public[slice(*place)], 0.95 if find.strong else 0.7
            found = LenderFind(
                find.slug, find.role, *place, surface, confidence, _reason(find), *way.back(*place), find.operators
            )
            lenders.append(found)
    return lenders


def _in_passing(find: LenderFind) -> LenderFind:
    """Take for the background what a text names that is not about collection and where nobody deals with a lender."""
    if find.role == "background":
        return find
    return replace(find, role="background", reason=f"{find.reason}; in passing: the text is about something else")


def _tactics(told: "TacticReading", offsets: Sequence[int], public: str, way: _Way) -> list[TacticFind]:
    """Place the tactics found in the folded public text."""
    tactics = []
    for named in told.tactics:
        start, end = unfolded_span(named.start, named.end, offsets)
        quote, back = public[start:end], way.back(start, end)
        tactics.append(
            TacticFind(named.code, named.assertion, start, end, quote, named.confidence, named.reason, *back)
        )
    return tactics


def _threats(told: "TacticReading", offsets: Sequence[int], public: str, way: _Way) -> list[ThreatFind]:
    """Place the threats found in the folded public text, and the words that tell what became of them."""
    threats = []
    for one in told.threats:
        start, end = unfolded_span(one.threat_start, one.threat_end, offsets)
        words = None
        if one.outcome:
            place = unfolded_span(one.start, one.end, offsets)
            words = Told(*place, public[slice(*place)], one.confidence, one.reason, *way.back(*place))
        threats.append(ThreatFind(one.threat, start, end, public[start:end], one.outcome, words, *way.back(start, end)))
    return threats


def _reason(find: NamedLender) -> str:
    return f"alias {find.alias}" + (f"; in passing: {find.why}" if find.why else "")


def _mask(placed: PlacedMask, offsets: Sequence[int]) -> Mask:
    """Say of a mask where its value stood before the text was repaired."""
    find = placed.find
    confidence = SURENESS_OF_MASKS.get(find.type, SURENESS_OF_FORMS)
    return Mask(find.type, placed.start, placed.end, offsets[find.start], offsets[find.end], find.reason, confidence)


def _gaps(repaired: Repaired, placed: Sequence[PlacedMask]) -> list[Gap]:
    """Move the gaps of the repaired text to where they stand in the masked one; a masked one is gone."""
    starts = [mask.find.start for mask in placed]
    shifts = [0, *accumulate(mask.end - mask.start - (mask.find.end - mask.find.start) for mask in placed)]
    gaps = []
    for word in repaired.lost:
        before = bisect_right(starts, word.position)
        if before and word.position < placed[before - 1].find.end:
            continue
        position = word.position
        gaps.append(Gap(position + shifts[before], word.guess, word.confidence, repaired.offsets[position]))
    return gaps


def _in_original(find: PrivateFind, offsets: Sequence[int]) -> PrivateFind:
    start, end = unfolded_span(find.start, find.end, offsets)
    return PrivateFind(find.type, start, end, find.reason)
