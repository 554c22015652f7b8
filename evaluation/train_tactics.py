"""`python -m evaluation.train_tactics`: learn which tactics a sentence speaks of, and keep the weights.

One logistic regression per code, by gradient descent in a fixed order, so that every run gives the same. It learns from
the labelled texts that builders of the reader may see and from `training/sentences.txt`; held texts are never read.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from domain.tactic_reading.concepts import read_concepts
from domain.tactic_reading.sentence_model import SENTENCE_MODEL_FILE, sentence_features, sentence_places
from domain.text import fold, fold_with_map
from evaluation.measuring import evaluation_reader

TEXTS = Path(__file__).parent / "texts"
TRAINING = Path(__file__).parent / "training" / "sentences.txt"
# The penalty on large weights and the rest were chosen once; the figures move little between half and twice of each.
PENALTY, EPOCHS, PACE, SLOWING, SMALLEST, SELDOM = 6.0, 50, 0.02, 10, 0.03, 2
# A visit is one code here: whether it was threatened, announced or made is told by its sentence's other words.
VISITS = dict.fromkeys(("visit_actual", "visit_threatened", "visit_announced"), "visit")
Example = tuple[dict[str, float], frozenset[str]]


def labelled_rows() -> Iterable[dict[str, Any]]:
    """Yield the labelled texts that may be learnt from."""
    for path in (TEXTS / "dev.jsonl", *sorted(TEXTS.glob("open_*.jsonl"))):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def _labelled() -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Yield each text with its (code, passage)."""
    for row in labelled_rows():
        yield row["text"], [(tactic["code"], tactic["quote"]) for tactic in row["tactics"]]
    for line in TRAINING.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            codes, text = line.split("|", 1)
            yield text, [(code, text) for code in codes.split(",") if code != "-"]


def examples() -> list[Example]:
    """Return the features of each sentence with the codes whose passages it holds part of."""
    reader = evaluation_reader()
    found = []
    for text, labels in _labelled():
        folded, offsets = fold_with_map(text)
        names = {fold(find.surface) for find in reader.read(text, kind="complaint").lenders}
        concepts = read_concepts(folded, names)
        spans = [(text.find(quote), text.find(quote) + len(quote), VISITS.get(code, code)) for code, quote in labels]
        for first, last, start, end in sentence_places(concepts, len(folded)):
            if end > start:
                here = {code for left, right, code in spans if left < offsets[end] and right > offsets[start]}
                found.append((sentence_features(concepts.symbols[first:last], folded[start:end]), frozenset(here)))
    return found


def fit(found: list[Example]) -> tuple[list[str], list[float], dict[str, list[float]]]:
    """Return the codes, the bias of each, and for each feature its weight for each code."""
    codes = sorted({code for _, here in found for code in here})
    often = Counter(name for values, _ in found for name in values)
    rows = [({n: v for n, v in values.items() if often[n] >= SELDOM}, here) for values, here in found]
    rarity = [min(len(rows) / (2 * sum(code in here for _, here in rows)), 40.0) for code in codes]
    weights = {name: [0.0] * len(codes) for values, _ in rows for name in values}
    bias, scale, step = [-3.0] * len(codes), 1.0, 0
    decay = 1 / (PENALTY * len(rows))
    order = random.Random(7)  # noqa: S311
    for _ in range(EPOCHS):
        order.shuffle(rows)
        for values, here in rows:
            pace = PACE / (1 + PACE * decay * step * SLOWING)
            step, scale = step + 1, scale * (1 - pace * decay)
            _learn(values, here, codes, rarity, weights, bias, scale, pace)
    return codes, bias, {name: [weight * scale for weight in row] for name, row in weights.items()}


def _learn(
    values: dict[str, float], here: frozenset[str], codes: list[str], rarity: list[float],
    weights: dict[str, list[float]], bias: list[float], scale: float, pace: float,
) -> None:  # fmt: skip
    """Move the weights (kept divided by `scale`, so that all decay at once) towards one sentence's truth."""
    totals = [0.0] * len(codes)
    for name, value in values.items():
        totals = [total + value * weight for total, weight in zip(totals, weights[name], strict=True)]
    for number, code in enumerate(codes):
        score = totals[number] * scale + bias[number]
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        error = (chance - 1) * rarity[number] if code in here else chance * 0.5
        if abs(error) > 1e-3:
            bias[number] -= pace * error
            for name, value in values.items():
                weights[name][number] -= pace * error * value / scale


def main() -> None:
    """Train and write the weights; those that hardly tip a scale are left out."""
    codes, bias, weights = fit(examples())
    kept = {
        name: [[number, round(weight, 2)] for number, weight in enumerate(row) if abs(weight) >= SMALLEST]
        for name, row in sorted(weights.items())
    }
    document = {"codes": codes, "bias": [round(b, 2) for b in bias], "weights": {n: r for n, r in kept.items() if r}}
    SENTENCE_MODEL_FILE.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
