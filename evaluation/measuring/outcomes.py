"""What is measured on texts of what became of threats: which outcome of which threat is read, and by which words."""

from collections.abc import Mapping, Sequence

from commands.read import finding_line
from domain.models import OUTCOMES
from domain.reading import Reader
from evaluation.measuring.rates import Rates, mean_over_labels, over_all, share
from evaluation.measuring.sets import OutcomeSet, Row

Pairs = Sequence[tuple[Row, Row]]


def outcome_findings(reader: Reader, labelled: OutcomeSet) -> list[tuple[Row, Row]]:
    """Return each labelled text with the line that `doorstep read --jsonl` prints for it."""
    return [(row, finding_line(row["id"], reader, row["text"], "complaint")) for row in labelled.rows()]


def outcome_figures(pairs: Pairs) -> dict[str, float | None]:
    """Return the figures on (labelled, found) pairs, by the name of their row in the table.

    An outcome is right where the threat's code is too, but those of one kind are counted whatever was threatened.
    """
    wanted = [(labelled["threat_outcome"], found) for labelled, found in pairs if labelled["threat_outcome"]]
    silent = [found["threat_outcome"] for labelled, found in pairs if not labelled["threat_outcome"]]
    kinds = [(_kind(labelled), _kind(found)) for labelled, found in pairs]
    threats = [(_told(labelled["threats"]), _told(found.get("threats", []))) for labelled, found in pairs]
    by_kind = {f"outcomes {kind}": _f1(kinds, kind) for kind in OUTCOMES}
    return {
        "threat outcomes": share(sum(outcome == found["threat_outcome"] for outcome, found in wanted), len(wanted)),
        "outcomes by kind": mean_over_labels(kinds),
        **by_kind,
        "each threat's outcome": over_all(threats).f1,
        "outcomes shown": share(*_shown(pairs)),
        "outcomes of nothing": share(sum(1 for outcome in silent if outcome), len(silent)),
    }


def _kind(row: Mapping[str, Mapping[str, str] | None]) -> set[str]:
    outcome = row["threat_outcome"]
    return {outcome["outcome"]} if outcome else set()


def _f1(kinds: Sequence[tuple[set[str], set[str]]], kind: str) -> float:
    rates: Rates = over_all([(labelled & {kind}, found & {kind}) for labelled, found in kinds])
    return rates.f1


def _told(threats: Sequence[Mapping[str, str | None]]) -> set[str]:
    return {f"{threat['code']} {threat['outcome']}" for threat in threats if threat["outcome"]}


def _shown(pairs: Pairs) -> tuple[int, int]:
    """Count the outcomes read right whose passage touches the words that tell it, and the outcomes read right."""
    right = shown = 0
    for labelled, found in pairs:
        places = {_key(threat): _place(labelled["text"], threat) for threat in labelled["threats"] if threat["told"]}
        for threat in found.get("threats", []):
            if threat["outcome"] and (place := places.get(_key(threat))):
                right += 1
                start, end = threat["told"]
                shown += start < place[1] and place[0] < end
    return shown, right


def _key(threat: Mapping[str, str]) -> tuple[str, str]:
    return threat["code"], threat["outcome"]


def _place(text: str, threat: Mapping[str, str]) -> tuple[int, int]:
    start = text.index(threat["told"])
    return start, start + len(threat["told"])
