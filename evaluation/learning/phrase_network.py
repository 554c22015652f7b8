"""The network of phrases as torch teaches it; domain/redaction/phrases/network.py computes the same with numpy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from domain.redaction.phrases.layers import FAR, SEEN
from domain.redaction.phrases.sights import QUESTIONS

# Numbers that each character is told by, and units of each layer.
SIZE, UNITS, ANSWERS = 24, 24, 7
# The share of what passes that is left out at random, and how far new weights lie from nothing.
LEFT_OUT, SPREAD = 0.1, 0.05
# How far what a character adds of its own is drawn to nothing: a seldom one is told by what the encoder knows of it.
DRAWN_TO_NOTHING, DRAWN = 0.3, 0.01


class PhraseNetwork(nn.Module):
    """What characters begin with, and the layers."""

    def __init__(self, known: Any, traits: Any, questions: Sequence[int] = QUESTIONS) -> None:
        """Take what the encoder knows of each character (n by 384), its traits (n by k, numbers of rows), and how many
        answers each question has.
        """
        super().__init__()
        self.known, self.traits = torch.tensor(known), torch.tensor(traits)
        self.project = nn.Linear(known.shape[1], SIZE, bias=False)
        self.own = nn.Embedding(len(known), SIZE)
        self.of_traits = nn.Embedding(int(traits.max()) + 1, SIZE)
        self.of_sights = nn.Embedding(sum(questions), SIZE)
        for rows in (self.own, self.of_traits, self.of_sights):
            nn.init.normal_(rows.weight, std=SPREAD)
        self.first = nn.Linear(SEEN * SIZE, UNITS)
        self.layers = nn.ModuleList(nn.Linear(3 * UNITS, UNITS) for _ in FAR)
        self.answers = nn.Linear(UNITS, ANSWERS)

    def rows(self) -> Any:
        """Return the row of each character (n by size)."""
        return self.project(self.known) + self.own.weight + self.of_traits(self.traits).sum(1)

    def forward(self, characters: Any, sights: Any) -> Any:
        """Return the log odds (texts by places by 7) of characters (texts by places) with the answers to questions."""
        values = self.rows()[characters] + self.of_sights(sights).sum(2)
        values, places, side = functional.dropout(values, LEFT_OUT, self.training), characters.shape[1], SEEN // 2
        around = functional.pad(values, (0, 0, side, side))
        seen = torch.cat([around[:, place : place + places] for place in range(SEEN)], 2)
        values = torch.relu(self.first(seen))
        for far, layer in zip(FAR, self.layers, strict=True):
            around = functional.pad(values, (0, 0, far, far))
            seen = torch.cat([around[:, :places], values, around[:, 2 * far :]], 2)
            values = values + torch.relu(layer(functional.dropout(seen, LEFT_OUT, self.training)))
        return self.answers(values)

    def groups(self) -> list[dict[str, Any]]:
        """Return the weights with how far each is drawn to nothing at every step."""
        others = [weights for name, weights in self.named_parameters() if name != "own.weight"]
        return [
            {"params": others, "weight_decay": DRAWN},
            {"params": [self.own.weight], "weight_decay": DRAWN_TO_NOTHING},
        ]

    def write(self, file: Path, characters: str) -> None:
        """Write the weights in 16 bits as the reader takes them."""
        arrays = {
            "characters": np.frombuffer(characters.encode(), np.uint8), "rows": _short(self.rows()),
            "sights": _short(self.of_sights.weight), "first": _short(self.first.weight.T),
            "start": _short(self.first.bias), "answers": _short(self.answers.weight.T),
            "answers bias": _short(self.answers.bias),
        }  # fmt: skip
        for far, layer in zip(FAR, self.layers, strict=True):
            arrays[f"weights {far}"], arrays[f"bias {far}"] = _short(layer.weight.T), _short(layer.bias)
        np.savez_compressed(file, **arrays)


def _short(weights: Any) -> Any:
    return weights.detach().numpy().astype(np.float16)
