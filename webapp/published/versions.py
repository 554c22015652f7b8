"""How an article read before: its versions, and what each changed in the words of the one before it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from domain.models import Article, ArticleVersion

# Cut where a reader would, into sentences: characters would tear words, lines would repeat a page for a comma.
PIECE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+")
# The comparison's time grows with the square of the sentences.
MOST_PIECES = 3000
SHOWN_AROUND = 1


@dataclass(frozen=True)
class Difference:
    """A stretch of text that is `same`, `added` or `removed`; `cut` where unchanged text was left out."""

    how: str
    text: str = ""


@dataclass(frozen=True)
class Version:
    """One version of an article: when it was fetched, what it changed, and the pages that were archived with it."""

    number: int
    fetched_at: datetime
    differences: tuple[Difference, ...]
    title_before: str | None
    title: str
    status_before: str
    status: str
    copies: Sequence[Mapping[str, Any]]


def versions(article: Article, rows: Sequence[ArticleVersion]) -> list[Version]:
    """Return the versions, the latest first; the first one has no differences."""
    found = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        found.append(
            Version(
                number=number + 1,
                fetched_at=row.fetched_at,
                title=row.title,
                copies=row.copies,
                differences=tuple(differences(_text(before, article), _text(row, article))) if before else (),
                title_before=before.title if before and before.title != row.title else None,
                status_before=_status(before) if before else "",
                status=_status(row),
            )  # fmt: skip
        )
    return found[::-1]


def differences(before: str, after: str) -> Iterator[Difference]:
    """Yield what changed between two texts, sentence by sentence, with a sentence around each change, if any."""
    old, new = PIECE.findall(before)[:MOST_PIECES], PIECE.findall(after)[:MOST_PIECES]
    # A last sentence that another follows now has got the end of its line, no more.
    alike = SequenceMatcher(None, [piece.strip() for piece in old], [piece.strip() for piece in new], autojunk=False)
    steps = alike.get_opcodes()
    for how, i1, i2, j1, j2 in steps if {step[0] for step in steps} != {"equal"} else ():
        if how == "equal":
            is_last = (i2, j2) == (len(old), len(new))
            yield from _shortened(new[j1:j2], is_first=(i1, j1) == (0, 0), is_last=is_last)
            continue
        if i2 > i1:
            yield Difference("removed", "".join(old[i1:i2]))
        if j2 > j1:
            yield Difference("added", "".join(new[j1:j2]))


def _shortened(pieces: Sequence[str], is_first: bool, is_last: bool) -> Iterator[Difference]:
    head = [] if is_first else pieces[:SHOWN_AROUND]
    tail = [] if is_last else pieces[max(len(head), len(pieces) - SHOWN_AROUND) :]
    if head:
        yield Difference("same", "".join(head))
    if len(head) + len(tail) < len(pieces):
        yield Difference("cut")
    if tail:
        yield Difference("same", "".join(tail))


def _text(row: ArticleVersion, article: Article) -> str:
    return article.public_text if row.public_text is None else row.public_text


def _status(row: ArticleVersion) -> str:
    return str(row.details.get("status", ""))
