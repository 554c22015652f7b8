"""The texts that were read worst, of the sets that may be looked into."""

from domain.reading import Reader
from evaluation.measuring import findings
from evaluation.measuring.documents import assertions_by_code
from evaluation.measuring.private_data import missed
from evaluation.measuring.sets import SETS, Row


def print_worst(reader: Reader, number: int) -> None:
    """Print the worst texts of each open set with what was missed and what was invented; held texts stay unseen."""
    for labelled in SETS:
        if not labelled.open:
            continue
        faults = [(_faults(row, found), row) for row, found in findings(reader, labelled)]
        faults.sort(key=lambda fault: -len(fault[0]))
        print(f"\n{labelled.name}: the worst {number}")
        for wrong, row in faults[:number]:
            if wrong:
                print(f"\n{row['id']} [{row['genre']}] {row['text']}\n    " + "\n    ".join(wrong))


def _faults(row: Row, found: Row) -> list[str]:
    faults = [f"private data missed: {value}" for value in missed(row, found)]
    for key in ("counted", "lenders"):
        faults += [f"{key} missed: {label}" for label in sorted(set(row[key]) - set(found[key]))]
        faults += [f"{key} invented: {label}" for label in sorted(set(found[key]) - set(row[key]))]
    if row["relevant"] != found["relevant"]:
        faults.append(f"relevant should be {row['relevant']}")
    wanted, got = assertions_by_code(row), assertions_by_code(found)
    for code in sorted(wanted.keys() & got.keys()):
        if wanted[code] != got[code]:
            faults.append(f"{code} should be {sorted(wanted[code])}, not {sorted(got[code])}")
    return faults
