"""`python -m evaluation.group_words LM.TXT`: group words of two characters by what they stand beside.

Of 老婆, 老公 and 岳母 the texts to learn from may hold one: what the model learns of it, it then knows of its
neighbours too. LM.TXT is the model of pairs of words of open-gram (CC BY-SA 3.0), which Debian ships in
sunpinyin-data, written out by `tslminfo -v -l WORDS lm_sc.t3g` of sunpinyin-utils (WORDS: a word and its number a line,
as in pydict_sc.bin). The same groups come out again.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

from domain.tactic_reading.lexicon.word_groups import WORD_GROUPS_FILE

# How many groups, and how many groups of groups: in left-out texts the three beside each other did best.
SMALL, MIDDLE, LARGE = 3000, 1000, 250
DIMENSIONS, SEED = 150, 7
# A word that stands beside fewer others is known too little to be grouped.
FEWEST_NEIGHBOURS = 12
Vectors = Any  # arrays of numpy, which is there to train and not to check types
HEADER = """\
# Words of two characters in groups of what they stand beside: numbers of the larger groups | words.
# Counted once by `python -m evaluation.group_words` from the pairs of words of open-gram, (c) MDBG, Kov Chai,
# virus huo, Tinyfool and others, CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/), as is this file.
"""


def _section(path: Path, wanted: int) -> Iterator[list[str]]:
    """Yield the columns of each line of the section of singles (1) or pairs (2): words, -log of how likely, ..."""
    section = -1
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line[0] == "\\":
                section += 1
                if section > wanted:
                    return
            elif section == wanted and len(columns := line.split()) == wanted + 3:
                yield columns


def _vectors(path: Path) -> tuple[list[str], Vectors, Vectors]:
    """Return the words, their vectors of length 1, and beside how many others each stands more often than by chance."""
    alone = {columns[0]: float(columns[1]) for columns in _section(path, 1)}
    words = sorted(alone)
    numbers = {word: number for number, word in enumerate(words)}
    rows, columns, values = [], [], []
    for left, right, unlikely, *_ in _section(path, 2):
        if left in numbers and right in numbers and (above := alone[right] - float(unlikely)) > 0:
            rows.append(numbers[left])
            columns.append(numbers[right])
            values.append(above)
    beside = csr_matrix((values, (rows, columns)), shape=(len(words), len(words)))
    both = hstack([beside, beside.T]).tocsr()
    left, strength, _ = randomized_svd(both, n_components=DIMENSIONS, random_state=SEED, n_iter=3)
    vectors = left * np.sqrt(strength)
    return words, _of_length_one(_of_length_one(vectors) - _of_length_one(vectors).mean(0)), np.diff(both.indptr)


def _of_length_one(vectors: Vectors) -> Vectors:
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _groups(vectors: Vectors, number: int) -> tuple[Vectors, Vectors]:
    means = MiniBatchKMeans(number, random_state=SEED, n_init=1, batch_size=4096, max_iter=60).fit(vectors)
    return means.labels_, means.cluster_centers_


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def main(path: Path) -> None:
    """Group the words and write them."""
    words, vectors, neighbours = _vectors(path)
    kept = [n for n, word in enumerate(words) if len(word) == 2 and neighbours[n] >= FEWEST_NEIGHBOURS]
    small, centres = _groups(vectors[kept], SMALL)
    middle, _ = _groups(_of_length_one(centres), MIDDLE)
    large, _ = _groups(_of_length_one(centres), LARGE)
    members: dict[int, list[str]] = {}
    for number, group in zip(kept, small, strict=True):
        members.setdefault(int(group), []).append(words[number])
    lines = [f"{middle[group]},{large[group]}|" + " ".join(own) for group, own in sorted(members.items())]
    WORD_GROUPS_FILE.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
