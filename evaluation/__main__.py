"""`python -m evaluation`: print how well the labelled texts are read, beside the targets and the accepted figures."""

import click

from evaluation.measuring import SEEDS, evaluation_reader, measure
from evaluation.measuring.accepted import read_accepted, write_accepted
from evaluation.measuring.sets import OUTCOME_SETS, SETS
from evaluation.measuring.table import falls, print_table
from evaluation.measuring.worst import print_worst


@click.command()
@click.option("--accept", is_flag=True, help="Keep the present figures as the accepted ones.")
@click.option("--check", is_flag=True, help="Exit with 1 when a figure is worse than the accepted one.")
@click.option("--worst", type=int, metavar="N", help="Print the N worst texts of each open set instead.")
def evaluate(accept: bool, check: bool, worst: int | None) -> None:
    """Read every labelled text and print each figure with its target, what was last accepted and what it is now."""
    reader = evaluation_reader()
    if worst is not None:
        print_worst(reader, worst)
        return
    measured = measure(reader)
    accepted = read_accepted()
    sizes = {labelled.name: len(labelled.rows()) for labelled in (*SETS, *OUTCOME_SETS)} | {SEEDS: 5}
    for name, figures in measured.items():
        if all(figure is None for figure in figures.values()):
            print(f"\n{name}: not measured, for ../shared is not beside this checkout")
        else:
            print_table(f"{name} ({sizes[name]} texts)", figures, accepted.get(name, {}))
    if accept:
        write_accepted(measured)
    fallen = [f"{name}: {fall}" for name in measured for fall in falls(measured[name], accepted.get(name, {}))]
    if check and fallen:
        click.echo("\nWorse than accepted (meant so? python -m evaluation --accept):\n" + "\n".join(fallen), err=True)
        raise SystemExit(1)


if __name__ == "__main__":
    evaluate()
