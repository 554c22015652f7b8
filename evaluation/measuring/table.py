"""The rows of the table: what is measured, the target, and how a set's figures are printed."""

from collections.abc import Mapping
from dataclasses import dataclass

Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class Line:
    """One row: the key of its figure, what it says, its target (None: for information) and its direction."""

    key: str
    says: str
    target: float | None = None
    lower_is_better: bool = False

    def worse(self, now: float, before: float) -> bool:
        """Say whether a figure fell behind another; figures are kept to four digits."""
        return now > before + 0.00005 if self.lower_is_better else now < before - 0.00005


# Targets: issue 4. Rows without one say what the others hide.
LINES = (
    Line("lenders", "lenders in the subject role, F1", 0.95),
    Line("lenders named", "  of those that the text names at all"),
    Line("counted, micro", "counted tactics, micro F1", 0.85),
    Line("counted, macro", "counted tactics, macro F1", 0.80),
    Line("assertions", "assertion accuracy on matched codes", 0.88),
    Line("relevance", "relevance F1", 0.95),
    Line("checked numbers", "ID and card numbers with a right checksum found", 1.0),
    Line("phones and accounts", "phones, accounts, mail found", 0.995),
    Line("names and places", "names, addresses, workplaces found (characters)", 0.95),
    Line("other private data", "plates, contract numbers, private links (characters)"),
    Line("masked for nothing", "characters masked that are no private data", 0.02, lower_is_better=True),
    Line("names and hotlines kept", "lender names and hotlines kept", 0.99),
    Line("sums and dates kept", "sums, dates, rule numbers kept"),
    Line("families", "script families, pairwise F1", 0.90),
    Line("counted for nothing", "texts counted that count for nothing", lower_is_better=True),
    Line("threat outcomes", "outcomes of threats read right"),
    Line("outcomes by kind", "  F1 of the kinds of outcome, mean"),
    Line("outcomes happened", "  of those that happened, F1"),
    Line("outcomes not_happened", "  of those that did not happen"),
    Line("outcomes not_yet", "  of those still to come"),
    Line("outcomes unknown", "  of those of which nobody knows"),
    Line("each threat's outcome", "  of each threat of a text, F1"),
    Line("outcomes shown", "  right ones shown by the words that tell them"),
    Line("outcomes of nothing", "texts given an outcome that tell none", lower_is_better=True),
    Line("seed lenders", "seed articles with every lender and no other", 1.0),
    Line("seeds counting nothing", "seed articles with no counted tactic", 1.0),
    Line("seed contacts masked", "contact lines of the seed articles masked", 1.0),
)


def print_table(name: str, figures: Figures, accepted: Figures) -> None:
    """Print the rows of one set, each with its target, the figure last accepted and the present one."""
    print(f"\n{name:54s} {'target':>8s} {'accepted':>9s} {'now':>8s}")
    for line in LINES:
        if line.key not in figures:
            continue
        now, before = figures[line.key], accepted.get(line.key)
        values = f"{_shown(line.target):>8s} {_shown(before):>9s} {_shown(now):>8s}"
        print(f"{line.says:54s} {values}{_remark(line, now, before)}")


def falls(figures: Figures, accepted: Figures) -> list[str]:
    """Return the rows in which the present figure is worse than the accepted one."""
    worse = []
    for line in LINES:
        now, before = figures.get(line.key), accepted.get(line.key)
        if now is not None and before is not None and line.worse(now, before):
            worse.append(f"{line.says.strip()}: {now:.4f}, accepted {before:.4f}")
    return worse


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.4f}"


def _remark(line: Line, now: float | None, before: float | None) -> str:
    if now is None:
        return ""
    remarks = []
    if line.target is not None and line.worse(now, line.target):
        remarks.append("below target" if not line.lower_is_better else "above target")
    if before is not None and line.worse(now, before):
        remarks.append("WORSE THAN ACCEPTED")
    return f"  {', '.join(remarks)}" if remarks else ""
