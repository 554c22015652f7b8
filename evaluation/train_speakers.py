"""`python -m evaluation.train_speakers`: learn who speaks and what is about collection, and keep the weights.

Logistic regression by AdaGrad in a fixed order, so that every run gives the same weights. It learns from the labelled
texts that builders of the reader may see and from `training/speakers.txt`; held texts are never read.
"""

import json
import math
import random
from collections.abc import Iterable
from pathlib import Path

from domain.tactic_finder import weighed_features
from domain.tactic_reading.model import MODEL_FILE, RELEVANT
from domain.tactic_reading.speakers import SPEAKERS
from domain.text import fold
from evaluation.measuring import evaluation_reader

TEXTS = Path(__file__).parent / "texts"
TRAINING = Path(__file__).parent / "training" / "speakers.txt"
ANSWERS = (*SPEAKERS, RELEVANT)
SPEAKER_OF_GENRE = {
    "sms_script": "message", "notice": "message", "lender_reply": "lender_reply", "news": "news", "rule": "rule",
    "advice": "advice",
} | dict.fromkeys(
    ("complaint", "relative", "colleague", "forum", "sarcasm", "employer", "question", "fear", "denial", "praise",
     "opinion", "rumour"), "borrower",
)  # fmt: skip
DECAY, EPOCHS, PACE, SMALLEST = 2e-4, 40, 0.1, 0.04
Example = tuple[dict[str, float], str, bool]


def labelled() -> Iterable[tuple[str, str, bool]]:
    """Yield each text that may be learnt from, its speaker, and whether it is relevant."""
    for path in (TEXTS / "dev.jsonl", *sorted(TEXTS.glob("open_*.jsonl"))):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            yield row["text"], SPEAKER_OF_GENRE.get(row["genre"], "other"), row["relevant"]
    for line in TRAINING.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            speaker, relevant, text = line.split("|", 2)
            yield text, speaker, relevant == "1"


def examples() -> list[Example]:
    """Return the features of each text with its speaker and relevance."""
    reader = evaluation_reader()
    found = []
    for text, speaker, relevant in labelled():
        reading = reader.read(text, kind="complaint")
        names = {fold(find.surface) for find in reading.lenders}
        values = weighed_features(fold(reading.public_text), names, len(reading.subjects))
        found.append((values | {"=bias": 1.0}, speaker, relevant))
    return found


def _errors(row: list[float], speaker: str, relevant: bool) -> list[float]:
    """Return how far each answer's chance is from the truth: softmax over the speakers, logistic for relevance."""
    top = max(row[:-1])
    chances = [math.exp(score - top) for score in row[:-1]]
    total = sum(chances)
    errors = [chance / total - (name == speaker) for name, chance in zip(SPEAKERS, chances, strict=True)]
    return [*errors, 1 / (1 + math.exp(-max(-30.0, min(30.0, row[-1])))) - relevant]


def fit(found: list[Example]) -> dict[str, list[float]]:
    """Return for each feature its weight for each answer."""
    width = len(ANSWERS)
    weights: dict[str, list[float]] = {name: [0.0] * width for values, _, _ in found for name in values}
    steep = {name: [1e-3] * width for name in weights}
    order = random.Random(7)  # noqa: S311
    found = list(found)
    for _ in range(EPOCHS):
        order.shuffle(found)
        for values, speaker, relevant in found:
            scores = [
                sum(column) for column in zip(*([v * w for w in weights[n]] for n, v in values.items()), strict=True)
            ]
            errors = _errors(scores, speaker, relevant)
            for name, value in values.items():
                row, slopes = weights[name], steep[name]
                decay = 0.0 if name == "=bias" else DECAY
                for answer in range(width):
                    slope = errors[answer] * value + decay * row[answer]
                    slopes[answer] += slope * slope
                    row[answer] -= PACE * slope / math.sqrt(slopes[answer])
    return weights


def main() -> None:
    """Train and write the weights; those that hardly tip a scale are left out."""
    learned = fit(examples())
    kept = {
        name: [round(weight, 2) for weight in row]
        for name, row in sorted(learned.items())
        if name == "=bias" or max(map(abs, row)) >= SMALLEST
    }
    MODEL_FILE.write_text(json.dumps({"answers": ANSWERS, "weights": kept}, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
