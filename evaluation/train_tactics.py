"""`python -m evaluation.train_tactics`: learn which tactics a sentence speaks of, and keep the weights.

One logistic regression per code, and hidden units beside them. They learn from the labelled texts that builders of the
reader may see and from `training`; held texts are never read.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

from domain.reading import Reader
from domain.tactic_reading.lexicon.concepts import read_concepts
from domain.tactic_reading.lexicon.latin_words import WORD
from domain.tactic_reading.sentences.sentence_features import SPELLED, sentence_features, sentence_places, weight_of
from domain.tactic_reading.sentences.sentence_model import SENTENCE_MODEL_FILE, line_as_text
from domain.text import fold_with_map
from evaluation.learning import MaskedText, learnt_texts, masked, written_sentences
from evaluation.learning.fitting import fit_labels, worth_of_labels
from evaluation.learning.hidden_units import AT_ONCE, QUICKLY, as_document, fit_units, matrix_of
from evaluation.learning.joined_sentences import Example, joined_sentences
from evaluation.measuring import evaluation_reader

# The figures move little between half and twice of each. A tactic is proposed where it is surer than even by MARGIN.
LOOSENESS, SMALLEST, SELDOM, RAREST, ABSENT, MARGIN = 3.0, 0.08, 2, 40.0, 0.5, 2.05
# The units are surer of themselves than the line: 1.45, 2.45 and 3.45 gave F1 0.744, 0.750, 0.742 (0011).
MARGIN_OF_UNITS = 3.4
# Of the many pairs of characters and of words only those that tip a scale are kept: 0.2 moves the odds by 0.02.
SMALLEST_OF_PAIRS = 0.2
# A visit is one code here: whether it was threatened, announced or made is told by its sentence's other words.
VISITS = dict.fromkeys(("visit_actual", "visit_threatened", "visit_announced"), "visit")
# Sentences put together in pairs (0011), and what each counts beside one that was written.
JOINED, SHARE_OF_JOINED = 4000, 0.5


def _labelled(reader: Reader, without: Collection[str]) -> Iterator[MaskedText]:
    """Yield each text to learn from as it is read."""
    for learnt in learnt_texts():
        if learnt.source not in without:
            yield masked(reader, learnt.text, learnt.passages)
    for sentence in written_sentences():
        if sentence.source not in without:
            yield masked(reader, sentence.text, sentence.passages)


def examples(without: Collection[str] = ()) -> list[Example]:
    """Return the features of each sentence with the codes whose passages it holds part of."""
    return [example for text in _labelled(evaluation_reader(), without) for example in sentence_examples(text)]


def sentence_examples(text: MaskedText) -> Iterator[Example]:
    """Yield the features and codes of each sentence of a text."""
    folded, offsets = fold_with_map(text.text)
    concepts = read_concepts(folded, text.lenders)
    passages = text.passages
    for first, last, start, end in sentence_places(concepts, len(folded)):
        if end > start:
            here = [one for one in passages if one.start < offsets[end] and one.end > offsets[start]]
            sentence = folded[start:end]
            yield Example(
                sentence_features(concepts.symbols[first:last], sentence),
                frozenset(VISITS.get(one.code, one.code) for one in here),
                sentence,
                frozenset(one.assertion for one in here if one.assertion),
            )


def train_quickly(without: Collection[str] = ()) -> dict[str, Any]:
    """Return such a model in less time, for weights that are not kept."""
    return train(without, QUICKLY)


def train(without: Collection[str] = (), at_once: int = AT_ONCE) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`.

    The units learn so many sentences `at_once`.
    """
    written = examples(without)
    found = written + joined_sentences(written, JOINED)
    names, codes = _often_told(written), sorted({code for example in written for code in example.codes})
    right = np.array([[code in example.codes for code in codes] for example in found])
    worth = worth_of_labels(right, rarest=RAREST, absent=ABSENT)
    worth[len(written) :] *= SHARE_OF_JOINED
    values = [example.values for example in found]
    bias, weights = fit_labels(matrix_of(values, names), right, worth, looseness=LOOSENESS)
    smallest = np.array([_smallest(name) for name in names])[:, None]
    weights = np.where(np.abs(weights) >= smallest, weights, 0.0)
    kept = np.flatnonzero(weights.any(axis=1))
    names = [names[place] for place in kept]
    units = fit_units(matrix_of(values, names), right, worth, at_once)
    return {
        "codes": codes,
        "bias": [round(float(number) - MARGIN, 2) for number in bias],
        "names": names,
        "line": line_as_text(weights[kept]),
        "units": as_document(units, [weight_of(name) for name in names], MARGIN_OF_UNITS),
    }


def _often_told(found: Sequence[Example]) -> list[str]:
    """Return the features that stand in more sentences than one."""
    often = Counter(name for example in found for name in example.values)
    return sorted(name for name, number in often.items() if number >= SELDOM)


def _smallest(name: str) -> float:
    pair = (name[0] == SPELLED and len(name) > 2) or (name[0] == WORD and " " in name)
    return SMALLEST_OF_PAIRS if pair else SMALLEST


def main() -> None:
    """Train and write the weights."""
    SENTENCE_MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
