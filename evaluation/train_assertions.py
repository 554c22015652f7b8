"""`python -m evaluation.train_assertions`: learn how passages assert their tactics, and keep the weights.

It learns from the labelled passages that builders of the reader may see; held texts are never read. Train it after
the speakers, whom it weighs.
"""

import json
from collections.abc import Iterable, Sequence

from domain.tactic_finder import read_passage, text_of
from domain.tactic_reading.assertion_model import ASSERTION_MODEL_FILE
from domain.tactic_reading.concepts import Concepts
from domain.text import fold, fold_with_map
from evaluation.measuring import evaluation_reader
from evaluation.softmax import fit
from evaluation.train_tactics import labelled_rows

ASSERTIONS = ["first_hand_claim", "collector_threat", "reported_claim", "asserted_fact", "rule_statement", "advice",
              "hypothetical", "opinion", "denial", "context"]  # fmt: skip
SMALLEST = 0.02


def examples() -> Iterable[tuple[dict[str, float], str]]:
    """Yield what the model weighs of each labelled passage, with its assertion."""
    reader = evaluation_reader()
    for row in labelled_rows():
        folded, offsets = fold_with_map(row["text"])
        names = {fold(find.surface) for find in reader.read(row["text"], kind="complaint").lenders}
        read = text_of(folded, "complaint", names)
        for tactic in row["tactics"]:
            left = row["text"].find(tactic["quote"])
            place = _place(read.concepts, offsets, left, left + len(tactic["quote"]))
            if place is not None:
                passage = read_passage(read, tactic["code"], *place)
                yield read.values | passage, tactic["assertion"]


def _place(concepts: Concepts, offsets: Sequence[int], left: int, right: int) -> tuple[int, int] | None:
    """Return the first concept and the one after the last of those that begin in [left, right) of the text."""
    here = [
        number
        for number, start in enumerate(concepts.starts)
        if left <= offsets[start] < right and concepts.symbols[number] not in ",.?_"
    ]
    return (here[0], here[-1] + 1) if here else None


def main() -> None:
    """Train and write the weights; those that hardly tip a scale are left out."""
    weights = fit(list(examples()), ASSERTIONS, penalty=8.0, epochs=80, pace=0.05)
    kept = {
        name: [round(weight, 2) for weight in row]
        for name, row in sorted(weights.items())
        if name == "=bias" or max(map(abs, row)) >= SMALLEST
    }
    ASSERTION_MODEL_FILE.write_text(json.dumps({"answers": ASSERTIONS, "weights": kept}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
