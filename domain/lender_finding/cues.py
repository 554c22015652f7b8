"""What a text is about, as far as it decides whether a lender named in it is its subject: collecting, dealing, news."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CUES_FILE = Path(__file__).with_name("lender_cues.txt")
# Two different words make a piece of news or an advert of a text; one alone stands in complaints too (余额, 中介).
ENOUGH = 2


@lru_cache(maxsize=1)
def cue_classes() -> dict[str, str]:
    """Return {cue: class} of `lender_cues.txt` (written with _ for a blank there)."""
    found: dict[str, str] = {}
    for line in CUES_FILE.read_text("utf-8").splitlines():
        name, _, words = line.partition(": ")
        if not line.startswith("#"):
            found |= {word.replace("_", " "): name for word in words.split()}
    return found


@dataclass(frozen=True)
class Stance:
    """How many different cues of each class a text holds."""

    strong: int
    dealing: int
    market: int
    advert: int
    daily: int

    def passing(self, strong: bool) -> str | None:
        """Why a lender is named only in passing here, or None where the text may be about it.

        A name that is not `strong` counted only because its people do something here: then somebody deals with it.
        """
        if self.advert >= ENOUGH and self.strong <= 1:
            return "an advert names it"
        if self.market >= ENOUGH and not self.strong:
            return "news of the market names it"
        if strong and self.daily and not self.strong and not self.dealing:
            return "nobody has to do with it here"
        return None

    @property
    def is_about_debts(self) -> bool:
        """Whether a name that is an everyday word too may be taken as a lender's far from any word of lending."""
        return self.strong > 0 or self.dealing >= ENOUGH


def stance_of(cues: Iterable[str]) -> Stance:
    """Count the different cues of a text."""
    classes = cue_classes()
    counts = dict.fromkeys(("strong", "dealing", "market", "advert", "daily"), 0)
    for cue in set(cues):
        counts[classes[cue]] += 1
    return Stance(**counts)
