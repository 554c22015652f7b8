"""What all spiders of one run share: the store, the reader, the settings, the pace, and whom to tell of progress."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.frontier.frontier import Frontier, open_frontier
from crawler.frontier.marks import SharedMarks
from crawler.frontier.pace import SharedPace
from crawler.items import GatheredArticle
from crawler.keeping.archive import Archive
from crawler.runs.claims import Known
from crawler.runs.marks import Marks, OwnMarks
from crawler.runs.pace import Pace
from crawler.runs.robots_rules import KeptRules
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database

Progress = Callable[[str, Mapping[str, int]], None]
Shown = Callable[[GatheredArticle], None]


def silent(source: str, counts: Mapping[str, int]) -> None:
    """Tell nobody."""


@dataclass
class Gathering:
    """The surroundings of a run.

    `limit`: take at most so many items of each source. `shown`: a dry run; items are handed to it and nothing is
    stored. `afresh`: read again what is unchanged.
    """

    database: Database
    reader: Reader
    settings: Settings
    progress: Progress = silent
    limit: int | None = None
    shown: Shown | None = None
    afresh: bool = False
    pace: Pace = field(init=False)
    archive: Archive = field(init=False)
    # What the sources of this process have claimed of each other.
    claims: Known = field(init=False, default_factory=dict)
    marks: dict[str, Marks] = field(init=False, default_factory=dict)
    rules: KeptRules = field(init=False, default_factory=KeptRules)
    # Several processes gather together where the settings name a frontier; a dry run is always alone.
    frontier: Frontier | None = field(init=False, default=None)
    parsers: Any = field(init=False, default=None)
    # What is remembered of pages, where it is asked for over a connection that stays open.
    memory: Any = field(init=False, default=None)
    # The process that stores; a dry run has none.
    keeper: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.pace = Pace(self.settings.allowed_origins)
        self.frontier = None if self.is_dry else open_frontier(self.settings)
        if self.frontier is not None:
            self.pace = SharedPace(self.frontier, self.settings.allowed_origins)
        self.archive = Archive(self.settings.archive_folder, self.settings.archive_gigabytes)

    def marks_of(self, source: str) -> Marks:
        """Return the marks of a source's run, which the others may look into."""
        if source not in self.marks:
            self.marks[source] = SharedMarks(self.frontier, source) if self.frontier is not None else OwnMarks()
        return self.marks[source]

    @property
    def is_dry(self) -> bool:
        """Whether nothing is to be stored."""
        return self.shown is not None
