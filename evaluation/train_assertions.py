"""`python -m evaluation.train_assertions`: learn how passages assert their tactics, and keep the weights.

It learns from the labelled passages that builders of the reader may see; held texts are never read. Train it after
the speakers, whom it weighs.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from domain.tactic_reading.assertions.assertion_model import ASSERTION_MODEL_FILE
from domain.tactic_reading.lexicon.concepts import Concepts
from domain.tactic_reading.passages import read_passage
from domain.tactic_reading.read_text import text_of
from domain.text import fold_with_map
from evaluation.learning import learnt_texts, masked, written_sentences
from evaluation.learning.fitting import fit_choice, rounded
from evaluation.learning.marked_texts import Passage
from evaluation.measuring import evaluation_reader

ASSERTIONS = ["first_hand_claim", "collector_threat", "reported_claim", "asserted_fact", "rule_statement", "advice",
              "hypothetical", "opinion", "denial", "context"]  # fmt: skip
SMALLEST = 0.02
# What a single sentence counts beside a passage of a text: who speaks and what went before is not to be told from it,
# and as many sentences as passages taught the wrong lot (texts left out: 0.867 right with 1, 0.877 with 0.1).
SHARE_OF_SENTENCES = 0.1


def _asserting(without: Collection[str]) -> Iterator[tuple[str, Sequence[Passage], float]]:
    """Yield the texts and single sentences whose passages are marked with how they assert, and what they count."""
    for learnt in learnt_texts():
        if learnt.source not in without:
            yield learnt.text, learnt.passages, 1.0
    for sentence in written_sentences():
        if sentence.source not in without and all(passage.assertion for passage in sentence.passages):
            yield sentence.text, sentence.passages, SHARE_OF_SENTENCES


def examples(without: Collection[str] = ()) -> Iterable[tuple[dict[str, float], str, float]]:
    """Yield what the model weighs of each labelled passage, with its assertion and what the example counts."""
    reader = evaluation_reader()
    for told, passages, share in _asserting(without):
        text = masked(reader, told, passages)
        folded, offsets = fold_with_map(text.text)
        read = text_of(folded, "complaint", text.lenders)
        for passage in text.passages:
            place = place_of(read.concepts, offsets, passage.start, passage.end)
            if place is not None:
                yield read.values | read_passage(read, passage.code, *place), passage.assertion, share


def place_of(concepts: Concepts, offsets: Sequence[int], left: int, right: int) -> tuple[int, int] | None:
    """Return the first concept and the one after the last of those that begin in [left, right) of the text."""
    here = [
        number
        for number, start in enumerate(concepts.starts)
        if left <= offsets[start] < right and concepts.symbols[number] not in ",.?_"
    ]
    return (here[0], here[-1] + 1) if here else None


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    found = list(examples(without))
    weights = fit_choice(
        [(values, assertion) for values, assertion, _ in found], ASSERTIONS, looseness=1.5, evenness=0.6,
        shares=[share for *_, share in found],
    )  # fmt: skip
    return {"answers": ASSERTIONS, "weights": rounded(weights, SMALLEST)}


def main() -> None:
    """Train and write the weights."""
    ASSERTION_MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
