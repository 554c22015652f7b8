"""Time the reading of texts: the tagger beside a bare automaton scan, redaction by length, the load of the registries.

python -m benchmarks.reading_speed

Times are of the processor, so that what else runs on the machine does not count.
"""

import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from domain.lender_finding.finder import LenderFinder
from domain.lenders import load_registry
from domain.reading import Reader
from domain.redaction import find_private
from domain.tactic_finder import read_tactics
from domain.tactic_reading.lexicon.concepts import lexicon
from domain.tactic_reading.sentence_encoder import sentence_encoder
from domain.tactics import load_taxonomy
from domain.text import fold, fold_with_map
from domain.words.common_words import common_words

TEXTS = Path(__file__).parents[1] / "evaluation" / "texts"
PATTERNS = 3_000
LENGTH = 700
MEGABYTE = 1_000_000
TARGETS = {"tagger to bare scan": 5.0, "tagger": 0.5, "redaction": 2.0, "ten times the text": 12.0,
           "a megabyte": 3.0, "load of all registries": 0.3}  # fmt: skip


def main() -> None:
    """Print a line for each figure with its target."""
    load = seconds(_load_all)
    folded = [fold(text) for text in _texts()]
    finder = LenderFinder(load_registry())
    bare = _each(AhoCorasick(_patterns()).find_matches_as_indexes, folded)
    _say(f"bare scan of {LENGTH} characters with {PATTERNS} patterns", bare, "ms")
    own = _each(lexicon().automaton.find_matches_as_indexes, folded)
    _say(f"  bare scan with the {len(lexicon().symbols):,} words of the tagger", own, "ms")
    _say("  folding", _each(fold_with_map, _texts()), "ms")
    lenders, tactics = _each(finder.find_with_places, folded), _each(partial(_read_tactics, "complaint"), folded)
    _say("  lenders", lenders, "ms")
    _say("  tactics", tactics, "ms")
    _say("tagger", lenders + tactics, "ms")
    _say("tagger to bare scan", (lenders + tactics) / bare, "times")
    private = _each(lambda text: find_private(text, text, finder.find_with_places(text)[1]), folded)
    _say("redaction", private, "ms")
    short, long = _joined(folded, 10 * LENGTH), _joined(folded, 100 * LENGTH)
    ratio = _alone(lambda: find_private(long, long)) / _alone(lambda: find_private(short, short))
    _say("ten times the text", ratio, "times")
    large = _joined(folded, MEGABYTE)
    _say("a megabyte", seconds(lambda: find_private(large, large)), "s")
    reader = Reader(load_registry())
    _say("the whole reading", _each(lambda text: reader.read(text, kind="complaint"), _texts()), "ms")
    _say("load of all registries", load, "s")


def _load_all() -> None:
    Reader(load_registry())
    load_taxonomy()


def _read_tactics(kind: str, folded: str) -> object:
    return read_tactics(folded, kind, subjects=1)


def _texts() -> list[str]:
    rows = [
        json.loads(line)["text"] for path in sorted(TEXTS.glob("open_*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    whole = "\n".join(text for text in rows if not text.isascii())
    return [whole[start : start + LENGTH] for start in range(0, len(whole) - LENGTH, LENGTH)][:40]


def _patterns() -> list[str]:
    """Return the aliases of the registry, filled up with common words."""
    aliases = dict.fromkeys(fold(alias.text) for entry in load_registry() for alias in entry.aliases)
    return [*aliases, *(word for word in common_words() if word not in aliases)][:PATTERNS]


def _joined(texts: list[str], length: int) -> str:
    whole = "".join(texts)
    return (whole * (length // len(whole) + 1))[:length]


def _each(work: Callable[[str], object], texts: list[str]) -> float:
    """Return the median of nine times for one text, in milliseconds."""
    runs = []
    for _ in range(11):
        sentence_encoder().forget()  # what it was asked in the last round it would not think over again
        runs.append(seconds(lambda: [work(text) for text in texts]))
    return statistics.median(runs[2:]) / len(texts) * 1000


def _alone(work: Callable[[], object]) -> float:
    return min(seconds(work) for _ in range(5))


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's time of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _say(what: str, value: float, unit: str) -> None:
    target = TARGETS.get(what)
    beside = "" if target is None else f", at most {target:g}{'' if value <= target else ': MISSED'}"
    print(f"{what}: {value:.3f} {unit}{beside}")


if __name__ == "__main__":
    main()
