"""`python -m evaluation.train_tactics`: learn which tactics a sentence speaks of, and keep the weights.

One logistic regression per code, by AdaGrad in a fixed order, so that every run gives the same weights. It learns from
the labelled texts that builders of the reader may see and from `training/sentences.txt`; held texts are never read.
"""

import json
import math
import random
from collections.abc import Iterable
from pathlib import Path

from domain.tactic_reading.concepts import read_concepts
from domain.tactic_reading.sentence_model import SENTENCE_MODEL_FILE, sentence_features, sentence_places
from domain.text import fold, fold_with_map
from evaluation.measuring import evaluation_reader

TEXTS = Path(__file__).parent / "texts"
TRAINING = Path(__file__).parent / "training" / "sentences.txt"
DECAY, EPOCHS, PACE, SMALLEST, SELDOM = 3e-4, 25, 0.15, 0.05, 2
# A visit is one code here: whether it was threatened, announced or made is told by its sentence's other words.
VISITS = dict.fromkeys(("visit_actual", "visit_threatened", "visit_announced"), "visit")
Example = tuple[dict[str, float], frozenset[str]]


def _labelled() -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Yield each text with its (code, passage)."""
    for path in (TEXTS / "dev.jsonl", *sorted(TEXTS.glob("open_*.jsonl"))):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
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
    often: dict[str, int] = {}
    for values, _ in found:
        for name in values:
            often[name] = often.get(name, 0) + 1
    found = [({n: v for n, v in values.items() if often[n] >= SELDOM}, here) for values, here in found]
    rarity = [len(found) / (2 * sum(code in here for _, here in found)) for code in codes]
    weights = {name: [0.0] * len(codes) for values, _ in found for name in values}
    steep = {name: [1e-2] * len(codes) for name in weights}
    bias, lift = [-3.0] * len(codes), [1e-2] * len(codes)
    order = random.Random(7)  # noqa: S311
    for _ in range(EPOCHS):
        order.shuffle(found)
        for values, here in found:
            rows = [(value, weights[name], steep[name]) for name, value in values.items()]
            totals = list(bias)
            for value, row, _ in rows:
                totals = [total + value * weight for total, weight in zip(totals, row, strict=True)]
            for number, code in enumerate(codes):
                chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, totals[number]))))
                error = (chance - 1) * min(rarity[number], 40) if code in here else chance * 0.5
                if abs(error) < 0.01:
                    continue
                lift[number] += error * error
                bias[number] -= PACE * error / math.sqrt(lift[number])
                for value, row, slopes in rows:
                    slope = error * value + DECAY * row[number]
                    slopes[number] += slope * slope
                    row[number] -= PACE * slope / math.sqrt(slopes[number])
    return codes, bias, weights


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
