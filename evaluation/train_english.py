"""`python -m evaluation.train_english`: learn domain/redaction/english/phrase_weights.npz.

A small network is taught, word by word, what is a part of a name, an address or a work in English texts
(english_texts.py). What it knows of a word before is what the encoder of sentences was published with, where that knows
it whole. Needs torch (`ops/setup encoder`); some minutes of one core.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from domain.redaction.english.network import WEIGHTS_FILE
from domain.redaction.english.sights import OTHER, QUESTIONS, answers, row_of, words_in
from domain.tactic_reading.sentence_encoder.encoder import PIECES_FILE, unpacked_rows
from evaluation.learning.english_texts import english_texts
from evaluation.learning.phrase_network import PhraseNetwork
from evaluation.learning.phrase_texts import Span
from evaluation.train_phrases import PARTS, Encoded, teach

# A word has a row of its own where it was met so often: others are told by their shape and ending.
OFTEN = 12
# The share of words that are told so at a step, for an employer's words are seldom known.
HIDDEN = 0.2
WORD_BEGINS = "▁"
# Questions are told behind one another in one table.
FIRST_OF_EACH = np.cumsum([0, *QUESTIONS[:-1]])


def known_words(texts: Sequence[tuple[str, list[Span]]]) -> tuple[list[str], Any]:
    """Return the words that have a row, what stands behind a text and for others first, and what the encoder knows."""
    with np.load(PIECES_FILE, allow_pickle=False) as arrays:
        pieces = arrays["pieces"].tobytes().decode("utf-8").split("\n")
        places = {piece[1:]: place for place, piece in enumerate(pieces) if piece.startswith(WORD_BEGINS)}
        counts = Counter(row_of(word.text) for text, _ in texts for word in words_in(text))
        often = sorted(word for word, count in counts.items() if count >= OFTEN and word not in ("\n", OTHER))
        words = ["\n", OTHER, *often]
        met = [place for place, word in enumerate(words) if word in places]
        numbers = [places[words[place]] for place in met]
        vectors = unpacked_rows(arrays["rows"][numbers], arrays["scales"][numbers])
    known = np.zeros((len(words), vectors.shape[1]), np.float32)
    known[met] = vectors / np.sqrt((vectors**2).mean())
    return words, known


def encoded(text: str, spans: Sequence[Span], rows: dict[str, int]) -> Encoded:
    """Return for each word its row, the numbers of its answers (n by 3) and what it is a part of."""
    words = words_in(text + "\n")
    parts = np.zeros(len(words), np.int64)
    for letter, start, end in spans:
        inside = [place for place, word in enumerate(words) if word.start < end and start < word.end]
        if letter in PARTS and inside:
            parts[inside], parts[inside[0]] = PARTS[letter][1], PARTS[letter][0]
    told = np.array([answers(word.text) for word in words]) + FIRST_OF_EACH
    return np.array([rows.get(row_of(word.text), rows[OTHER]) for word in words]), told, parts


@click.command()
@click.option("--rounds", default=6, show_default=True, help="How often all texts are learned.")
@click.option("--to", default=str(WEIGHTS_FILE), help="Where the weights go.")
def main(rounds: int, to: str) -> None:
    """Learn, and write the weights."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    told = [text for text in english_texts() if text[0].strip()]
    words, known = known_words(told)
    rows = {word: row for row, word in enumerate(words)}
    texts = [encoded(text, spans, rows) for text, spans in told]
    click.echo(f"{len(texts)} texts, {sum(len(one) for one, _, _ in texts)} words, {len(words)} of them known")
    network = PhraseNetwork(known, np.zeros((len(words), 1), np.int64), QUESTIONS)
    teach(network, texts, rounds, QUESTIONS, rows[OTHER], HIDDEN)
    network.write(Path(to), "\0".join(words))


if __name__ == "__main__":
    main()
