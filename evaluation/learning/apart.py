"""Models learnt from some of the texts, each in a process of its own, for models are read once in each.

The processes are forked, so that the texts that were masked before are not masked again; who starts them must have read
no model of tactics.
"""

import json
from collections.abc import Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def apart(function: Any, *given: Any) -> Any:
    """Call a function of a module in a process of its own, which may start others, and return what it does."""
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        return pool.submit(function, *given).result()


def use(folder: Path) -> None:
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


def learn(steps: Iterable[str], folder: Path, without: Collection[str]) -> None:
    """Learn models one after the other, each with those before it, from all texts but those of the files `without`."""
    for step in steps:
        apart(_learn, step, folder, without)


def _learn(step: str, folder: Path, without: Collection[str]) -> None:
    use(folder)
    from evaluation import train_assertions, train_speakers, train_tactics, train_visits  # noqa: PLC0415

    trainer, name = {
        "who speaks": (train_speakers.train_who_speaks, "text_model.json"),
        "speakers": (train_speakers.train, "text_model.json"),
        "assertions": (train_assertions.train, "assertion_model.json"),
        "visits": (train_visits.train, "visit_model.json"),
        "tactics": (train_tactics.train_quickly, "sentence_model.json"),
    }[step]
    (folder / name).write_text(json.dumps(trainer(without), ensure_ascii=False), "utf-8")
