"""The encoder as torch teaches it: the layers of a transformer (Vaswani and others, 2017, as in BERT)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn
from torch.nn import functional

HEADS = 12
# Keeps a division by a variance of nothing finite; that of the published model.
LEAST_VARIANCE = 1e-12
MATRICES, SCALINGS = ("asked", "taken", "widened", "narrowed"), ("after_taking", "after_narrowing")
# What stands in for the values of a place behind the end of a sentence where the largest of all is looked for.
NEVER = -1e4
# The largest weight of a column is so much in the file; nothing is divided by less than TINY.
LARGEST, TINY = 127, 1e-8
# The share of what passes that is left out at random while it is taught.
LEFT_OUT = 0.1


class Layer(nn.Module):
    """One layer that begins with the published weights."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        super().__init__()
        for name in (*MATRICES, *SCALINGS):
            weights, bias = (torch.tensor(arrays[f"{name}.{part}"]) for part in ("weights", "bias"))
            linear = name in MATRICES
            part = nn.Linear(*weights.shape[::-1]) if linear else nn.LayerNorm(len(bias), eps=LEAST_VARIANCE)
            part.weight.data, part.bias.data = weights, bias
            self.add_module(name, part)

    def forward(self, values: Any, held: Any) -> Any:
        """Return what the layer makes of sentences (n by places by size) of which the places `held` hold a piece."""
        sentences, places, size = values.shape
        parts = self.asked(values).view(sentences, places, 3, HEADS, size // HEADS).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(*parts, attn_mask=held[:, None, None, :])
        taken = self.taken(attended.transpose(1, 2).reshape(sentences, places, size))
        values = self.after_taking(values + functional.dropout(taken, LEFT_OUT, self.training))
        narrowed = self.narrowed(functional.gelu(self.widened(values)))
        return self.after_narrowing(values + functional.dropout(narrowed, LEFT_OUT, self.training))


class Network(nn.Module):
    """What a sentence begins with, layers of which the lowest stand still, and the answers."""

    def __init__(self, rows: Any, places: Any, start: Sequence[Any], layers: Sequence[Mapping[str, Any]],
                 still: int, answers: int) -> None:  # fmt: skip
        super().__init__()
        self.rows, self.places = torch.tensor(rows), torch.tensor(places)
        self.start = nn.LayerNorm(self.rows.shape[1], eps=LEAST_VARIANCE)
        self.start.weight.data, self.start.bias.data = torch.tensor(start[0]), torch.tensor(start[1])
        self.layers = nn.ModuleList(map(Layer, layers))
        for part in (self.start, *self.layers[:still]):
            part.requires_grad_(False)
        self.answers = nn.Linear(2 * self.rows.shape[1], answers)
        nn.init.normal_(self.answers.weight, std=0.02)
        nn.init.constant_(self.answers.bias, -3.0)

    def forward(self, rows: Any, held: Any) -> Any:
        """Return the log odds of every answer (n by answers), given what each place (n by places) begins with.

        The places `held` hold a piece of the sentence; those behind its end do not.
        """
        values = self.start(rows)
        for layer in self.layers:
            values = layer(values, held)
        values, inside = values.float(), held[:, :, None]
        mean = (values * inside).sum(1) / inside.sum(1)
        most = values.masked_fill(~inside, NEVER).amax(1)
        return self.answers(functional.dropout(torch.cat([mean, most], 1), LEFT_OUT, self.training))

    def odds(self, pieces: Sequence[Sequence[int]]) -> Any:
        """Return the log odds of every answer (n by answers) in sentences, each the numbers of its pieces."""
        lengths = torch.tensor([len(one) for one in pieces])
        held = torch.arange(int(lengths.max())) < lengths[:, None]
        numbers = torch.zeros(held.shape, dtype=torch.long)
        numbers[held] = torch.tensor(np.concatenate(pieces))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self(self.rows[numbers] + self.places[: held.shape[1]], held)


class OneSentence(nn.Module):
    """The network for one sentence at a time, whose places all hold a piece."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, rows: Any) -> Any:
        """Return the log odds of every answer (1 by answers), given what each place (1 by places) begins with."""
        return self.network(rows, torch.ones_like(rows[:, :, 0], dtype=torch.bool))


def write(network: Network, file: Path) -> None:
    """Write the layers in the form of ONNX for one sentence at a time, their matrices in eight bits."""
    example = torch.zeros(1, 3, network.rows.shape[1])
    with TemporaryDirectory() as made:
        exact = Path(made) / "layers.onnx"
        torch.onnx.export(
            OneSentence(network).eval(), (example,), exact, input_names=["rows"], output_names=["odds"],
            dynamic_axes={"rows": {1: "places"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        onnx.save(with_small_matrices(onnx.load(exact)), file)


def with_small_matrices(model: Any) -> Any:
    """Return the model with every matrix as bytes and a scale for each column, from which it is made when it is read.

    What is computed stays in 32 bits: layers that round on their way answer otherwise on another processor (0018).
    """
    graph, made = model.graph, []
    for matrix in [one for one in graph.initializer if len(one.dims) == 2]:
        weights = numpy_helper.to_array(matrix)
        scales = np.maximum(np.abs(weights).max(axis=0, keepdims=True), TINY).astype(np.float32) / LARGEST
        name = matrix.name
        for part, array in (("bytes", np.rint(weights / scales).astype(np.int8)), ("scales", scales)):
            graph.initializer.append(numpy_helper.from_array(array, f"{name}.{part}"))
        made += [
            helper.make_node("Cast", [f"{name}.bytes"], [f"{name}.whole"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}.whole", f"{name}.scales"], [name]),
        ]
        graph.initializer.remove(matrix)
    nodes = [*made, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model
