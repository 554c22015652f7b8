"""`python -m evaluation.train_phrases`: learn domain/redaction/phrases/phrase_weights.npz.

A small network is taught, character by character, what is a part of a name, an address or a work (phrase_texts.py).
What it knows of a character before is what the encoder of sentences was published with, so that one it never met in a
name of a house is like others of its meaning. Needs torch (`ops/setup encoder`); some five minutes of one core.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from domain.redaction.names.features import SURNAMES, classes, is_han, is_rare, surname_ranks, typical
from domain.redaction.phrases.network import WEIGHTS_FILE
from domain.redaction.phrases.sights import QUESTIONS, Characters, codes_of, known_words, sights
from domain.redaction.places.known_places import known_chains
from domain.tactic_reading.sentence_encoder.encoder import PIECES_FILE, unpacked_rows
from evaluation.learning.phrase_network import ANSWERS, PhraseNetwork
from evaluation.learning.phrase_texts import Span, phrase_texts

# What stands for all characters of a kind (`kind` of names/features.py), and for a Chinese one that has no row.
KINDS, OTHER = '^0a_"(),.:*', "?"
# The parts that a character of each kind begins and goes on with.
PARTS = {"n": (1, 2), "a": (3, 4), "w": (5, 6)}
# Characters in one step, at most; how much is learned at a step at its height, and the share of steps that rise to it.
AT_ONCE, PACE, RISING = 3000, 0.003, 0.1
# The share of Chinese characters that are hidden at a step: what stands around them has to tell.
HIDDEN = 0.04
# The longest slope that is followed at a step.
STEEPEST = 1.0
UNLABELLED = -1
Encoded = tuple[Any, Any, Any]


def known_characters() -> tuple[str, Any]:
    """Return the characters that have a row, kinds first, and what the encoder knows of each (n by 384)."""
    with np.load(PIECES_FILE, allow_pickle=False) as arrays:
        pieces = arrays["pieces"].tobytes().decode("utf-8").split("\n")
        places = {piece: place for place, piece in enumerate(pieces) if len(piece) == 1 and is_han(piece)}
        numbers = list(places.values())
        vectors = unpacked_rows(arrays["rows"][numbers], arrays["scales"][numbers])
    listed = (
        bytes((row, place)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for place in range(0xA1, 0xFF)
    )
    characters = KINDS + OTHER + "".join(sorted({character for character in listed if character} | places.keys()))
    known = np.zeros((len(characters), vectors.shape[1]), np.float32)
    known[[characters.index(character) for character in places]] = vectors / np.sqrt((vectors**2).mean())
    return characters, known


def traits(character: str) -> list[int]:
    """Return how common a character is as a surname, and how typical of given names: numbers of rows."""
    steps = [typical()[place].get(character, 0) + 4 for place in ("first", "second", "single")]
    rank = "abcde".index(surname_ranks()[character]) + 1 if character in SURNAMES else 0
    given = (character in classes()["given"]) + 2 * (is_han(character) and is_rare(character))
    return [rank, 6 + steps[0], 15 + steps[1], 24 + steps[2], 33 + given]


def encoded(text: str, spans: Sequence[Span], rows: Characters) -> Encoded:
    """Return for each character of a text its row, the numbers of its answers (n by 4) and what it is a part of."""
    folded = text + "\n"
    codes = codes_of(folded)
    told, answers, done = sights(codes, known_words(folded, known_chains(folded))), [], sum(QUESTIONS)
    for size in reversed(QUESTIONS):
        done -= size
        answers.append(told % size + done)
        told = told // size
    parts = np.zeros(len(folded), np.int64)
    for letter, start, end in spans:
        if letter in PARTS:
            parts[start], parts[start + 1 : end] = PARTS[letter]
    return rows.rows(codes).astype(np.int64), np.stack(answers[::-1], 1), parts


def steps(lengths: Sequence[int], chance: random.Random) -> Iterator[list[list[int]]]:
    """Yield the texts of each step: one or up to three behind each other, of like length with the others."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    joined, place = [], 0
    while place < len(order):
        count = chance.choice((1, 1, 2, 3))
        joined.append(order[place : place + count])
        place += count
    joined.sort(key=lambda texts: sum(lengths[text] for text in texts) + 8 * chance.random())
    step: list[list[int]] = []
    groups = []
    for texts in joined:
        if step and (len(step) + 1) * (sum(lengths[text] for text in texts) + 8) > AT_ONCE:
            groups.append(step)
            step = []
        step.append(texts)
    groups.append(step)
    chance.shuffle(groups)
    yield from groups


def together(step: list[list[int]], texts: Sequence[Encoded], blank: Any) -> tuple[Any, Any, Any]:
    """Return rows, answers and parts of a step (joined texts by places), what is behind the end of each left out."""
    joined = [[np.concatenate([texts[text][part] for text in one]) for part in range(3)] for one in step]
    longest = max(len(rows) for rows, _, _ in joined)
    rows = np.zeros((len(step), longest), np.int64)
    answers = np.tile(blank, (len(step), longest, 1))
    parts = np.full((len(step), longest), UNLABELLED)
    for place, (own_rows, own_answers, own_parts) in enumerate(joined):
        rows[place, : len(own_rows)] = own_rows
        answers[place, : len(own_rows)] = own_answers
        parts[place, : len(own_rows)] = own_parts
    return torch.tensor(rows), torch.tensor(answers), torch.tensor(parts)


def teach(
    network: PhraseNetwork,
    texts: Sequence[Encoded],
    rounds: int,
    questions: Sequence[int] = QUESTIONS,
    other: int = len(KINDS),
    hidden_share: float = HIDDEN,
) -> None:
    """Teach all texts so many times; rows behind `other`, which stands for unknown ones, are hidden now and then."""
    chance, measure = random.Random(1), torch.nn.CrossEntropyLoss(ignore_index=UNLABELLED)  # noqa: S311
    blank = np.cumsum([0, *questions[:-1]])
    lengths = [len(rows) for rows, _, _ in texts]
    learner = torch.optim.AdamW(network.groups(), lr=PACE)
    plan = [list(steps(lengths, chance)) for _ in range(rounds)]
    pace = torch.optim.lr_scheduler.OneCycleLR(learner, PACE, total_steps=sum(map(len, plan)) + 1, pct_start=RISING)
    for number, groups in enumerate(plan):
        lost = 0.0
        for step in groups:
            rows, answers, parts = together(step, texts, blank)
            hidden = (torch.rand(rows.shape) < hidden_share) & (rows > other)
            odds = network(torch.where(hidden, other, rows), answers)
            loss = measure(odds.reshape(-1, ANSWERS), parts.reshape(-1))
            learner.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), STEEPEST)
            learner.step()
            pace.step()
            lost += loss.item()
        click.echo(f"round {number + 1}: {lost / len(groups):.4f}")


@click.command()
@click.option("--rounds", default=8, show_default=True, help="How often all texts are learned.")
@click.option("--to", default=str(WEIGHTS_FILE), help="Where the weights go.")
def main(rounds: int, to: str) -> None:
    """Learn, and write the weights."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    characters, known = known_characters()
    rows = Characters(characters)
    texts = [encoded(text, spans, rows) for text, spans in phrase_texts() if text]
    click.echo(f"{len(texts)} texts, {sum(len(one) for one, _, _ in texts)} characters")
    network = PhraseNetwork(known, np.array([traits(character) for character in characters]))
    teach(network, texts, rounds)
    network.write(Path(to), characters)


if __name__ == "__main__":
    main()
