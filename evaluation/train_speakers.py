"""`python -m evaluation.train_speakers`: learn who speaks, what is about collection and was lived; keep the weights.

Three logistic regressions. Two of them weigh the tactics found as well; who speaks is asked before any is found, and
must not be learnt with them. They learn from the labelled texts that builders of the reader may see and from
`training`; held texts are never read. Single sentences that speak of a tactic tell only whether it was lived and, where
they speak of a debt, that they are about collection, for who speaks in them is often not to be told:
凌晨两点发微信语音催我还钱.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from domain.models import COUNTED_ASSERTIONS
from domain.tactic_finder import weighed_features
from domain.tactic_reading.speakers.speaker import BORROWER, MESSAGE, SPEAKERS
from domain.tactic_reading.speakers.text_model import LIVED, MODEL_FILE, RELEVANT
from domain.text import fold
from evaluation.learning import learnt_texts, masked, written_sentences, written_speakers
from evaluation.learning.fitting import Rows, Values, fit_choice, rounded
from evaluation.learning.marked_texts import Passage
from evaluation.measuring import evaluation_reader

ANSWERS = (*SPEAKERS, RELEVANT, LIVED)
LOOSENESS, SMALLEST = 1.0, 0.02
# A sentence without one of these may be about anything: 语音里学我结巴
OF_A_DEBT = re.compile(r"催|讨债|还[钱款清上]|欠|债|逾期|借款|\b(?:debt|collector|owe|loan|balance)", re.I)
# What a single sentence counts beside a text: there are more of them than texts, and all are about collection.
SHARE_OF_SENTENCES = 0.1


class Example(NamedTuple):
    """A text with the answers to the three questions (None: not said), and what it counts."""

    text: str
    speaker: str | None
    relevant: bool | None
    lived: bool | None
    share: float = 1.0


def labelled(without: Collection[str] = ()) -> Iterable[Example]:
    """Yield each text to learn from."""
    for learnt in learnt_texts():
        if learnt.source not in without:
            speaker = learnt.speaker if learnt.relevant is not None else None
            yield Example(learnt.text, speaker, learnt.relevant, _was_lived(learnt.passages))
    for speaker, relevant, text in written_speakers():
        yield Example(text, speaker, relevant, None if speaker in (BORROWER, MESSAGE) else False)
    for sentence in written_sentences():
        marked = all(passage.assertion for passage in sentence.passages)
        about = bool(sentence.passages and OF_A_DEBT.search(sentence.text)) or None
        lived = _was_lived(sentence.passages) if marked else None
        if about is not None or lived is not None:
            yield Example(sentence.text, None, about, lived, SHARE_OF_SENTENCES)


def _was_lived(passages: Sequence[Passage]) -> bool:
    return any(passage.assertion in COUNTED_ASSERTIONS for passage in passages)


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    reader, found = evaluation_reader(), []
    for example in labelled(without):
        read = masked(reader, example.text)
        found.append((*weighed_features(fold(read.text), read.lenders, read.subjects), example))
    spoken = [(values, example.speaker) for values, _, example in found if example.speaker is not None]
    told = [(values | beside, example) for values, beside, example in found]
    fitted = [
        fit_choice(spoken, SPEAKERS, looseness=LOOSENESS),
        _fit_whether([(values, example.relevant, example.share) for values, example in told]),
        _fit_whether([(values, example.lived, example.share) for values, example in told]),
    ]
    widths = (len(SPEAKERS), 1, 1)
    names = {name for rows in fitted for name in rows}
    weights = {  # what one question never met weighs nothing in it
        name: [weight for rows, width in zip(fitted, widths, strict=True) for weight in rows.get(name, [0.0] * width)]
        for name in names
    }
    return {"answers": ANSWERS, "weights": rounded(weights, SMALLEST)}


def _fit_whether(found: Sequence[tuple[Values, bool | None, float]]) -> Rows:
    """Return the weights of what tells whether something is so, learnt where it is said."""
    said = [(values, str(answer), share) for values, answer, share in found if answer is not None]
    return fit_choice(
        [(values, answer) for values, answer, _ in said], ["True"], looseness=LOOSENESS,
        shares=[share for *_, share in said],
    )  # fmt: skip


def main() -> None:
    """Train and write the weights."""
    MODEL_FILE.write_text(json.dumps(train(), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
