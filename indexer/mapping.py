"""The fields of the index, as data; each engine makes its own schema of them."""

import hashlib
import json
from dataclasses import dataclass

from indexer import analysis

# Raise it when documents come out differently though no field below changed.
DOCUMENTS_VERSION = 1


@dataclass(frozen=True)
class Field:
    """One field. `kind` is `keyword` (whole values), `number` (64-bit, unsigned) or `tokens` (split at spaces).

    `counted`: facets and trends count its values. `positions`: phrases can be looked for in it. `kept`: its value can
    be read back. Token fields are never read back: what a page shows comes from the store.
    """

    name: str
    kind: str
    counted: bool = False
    positions: bool = False
    kept: bool = False


ID, VERSION, CONTENT_HASH, SORT_NUMBER, DAY = "id", "version", "content_hash", "sort_number", "day"

# Names of FACETS are names of fields. `tactic_assertion` holds pairs such as `visit_threatened:collector_threat`.
KEYWORDS = ("kind", "lender", "tactic", "assertion", "tactic_assertion", "month", "region", "source")

# A text is indexed three ways. `unit`: every unit with its position (one-character queries, mixed runs like A卡,
# quoted phrases). `pair`: bigrams of Chinese runs with positions, for phrases of two and more characters: in 20,000
# records 催 stands in most of them and 上门催收 in few, so pairs read far less. `stem`: English words by their stems.
FAMILIES = ("title", "text", "name")
WAYS = ("unit", "pair", "stem")

# Keys (see analysis.keys) that make a match weigh more: what stands at the head of a text, what stands in it often.
LEAD, OFTEN = "lead", "often"

FIELDS = (
    Field(ID, "keyword", kept=True),
    Field(VERSION, "number", kept=True),
    Field(CONTENT_HASH, "keyword", kept=True),
    Field(SORT_NUMBER, "number", kept=True),
    Field(DAY, "number"),
    *(Field(name, "keyword", counted=True) for name in KEYWORDS),
    *(Field(f"{family}_{way}", "tokens", positions=True) for family in FAMILIES for way in WAYS),
    Field(LEAD, "tokens"),
    Field(OFTEN, "tokens"),
)

# Words whose analysis depends on folding, on OpenCC's tables and on the stemmer. Where a new version of one of them
# cuts them otherwise, an index made before can't be searched rightly any more: it has another format.
_PROBE = "微眾銀行ＷｅＢａｎｋ 裏著麵乾隆，third-party collectors' harassment 上门\n催收 36.5％"


def index_format() -> str:
    """Return the name of the format that this code reads and writes: fields, documents and analysis together."""
    probe = [analysis.unit_texts(_PROBE), analysis.keys(analysis.unit_texts(_PROBE))]
    described = json.dumps([DOCUMENTS_VERSION, [vars(field) for field in FIELDS], probe])
    return hashlib.sha256(described.encode()).hexdigest()[:8]
