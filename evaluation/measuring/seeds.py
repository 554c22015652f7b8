"""The five articles that the project began with: every lender, no counted tactic, every contact line masked."""

import json
from pathlib import Path

from commands.read import finding_line
from domain.reading import Reader
from evaluation import HERE

SHARED = HERE.parents[1] / "shared"


def seed_figures(reader: Reader, shared: Path = SHARED) -> dict[str, float | None]:
    """Return shares over the five articles; all None where they are not beside this checkout.

    They are read as complaints, the harder way: an article counts for nothing in any case.
    """
    if not (shared / "domain" / "seeds_expected.json").exists():
        return {"seed lenders": None, "seeds counting nothing": None, "seed contacts masked": None}
    expected = json.loads((shared / "domain" / "seeds_expected.json").read_text("utf-8"))["seeds"]
    lenders = nothing = masked = contacts = 0
    for row in expected:
        text = (shared / "seeds" / row["file"]).read_text("utf-8")
        line = finding_line(row["file"], reader, text, "complaint")
        lenders += set(line["lenders"]) == {named["slug"] for named in row["lenders"] if named["role"] == "subject"}
        nothing += not line["counted"]
        for value in row["personal_data"]:
            contacts += 1
            masked += any(m["start"] <= value["raw_start"] and value["raw_end"] <= m["end"] for m in line["pii"])
    return {
        "seed lenders": lenders / len(expected),
        "seeds counting nothing": nothing / len(expected),
        "seed contacts masked": masked / contacts,
    }
