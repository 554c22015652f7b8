"""`python -m evaluation.train_speakers`: learn who speaks and what is about collection, and keep the weights.

Two logistic regressions over the same values. They learn from the labelled texts that builders of the reader may see
and from `training`; held texts are never read. Single sentences that speak of a tactic tell only that they are about
collection, for who speaks in them is often not to be told: 凌晨两点发微信语音催我还钱.
"""

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

from domain.tactic_finder import weighed_features
from domain.tactic_reading.model import MODEL_FILE, RELEVANT
from domain.tactic_reading.speakers import SPEAKERS
from domain.text import fold
from evaluation.fitting import fit_choice, rounded
from evaluation.learning import learnt_texts, masked, written_sentences, written_speakers
from evaluation.measuring import evaluation_reader

ANSWERS = (*SPEAKERS, RELEVANT)
LOOSENESS, SMALLEST = 1.0, 0.02
# A sentence without one of these may be about anything: 语音里学我结巴
OF_A_DEBT = re.compile(r"催|讨债|还[钱款清上]|欠|债|逾期|借款|\b(?:debt|collector|owe|loan|balance)", re.I)
# What a single sentence counts beside a text: there are more of them than texts, and all are about collection.
SHARE_OF_SENTENCES = 0.1
Example = tuple[dict[str, float], str | None, bool, float]


def labelled(without: Collection[str]) -> Iterable[tuple[str, str | None, bool, float]]:
    """Yield each text to learn from, its speaker (None: not said), whether it is relevant, and what it counts."""
    for learnt in learnt_texts():
        if learnt.relevant is not None and learnt.source not in without:
            yield learnt.text, learnt.speaker, learnt.relevant, 1.0
    for speaker, relevant, text in written_speakers():
        yield text, speaker, relevant, 1.0
    for sentence in written_sentences():
        if sentence.passages and OF_A_DEBT.search(sentence.text):
            yield sentence.text, None, True, SHARE_OF_SENTENCES


def examples(without: Collection[str] = ()) -> list[Example]:
    """Return the features of each text with its speaker and relevance, and what it counts."""
    reader = evaluation_reader()
    found = []
    for text, speaker, relevant, share in labelled(without):
        read = masked(reader, text)
        values = weighed_features(fold(read.text), read.lenders, read.subjects)
        found.append((values, speaker, relevant, share))
    return found


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    found = examples(without)
    spoken = [(values, speaker) for values, speaker, *_ in found if speaker is not None]
    speakers = fit_choice(spoken, SPEAKERS, looseness=LOOSENESS)
    relevant = fit_choice(
        [(values, str(relevant)) for values, _, relevant, _ in found], ["True"], looseness=LOOSENESS,
        shares=[share for *_, share in found],
    )  # fmt: skip
    nothing = [0.0] * len(SPEAKERS)  # of what only single sentences hold
    weights = {name: [*speakers.get(name, nothing), *row] for name, row in relevant.items()}
    return {"answers": ANSWERS, "weights": rounded(weights, SMALLEST)}


def main() -> None:
    """Train and write the weights."""
    MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
