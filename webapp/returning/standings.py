"""How a complaint stands, in the words of the receipt's page: what it means, what happens next, what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.evidence.kinds import MOST_FILES
from domain.filings.returning import Letter, is_due, opened
from domain.readings import Reading
from domain.settings import SITE_TIME_ZONE
from domain.store.intake import receipts
from domain.store.intake.receipts import AnnouncedThreat
from webapp.shell.language import Later as _l
from webapp.shell.services import services

# (state, what it means, what happens next). The state may depend on the consent: `published:figures`.
STATES: dict[str, tuple[Any, Any]] = {
    "received": (
        _l("It is kept and waits for a moderator."),
        _l("A moderator reads it before anything of it is shown. That can take some days. You need not do anything."),
    ),
    "received:private": (
        _l("It is kept, for the moderators alone."),
        _l("Nothing of it is shown or counted. You need not do anything."),
    ),
    "in_review": (
        _l("A moderator is reading it."),
        _l("After that it is published as you allowed, or a moderator writes to you on this page."),
    ),
    "published": (
        _l("It is published."),
        _l("Anybody can read it, with private data masked. You can still change or withdraw it."),
    ),
    "published:figures": (
        _l("It is counted."),
        _l("It is part of the figures; its words are not shown. You can still change or withdraw it."),
    ),
    "published:private": (
        _l("It is not shown any more."),
        _l("You took the permission back, so it is neither shown nor counted. Moderators may still read it."),
    ),
    "held": (
        _l("It is held back."),
        _l("A moderator has a question, or found something that must not be published. If there is a letter below, "
           "please answer it; you can also correct the text."),
    ),
    "rejected": (
        _l("It is not published: a moderator decided that it can’t be."),
        _l("If there is a letter below, it says why. If you correct the text, it is looked at once more."),
    ),
}  # fmt: skip
CONSENTS: dict[str, Any] = {
    "publish": _l("You allowed the text and the figures to be published."),
    "figures": _l("You allowed the figures only. The text is read by moderators only."),
    "private": _l("You allowed nothing to be published. Moderators may read it; it is neither shown nor counted."),
}
CONSENT_CHOICES: dict[str, tuple[Any, Any]] = {
    "publish": (_l("The text and the figures"), _l("With private data masked. A moderator looks at it first.")),
    "figures": (_l("The figures only"), _l("It is counted; nobody but the moderators reads the text.")),
    "private": (_l("Nothing"), _l("Only moderators read it; it is neither shown nor counted.")),
}
# What was announced, and the question that asks what became of it.
ANNOUNCED: dict[str, tuple[Any, Any]] = {
    "visit": (_l("They announced a visit"), _l("Did anybody come?")),
    "lawsuit": (_l("They announced a lawsuit"), _l("Did a court write to you?")),
    "police": (_l("They announced the police"), _l("Did the police come or call?")),
    "employer": (_l("They said that they would turn to your work"), _l("Did they?")),
    "contacts": (_l("They said that they would turn to people you know"), _l("Did they?")),
    "other": (_l("They announced something else"), _l("Did it happen?")),
}
OUTCOME_BUTTONS: dict[str, Any] = {
    "not_happened": _l("No, it did not happen"),
    "happened": _l("Yes, it happened"),
    "not_yet": _l("The day has not come yet"),
    "unknown": _l("I don’t know"),
}


@dataclass(frozen=True)
class ShownThreat:
    """A threat with its words, and whether the page asks what became of it."""

    threat: AnnouncedThreat
    what: Any
    question: Any
    is_due: bool


@dataclass(frozen=True)
class ShownStanding:
    """What the page shows. `complaint` is a row with the lender's names."""

    complaint: Any
    meaning: Any
    next: Any
    consent: Any
    letters: list[Letter]
    threats: list[ShownThreat]
    files: list[Any]
    room: int

    @property
    def has_question(self) -> bool:
        """Whether the last letter is a moderator's."""
        return bool(self.letters) and self.letters[-1].written_by == "moderator"

    @property
    def due(self) -> list[ShownThreat]:
        """The threats that the page asks about."""
        return [shown for shown in self.threats if shown.is_due]


def standing_of(receipt: str, parts: Sequence[str]) -> ShownStanding | None:
    """Return how the complaint of a receipt stands, None for a wrong or withdrawn one; `parts` as in store.receipts."""
    found = receipts.look(services().database, services().keys.receipt, receipt, parts)
    if found is None:
        return None
    complaint = found.complaint
    meaning, after = STATES.get(f"{complaint.status}:{complaint.consent}") or STATES[complaint.status]
    today = datetime.now(SITE_TIME_ZONE).date()
    return ShownStanding(
        complaint=complaint,
        meaning=meaning,
        next=after,
        consent=CONSENTS[complaint.consent],
        letters=opened(services().keys, found.letters),
        threats=[
            ShownThreat(threat, *ANNOUNCED[threat.kind], is_due(threat, complaint.received_at, today))
            for threat in found.threats
        ],
        files=list(found.files),
        room=MOST_FILES - len(found.files),
    )


def masked_pieces(reading: Reading) -> list[tuple[str, bool]]:
    """Return the text as it would be published, cut into (words, whether they stand in the place of something)."""
    pieces, done = [], 0
    for mask in sorted(reading.masks, key=lambda mask: mask.start):
        pieces += [(reading.public_text[done : mask.start], False), (reading.public_text[mask.start : mask.end], True)]
        done = mask.end
    return [piece for piece in [*pieces, (reading.public_text[done:], False)] if piece[0]]
