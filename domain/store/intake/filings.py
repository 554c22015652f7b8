"""What is filed, as plain values: what a borrower sends, what the reader found in it, what comes back."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from domain.evidence.vault import Prepared
from domain.models import ANNOUNCED_AS
from domain.readings import Reading


@dataclass(frozen=True)
class Threat:
    """What the collector announced (`tactic` code), for when, and what became of it (see models.OUTCOMES).

    `kind` (models.THREAT_KINDS) is worked out from the tactic where it is not given.
    """

    tactic: str
    announced_for: date | None
    outcome: str
    kind: str = ""

    @property
    def known_kind(self) -> str:
        """Return the kind as given, else the first that stands under this tactic."""
        return self.kind or next((kind for kind, code in ANNOUNCED_AS.items() if code == self.tactic), "other")


@dataclass(frozen=True)
class Event:
    """One thing that happened: on a day at a time ("21:05"), or `about` in words; each part may be missing.

    `channel` is of models.CHANNELS, `contacted` of models.CONTACTED, `scripts` are the collector's words in it.
    """

    occurred_on: date | None = None
    occurred_at: str | None = None
    about: str = ""
    channel: str | None = None
    contacted: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filing:
    """What a borrower sends. `lender` is a slug of the registry or free text; `region` a GB/T 2260 code of 6 digits.

    `collector` is the collector's firm, slug or free text. `overdue`, `amount`, `wants` and `written_by` are words of
    models.vocabulary. `more_masks` are words to be masked wherever they stand. `lender_sent` and `collector_sent`
    are the words that the registry made `lender` and `collector` of; only the fingerprint asks for them.
    """

    lender: str
    narrative: str
    tactics: tuple[str, ...]
    consent: str
    occurred_on: date | None = None
    region: str | None = None
    product: str = ""
    scripts: tuple[str, ...] = ()
    threats: tuple[Threat, ...] = ()
    contact: str = ""
    language: str = "zh-Hans"
    collector: str = ""
    written_by: str = "borrower"
    events: tuple[Event, ...] = ()
    overdue: str | None = None
    amount: str | None = None
    wants: tuple[str, ...] = ()
    more_masks: tuple[str, ...] = ()
    lender_sent: str = field(default="", repr=False)
    collector_sent: str = field(default="", repr=False)

    @property
    def all_scripts(self) -> list[tuple[str, int | None]]:
        """Return every message with the number of its event, counted from 1; None for one that stands alone."""
        of_events = [(text, number) for number, event in enumerate(self.events, start=1) for text in event.scripts]
        return [*((text, None) for text in self.scripts), *of_events]

    @property
    def first_day(self) -> date | None:
        """Return the day it happened, as given or as the first of the events says."""
        days = [event.occurred_on for event in self.events if event.occurred_on]
        return self.occurred_on or min(days, default=None)

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of everything that was sent: the same key with another body is told apart by it.

        The same body has the same one whatever the registry makes of its names by now.
        """
        sent = self
        if self.lender_sent or self.collector_sent:
            lender, collector = self.lender_sent or self.lender, self.collector_sent or self.collector
            sent = replace(self, lender=lender, collector=collector)
        # `repr` names every field, of the parts too, and writes what is no character as an escape.
        return hashlib.sha256(repr(sent).encode()).hexdigest()


@dataclass(frozen=True)
class ReadFiling:
    """A filing with what the reader found: in the narrative and in each of `filing.all_scripts`.

    `contact_sealed` is encrypted; `product` and `abouts` (one for each event) are masked; `sketch` as in
    domain.fingerprints.likeness; `files` lie in the vault already, each only once. Where the reader failed, every text
    is empty.
    """

    filing: Filing
    narrative: Reading
    scripts: tuple[Reading, ...] = ()
    contact_sealed: str | None = None
    product: str = ""
    abouts: tuple[str, ...] = ()
    sketch: str = ""
    files: tuple[Prepared, ...] = ()
    is_readable: bool = True


def unreadable(filing: Filing) -> ReadFiling:
    """Return a filing that no reading could be made of: nothing in it may be shown, what was ticked counts."""
    nothing = Reading("", filing.language)
    return ReadFiling(
        filing, nothing, (nothing,) * len(filing.all_scripts), abouts=("",) * len(filing.events), is_readable=False
    )


@dataclass(frozen=True)
class Filed:
    """The answer to a filing, made only once it is on disk; `is_new` is False for a repeated request."""

    id: str
    receipt: str
    is_new: bool
