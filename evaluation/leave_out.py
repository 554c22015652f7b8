"""`python -m evaluation.leave_out open_6.jsonl opened_1.jsonl`: what the models reach on texts that they did not learn.

For each file named (all open ones where none is) the four models are trained without it and read it. The rules saw it
all the same, where their builders did; of the models this is an honest estimate. The encoder, which has learnt the file
and takes an hour to be taught without it, is not asked.
"""

import json
from collections.abc import Collection
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from evaluation.measuring import evaluation_reader, findings
from evaluation.measuring.documents import document_figures
from evaluation.measuring.sets import SETS, LabelledSet, known_lenders

SHOWN = ("counted, micro", "counted, macro", "assertions", "relevance", "counted for nothing")


def _use(folder: Path) -> None:
    """Read those models that are in `folder` from there; nothing may have been read in this process."""
    from domain.tactic_reading import second_opinion  # noqa: PLC0415
    from domain.tactic_reading.assertions import assertion_model  # noqa: PLC0415
    from domain.tactic_reading.sentences import sentence_model  # noqa: PLC0415
    from domain.tactic_reading.speakers import text_model  # noqa: PLC0415
    from domain.tactic_reading.visits import visit_model  # noqa: PLC0415

    second_opinion.MOST_ASKED = 0
    for module, name in ((text_model, "MODEL_FILE"), (assertion_model, "ASSERTION_MODEL_FILE"),
                         (visit_model, "VISIT_MODEL_FILE"), (sentence_model, "SENTENCE_MODEL_FILE")):  # fmt: skip
        own = folder / getattr(module, name).name
        if own.exists():
            setattr(module, name, own)


def _train(step: str, folder: Path, without: Collection[str]) -> None:
    _use(folder)
    from evaluation import train_assertions, train_speakers, train_tactics, train_visits  # noqa: PLC0415

    trainer, name = {
        "speakers": (train_speakers.train, "text_model.json"),
        "assertions": (train_assertions.train, "assertion_model.json"),
        "visits": (train_visits.train, "visit_model.json"),
        "tactics": (train_tactics.train, "sentence_model.json"),
    }[step]
    (folder / name).write_text(json.dumps(trainer(without), ensure_ascii=False), "utf-8")


def _measured(folder: Path, name: str) -> dict[str, float | None]:
    _use(folder)
    pairs = findings(evaluation_reader(), LabelledSet(name, (name,)))
    return document_figures(pairs, known_lenders())


def _apart(function: Any, *given: Any) -> Any:
    """Call a function in a process of its own, for models are read once in each."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(function, given)


def left_out(name: str) -> dict[str, float | None]:
    """Return the figures of one file of texts, read by models trained without it."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        for step in ("speakers", "assertions", "visits", "tactics"):
            _apart(_train, step, folder, (name,))
        figures: dict[str, float | None] = _apart(_measured, folder, name)
        return figures


@click.command()
@click.argument("names", nargs=-1)
def main(names: tuple[str, ...]) -> None:
    """Print the figures of each file, read by models that did not learn from it."""
    for name in names or [name for labelled in SETS if labelled.open for name in labelled.texts]:
        figures = left_out(name)
        shown = "  ".join(f"{key} {figures[key]:.3f}" for key in SHOWN if figures[key] is not None)
        print(f"{name:16s} {shown}", flush=True)


if __name__ == "__main__":
    main()
