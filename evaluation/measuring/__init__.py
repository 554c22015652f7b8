"""Read the labelled texts with the reader of this checkout and take every figure."""

from functools import cache

from commands.opening import open_reader_without_store
from commands.read import family_lines, finding_line
from domain.reading import Reader
from evaluation.measuring.documents import document_figures
from evaluation.measuring.families import pairwise
from evaluation.measuring.outcomes import outcome_figures, outcome_findings
from evaluation.measuring.private_data import private_data_figures
from evaluation.measuring.seeds import seed_figures
from evaluation.measuring.sets import INVENTED_LENDERS, OUTCOME_SETS, SETS, LabelledSet, Row, known_lenders
from evaluation.measuring.table import Figures

SEEDS = "the five seed articles"


@cache
def evaluation_reader() -> Reader:
    """Return a reader that knows the invented lenders beside the registry."""
    return open_reader_without_store(INVENTED_LENDERS)


def findings(reader: Reader, labelled: LabelledSet) -> list[tuple[Row, Row]]:
    """Return each labelled text with the line that `doorstep read --jsonl` prints for it."""
    return [(row, finding_line(row["id"], reader, row["text"], "complaint")) for row in labelled.rows()]


def figures_of(reader: Reader, labelled: LabelledSet) -> Figures:
    """Return every figure of one set, by the key of its row in the table."""
    pairs = findings(reader, labelled)
    lenders = known_lenders()
    figures = document_figures(pairs, lenders) | private_data_figures(pairs, lenders)
    if scripts := labelled.script_rows():
        found = {line["id"]: line["family"] for line in family_lines(reader, scripts)}
        figures["families"] = pairwise(scripts, found).f1
    return figures


def measure(reader: Reader) -> dict[str, Figures]:
    """Return the figures of every set and of the seed articles."""
    outcomes = {labelled.name: outcome_figures(outcome_findings(reader, labelled)) for labelled in OUTCOME_SETS}
    figures = {labelled.name: figures_of(reader, labelled) for labelled in SETS}
    return figures | outcomes | {SEEDS: seed_figures(reader)}
