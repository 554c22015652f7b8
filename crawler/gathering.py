"""What all spiders of one run share: the store, the reader, the settings, the pace, and whom to tell of progress."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crawler.pace import Pace
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database

Progress = Callable[[str, Mapping[str, int]], None]


def silent(source: str, counts: Mapping[str, int]) -> None:
    """Tell nobody."""


@dataclass
class Gathering:
    """The surroundings of a run."""

    database: Database
    reader: Reader
    settings: Settings
    pace: Pace = field(init=False)
    progress: Progress = silent

    def __post_init__(self) -> None:
        self.pace = Pace(self.settings.allowed_origins)
