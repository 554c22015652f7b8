"""`python -m evaluation.leave_out open_6.jsonl opened_1.jsonl`: what the models reach on texts that they did not learn.

For each file named (all open ones where none is) the four models are trained without it and read it. The rules saw it
all the same, where their builders did; of the models this is an honest estimate. The encoder, which has learnt the file
and takes an hour to be taught without it, is not asked.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from evaluation.learning.apart import apart, learn, use
from evaluation.measuring import evaluation_reader, findings
from evaluation.measuring.documents import document_figures
from evaluation.measuring.sets import SETS, LabelledSet, known_lenders

SHOWN = ("counted, micro", "counted, macro", "assertions", "relevance", "counted for nothing")


def _measured(folder: Path, name: str) -> dict[str, float | None]:
    use(folder)
    pairs = findings(evaluation_reader(), LabelledSet(name, (name,)))
    return document_figures(pairs, known_lenders())


def left_out(name: str) -> dict[str, float | None]:
    """Return the figures of one file of texts, read by models trained without it."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        learn(("speakers", "assertions", "visits", "tactics"), folder, (name,))
        figures: dict[str, float | None] = apart(_measured, folder, name)
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
