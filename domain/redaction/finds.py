"""What a search for private data finds."""

from collections.abc import Iterable
from dataclasses import dataclass

# Of finds that overlap the one that is surest of its kind stays: a card number is no phone number with digits around.
PRECEDENCE = ("cn_id", "bank_card", "email", "url_private", "contract_no", "wechat", "qq", "account", "phone",
              "landline", "plate", "address", "workplace", "name")  # fmt: skip


@dataclass(frozen=True)
class PrivateFind:
    """Private data at [start, end) of the text that was searched, code points."""

    type: str
    start: int
    end: int
    reason: str


def without_overlaps(finds: Iterable[PrivateFind]) -> list[PrivateFind]:
    """Return the finds in order; where two overlap the one of the surer kind stays, then the longer one."""
    kept: list[PrivateFind] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda find: (PRECEDENCE.index(find.type), find.start - find.end)):
        span = range(find.start, find.end)
        if find.start < find.end and taken.isdisjoint(span):
            kept.append(find)
            taken.update(span)
    return sorted(kept, key=lambda find: find.start)
