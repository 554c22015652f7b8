"""What is measured on labelled texts beside private data: lenders, tactics, how they are asserted, relevance."""

from collections import defaultdict
from collections.abc import Sequence

from domain.lenders import LenderEntry
from evaluation.measuring.rates import Rates, mean_over_labels, over_all, share
from evaluation.measuring.sets import Row

Pairs = Sequence[tuple[Row, Row]]


def document_figures(pairs: Pairs, lenders: Sequence[LenderEntry]) -> dict[str, float | None]:
    """Return the figures of the issue's table on (labelled, found) pairs, by the name of their row."""
    aliases = {entry.slug: [alias.text.lower() for alias in entry.aliases] for entry in lenders}
    counted = [(set(labelled["counted"]), set(found["counted"])) for labelled, found in pairs]
    subjects = [(set(labelled["lenders"]), set(found["lenders"])) for labelled, found in pairs]
    named = [
        ({slug for slug in slugs if any(alias in row["text"].lower() for alias in aliases[slug])}, found)
        for (slugs, found), (row, _) in zip(subjects, pairs, strict=True)
    ]
    quiet = [found for labelled, found in counted if not labelled]
    return {
        "lenders": over_all(subjects).f1,
        "lenders named": over_all(named).f1,
        "counted, micro": over_all(counted).f1,
        "counted, macro": mean_over_labels(counted),
        "assertions": _assertions(pairs),
        "relevance": _relevance(pairs).f1,
        "counted for nothing": share(sum(1 for found in quiet if found), len(quiet)),
        "threat outcomes": _outcomes(pairs),
    }


def assertions_by_code(row: Row) -> dict[str, set[str]]:
    """Return how each tactic of a text is asserted; a text can threaten one and deny it."""
    by_code: dict[str, set[str]] = defaultdict(set)
    for tactic in row["tactics"]:
        by_code[tactic["code"]].add(tactic["assertion"])
    return by_code


def _assertions(pairs: Pairs) -> float | None:
    """Return the share of codes, found where they are labelled, whose kinds of assertion are all right."""
    matched = right = 0
    for labelled, found in pairs:
        wanted, got = assertions_by_code(labelled), assertions_by_code(found)
        for code in wanted.keys() & got.keys():
            matched += 1
            right += wanted[code] == got[code]
    return share(right, matched)


def _relevance(pairs: Pairs) -> Rates:
    both = [(labelled["relevant"], found["relevant"]) for labelled, found in pairs]
    return Rates(both.count((True, True)), both.count((False, True)), both.count((True, False)))


def _outcomes(pairs: Pairs) -> float | None:
    """Return the share of labelled outcomes of threats that were read right; None when the reader tells none."""
    wanted = [(labelled["threat_outcome"], found) for labelled, found in pairs if labelled["threat_outcome"]]
    if not any("threat_outcome" in found for _, found in wanted):
        return None
    return share(sum(outcome == found.get("threat_outcome") for outcome, found in wanted), len(wanted))
