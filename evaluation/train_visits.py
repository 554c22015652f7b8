"""`python -m evaluation.train_visits`: learn whether visits are threatened, announced, made or forced.

It learns from the labelled passages that builders of the reader may see; held texts are never read. Train it after
the speakers, whom it weighs.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from domain.tactic_reading.assertions.assertion import scope_of
from domain.tactic_reading.matching import VISIT_CODES, find_matches
from domain.tactic_reading.read_text import text_of
from domain.tactic_reading.visits.visit import guessed_visit
from domain.tactic_reading.visits.visit_model import VISIT_MODEL_FILE, VISITS, visit_values, words_around
from domain.text import fold_with_map
from evaluation.learning import MaskedText, learnt_texts, masked, written_sentences
from evaluation.learning.fitting import fit_choice, rounded
from evaluation.learning.marked_texts import Passage
from evaluation.measuring import evaluation_reader
from evaluation.train_assertions import place_of

# What a single sentence counts beside a passage of a text, and how much rare visits gain by it.
SHARE_OF_SENTENCES, EVENNESS, LOOSENESS, SMALLEST = 0.5, 0.5, 1.5, 0.02
# What stands in one passage alone is no rule.
SELDOM = 2
Found = tuple[dict[str, float], str, float]


def _visiting(without: Collection[str]) -> Iterator[tuple[str, Sequence[Passage], float]]:
    """Yield the texts and single sentences that tell of a visit, and what their passages count."""
    for learnt in learnt_texts():
        if learnt.source not in without:
            yield learnt.text, learnt.passages, 1.0
    for sentence in written_sentences():
        if sentence.source not in without:
            yield sentence.text, sentence.passages, SHARE_OF_SENTENCES


def visits_of(text: MaskedText, share: float) -> Iterator[Found]:
    """Yield what the model weighs of each visit of a text, which visit it is, and what the example counts.

    Each passage is learnt as it is marked and as the reader finds it: of 约好下午来家里 only 来家里.
    """
    folded, offsets = fold_with_map(text.text)
    read = text_of(folded, "complaint", text.lenders)
    marked = [
        (passage.code, place)
        for passage in text.passages
        if passage.code in VISITS and (place := place_of(read.concepts, offsets, passage.start, passage.end))
    ]
    matches = find_matches(folded, read.concepts, read.speaker, read.characters)
    found = {match[1:] for match in matches if match.rule.code in VISIT_CODES}
    for code, (first, last) in marked:
        for place in {(first, last), *(place for place in found if place[0] < last and place[1] > first)}:
            quoted, scope = read.quotes.hold(read.concepts.starts[place[0]]), scope_of(read.concepts, *place)
            guess, around = guessed_visit(scope, read.speaker, quoted), words_around(folded, read.concepts, *place)
            yield visit_values(guess, read.speaker, scope, quoted, around), code, share


def fitted(found: Sequence[Found]) -> dict[str, Any]:
    """Return the model learnt from examples."""
    often = Counter(name for values, *_ in found for name in values)
    told = [({name: values[name] for name in values if often[name] >= SELDOM}, code) for values, code, _ in found]
    weights = fit_choice(told, VISITS, looseness=LOOSENESS, evenness=EVENNESS, shares=[share for *_, share in found])
    return {"answers": VISITS, "weights": rounded(weights, SMALLEST)}


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    reader = evaluation_reader()
    return fitted([
        example
        for told, passages, share in _visiting(without)
        if any(passage.code in VISITS for passage in passages)
        for example in visits_of(masked(reader, told, passages), share)
    ])  # fmt: skip


def main() -> None:
    """Train and write the weights."""
    VISIT_MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
