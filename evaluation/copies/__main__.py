"""`python -m evaluation.copies`: how many copies of articles are folded into their first, and what else is, by kind.

Nothing is stored: texts are looked up by their keys and judged as `domain.store.gathering.copies` does.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import click

from domain.fingerprints.article_prints import ArticlePrint, are_copies, article_keys
from domain.repairing.repair import repair
from domain.store.gathering.copies import COMPARED
from evaluation.copies.spinning import Story, filled, followed_up, of_another, quoting, reworded, spins, stories

SEEDS_FOLDER = Path(__file__).parents[3] / "shared" / "seeds"
FILLS_OF_A_TEMPLATE = 16
CHANGES = (("other numbers", True, False), ("other lender", False, True), ("other numbers, lender", True, True))
NUMBER = re.compile("[0-9]{2,}")
# An article in which one number is another one is the same, corrected.
FEWEST_CHANGED = 2


class Firsts:
    """Articles in memory, found by their keys as the store finds them."""

    def __init__(self) -> None:
        self._prints: list[ArticlePrint] = []
        self._of_key: dict[int, list[int]] = defaultdict(list)

    def add(self, text: str) -> int:
        """Keep a text; return its number."""
        own = print_of(text)
        self._prints.append(own)
        for key in dict.fromkeys(article_keys(own)):
            self._of_key[key].append(len(self._prints) - 1)
        return len(self._prints) - 1

    def candidates(self, own: ArticlePrint) -> list[int]:
        """Return those that share the most keys with a text."""
        shared = Counter(number for key in dict.fromkeys(article_keys(own)) for number in self._of_key.get(key, ()))
        return [number for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:COMPARED]]

    def first_of(self, text: str) -> tuple[int | None, list[int]]:
        """Return the text that this one is a copy of, and those that were compared with it."""
        own = print_of(text)
        likely = self.candidates(own)
        return next((number for number in likely if are_copies(own, self._prints[number])), None), likely


def print_of(text: str) -> ArticlePrint:
    """Return the fingerprint of a text as it would be stored."""
    return ArticlePrint(repair(text).text)


def sources() -> list[Story]:
    """Return our articles, and the five seeds where they stand beside the checkout."""
    found = stories()
    for path in sorted(SEEDS_FOLDER.glob("*.txt")):
        title, *lines = [line for line in repair(path.read_text("utf-8")).text.split("\n") if line.strip()]
        found.append(Story(path.stem[:3], "none", title, tuple(lines)))
    return found


def others(own: list[Story], dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, text, other text) of pairs that are no copies of one another."""
    for one, other in combinations(own, 2):
        kind = "one event, two newsrooms" if one.event == other.event != "none" else "other article"
        yield kind, one.text, other.text
    for template, texts in filled(FILLS_OF_A_TEMPLATE, dice).items():
        for text, sibling in combinations(dict.fromkeys(texts), 2):
            yield f"template {template}", text, sibling
            yield "template, reworded 10 %", text, reworded(sibling, 10, dice)
    for story in own:
        for kind, numbers, lenders in CHANGES:
            changed = of_another(story.text, dice, numbers=numbers, lenders=lenders)
            if (
                len(set(NUMBER.findall(story.text)) - set(NUMBER.findall(changed))) >= FEWEST_CHANGED
                or changed != story.text
                and lenders
            ):
                yield kind, story.text, changed
    for one, other in zip(own, [*own[1:], own[0]], strict=True):
        if one.in_english == other.in_english:
            yield "quotes a part", other.text, quoting(one, other, dice)
            yield "follows up", one.text, followed_up(one, other)


def folded_by_kind(own: list[Story], draws: int, dice: random.Random) -> dict[str, Counter[str]]:
    """Return for each way of spinning how many copies there are (`all`), how many were folded into their article,
    for how many it was among the candidates, and how many were folded into another (`wrong`)."""
    firsts = Firsts()
    numbers = {story.name: firsts.add(story.text) for story in own}
    for texts in filled(FILLS_OF_A_TEMPLATE, dice).values():
        for text in texts:
            firsts.add(text)
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for story in (story for _ in range(draws) for story in own):
        for kind, text in spins(story, dice):
            found, likely = firsts.first_of(text)
            is_right = found == numbers[story.name]
            rows[kind].update(
                all=1,
                folded=is_right,
                candidate=numbers[story.name] in likely,
                wrong=found is not None and not is_right,
            )
    return rows


def false_folds(own: list[Story], dice: random.Random) -> dict[str, Counter[str]]:
    """Return for each kind of pairs that are no copies how many there are, and how many would be folded."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, one, other in others(own, dice):
        rows[kind].update(all=1, folded=are_copies(print_of(one), print_of(other)))
    return rows


@click.command()
@click.option("--draws", default=3, help="How often each article is spun in each way.")
@click.option("--seed", default=1)
def measure(draws: int, seed: int) -> None:
    """Print recall of each way of spinning and false folds of each kind of other text."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    own = sources()
    print_table("copies", folded_by_kind(own, draws, dice), "folded", "candidate", "wrong")
    print_table("no copies", false_folds(own, dice), "folded")


def print_table(title: str, rows: dict[str, Counter[str]], *columns: str) -> None:
    """Print the counts of each kind, and of all."""
    click.echo(f"\n{title:28} {'all':>6} " + " ".join(f"{column:>12}" for column in columns))
    for kind, counts in [*rows.items(), ("together", summed(rows.values()))]:
        shares = " ".join(f"{counts[column]:6} {counts[column] / counts['all']:5.3f}" for column in columns)
        click.echo(f"{kind:28} {counts['all']:6} {shares}")


def summed(rows: Iterable[Counter[str]]) -> Counter[str]:
    """Return the counts of all kinds together."""
    return sum(rows, Counter())


if __name__ == "__main__":
    measure()
