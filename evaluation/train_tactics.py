"""`python -m evaluation.train_tactics`: learn which tactics a sentence speaks of, and keep the weights.

One logistic regression per code. It learns from
the labelled texts that builders of the reader may see and from `training`; held texts are never read.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from domain.reading import Reader
from domain.tactic_reading.concepts import read_concepts
from domain.tactic_reading.sentence_model import SENTENCE_MODEL_FILE, SPELLED, sentence_features, sentence_places
from domain.text import fold_with_map
from evaluation.fitting import fit_labels
from evaluation.learning import MaskedText, learnt_texts, masked, written_sentences
from evaluation.measuring import evaluation_reader

# The figures move little between half and twice of each. A tactic is proposed where it is surer than even by MARGIN.
LOOSENESS, SMALLEST, SELDOM, RAREST, ABSENT, MARGIN = 3.0, 0.03, 2, 40.0, 0.5, 1.45
# Of the many pairs of characters only those that tip a scale are kept.
SMALLEST_OF_PAIRS = 0.08
# A visit is one code here: whether it was threatened, announced or made is told by its sentence's other words.
VISITS = dict.fromkeys(("visit_actual", "visit_threatened", "visit_announced"), "visit")
Example = tuple[dict[str, float], frozenset[str]]


def _labelled(reader: Reader, without: Collection[str]) -> Iterator[MaskedText]:
    """Yield each text to learn from as it is read."""
    for learnt in learnt_texts():
        if learnt.source not in without:
            yield masked(reader, learnt.text, learnt.passages)
    for sentence in written_sentences():
        yield masked(reader, sentence.text, sentence.passages)


def examples(without: Collection[str] = ()) -> list[Example]:
    """Return the features of each sentence with the codes whose passages it holds part of."""
    return [example for text in _labelled(evaluation_reader(), without) for example in sentence_examples(text)]


def sentence_examples(text: MaskedText) -> Iterator[Example]:
    """Yield the features and codes of each sentence of a text."""
    folded, offsets = fold_with_map(text.text)
    concepts = read_concepts(folded, text.lenders)
    spans = [(passage.start, passage.end, VISITS.get(passage.code, passage.code)) for passage in text.passages]
    for first, last, start, end in sentence_places(concepts, len(folded)):
        if end > start:
            here = {code for left, right, code in spans if left < offsets[end] and right > offsets[start]}
            yield sentence_features(concepts.symbols[first:last], folded[start:end]), frozenset(here)


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    codes, bias, weights = fit_labels(
        examples(without), looseness=LOOSENESS, least=SELDOM, rarest=RAREST, absent=ABSENT
    )
    kept = {
        name: [[number, round(weight, 2)] for number, weight in enumerate(row) if abs(weight) >= _smallest(name)]
        for name, row in sorted(weights.items())
    }
    return {
        "codes": codes,
        "bias": [round(number - MARGIN, 2) for number in bias],
        "weights": {name: row for name, row in kept.items() if row},
    }


def _smallest(name: str) -> float:
    return SMALLEST_OF_PAIRS if name[0] == SPELLED and len(name) > 2 else SMALLEST


def main() -> None:
    """Train and write the weights."""
    SENTENCE_MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
