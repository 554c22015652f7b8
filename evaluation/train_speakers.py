"""`python -m evaluation.train_speakers`: learn who speaks, what is about collection and was lived; keep the weights.

Three logistic regressions. Two of them weigh the tactics found as well, of what was lived by models that have not
learnt the text (`strangers.py`: three times all models, some ten minutes); who speaks is asked before any is found, and
must not be learnt with them. They learn from the labelled texts that builders of the reader may see and from `training`
(`answered_texts.py`); held texts are never read.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from domain.tactic_finder import found_beside
from domain.tactic_reading.speakers.speaker import SPEAKERS
from domain.tactic_reading.speakers.text_model import LIVED, MODEL_FILE, RELEVANT, text_values_of
from domain.text import fold
from evaluation.learning import masked
from evaluation.learning.answered_texts import Example, labelled
from evaluation.learning.apart import apart
from evaluation.learning.fitting import Rows, Values, fit_choice, rounded
from evaluation.learning.strangers import found_by_strangers
from evaluation.measuring import evaluation_reader

ANSWERS = (*SPEAKERS, RELEVANT, LIVED)
LOOSENESS, SMALLEST = 1.0, 0.02


def train_who_speaks(without: Collection[str] = ()) -> dict[str, Any]:
    """Return a model of who speaks alone; whether a text is relevant and was lived it leaves even."""
    values = _values([example for example in labelled(without) if example.speaker is not None])
    return _document([_fit_who_speaks(values), {}, {}])


def train(without: Collection[str] = ()) -> dict[str, Any]:
    """Return the model learnt from all texts but those of the files `without`."""
    examples = list(labelled(without))
    found = _values(examples)
    sources = sorted({example.source for example in examples})
    # A short plain sentence is about collection for the tactic it tells, and that much it may be trusted.
    known, strange = apart(_found_beside, sources), found_by_strangers(_found_beside, sources, without)
    return _document([
        _fit_who_speaks(found),
        _fit_whether([(values | known[example.number], example.relevant, example.share) for values, example in found]),
        _fit_whether([(values | strange[example.number], example.lived, example.share) for values, example in found]),
    ])  # fmt: skip


def _values(examples: Iterable[Example]) -> list[tuple[Values, Example]]:
    """Return what the model weighs of each text before any tactic is found."""
    reader = evaluation_reader()
    read = [(masked(reader, example.text), example) for example in examples]
    return [(text_values_of(fold(text.text), text.lenders), example) for text, example in read]


def _found_beside(sources: Collection[str]) -> dict[int, Values]:
    """Return by their numbers what the model weighs beside the texts of some files: the tactics found in them."""
    reader, found = evaluation_reader(), {}
    for example in labelled():
        if example.source in sources:
            read = masked(reader, example.text)
            found[example.number] = found_beside(fold(read.text), read.lenders, read.subjects)
    return found


def _fit_who_speaks(found: Iterable[tuple[Values, Example]]) -> Rows:
    spoken = [(values, example.speaker) for values, example in found if example.speaker is not None]
    return fit_choice(spoken, SPEAKERS, looseness=LOOSENESS)


def _document(fitted: Sequence[Rows]) -> dict[str, Any]:
    """Return the weights of the three questions as the file has them."""
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
