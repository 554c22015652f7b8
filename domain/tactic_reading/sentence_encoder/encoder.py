"""The encoder: from a sentence to the log odds of the tactics that it tells of, and of how it asserts them."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from domain.tactic_reading.sentence_encoder.pieces import Pieces

Array = np.ndarray[Any, Any]
FOLDER = Path(__file__).parent
# The layers with their weights in eight bits, and the pieces of words with what each begins with.
LAYERS_FILE, PIECES_FILE = FOLDER / "layers.onnx", FOLDER / "pieces.npz"
# What onnxruntime calls errors; its warnings tell of processors.
ERRORS_ONLY = 3
# Pieces: what is longer is cut, as it was when the encoder was taught.
LONGEST = 128
# Log odds are rounded to so many digits, for processors add in different orders.
DIGITS = 2
# Sentences whose opinions are kept, some 3 MB: what a form has read is read again when it is filed and when it is
# published, and what collectors send is told in the same words by many.
MOST_KEPT, BYTES_OF_A_KEY = 4_000, 16


class Opinion(NamedTuple):
    """The log odds that a sentence tells of each code, and that it asserts in each way, in the encoder's orders."""

    tactics: Array
    assertions: Array


class SentenceEncoder:
    """Pieces and layers; built once per process."""

    def __init__(self, layers: Path = LAYERS_FILE, pieces: Path = PIECES_FILE) -> None:
        """Read both files; 125 MB in memory, for the layers are computed in 32 bits."""
        # Only where a sentence is in doubt: a command that reads nothing does not pay for it.
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

        with np.load(pieces, allow_pickle=False) as arrays:
            self.codes, self.assertions = _lines(arrays["codes"]), _lines(arrays["assertions"])
            self._rows, self._scales, self._places = arrays["rows"], arrays["scales"], arrays["places"]
            self._pieces = Pieces(_lines(arrays["pieces"]), arrays["likelihoods"].tolist())
        alone = SessionOptions()
        alone.log_severity_level = ERRORS_ONLY
        alone.intra_op_num_threads = alone.inter_op_num_threads = 1
        self._layers = InferenceSession(layers, alone, providers=["CPUExecutionProvider"])
        self._kept: dict[bytes, Opinion] = {}

    def opinion(self, sentence: str) -> Opinion:
        """Return what is told of a folded sentence; of one that was asked about lately, what was told then."""
        # Of the sentence itself nothing is kept: whoever withdraws a complaint leaves none of it in memory.
        key = blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=BYTES_OF_A_KEY).digest()
        opinion = self._kept.get(key)
        if opinion is None:
            opinion = self._told_of(sentence)
            if len(self._kept) >= MOST_KEPT:
                self.forget()
            self._kept[key] = opinion
        return opinion

    def forget(self) -> None:
        """Keep no opinion: the next sentence is asked about whether it was before or not."""
        self._kept.clear()

    def _told_of(self, sentence: str) -> Opinion:
        numbers = self._pieces.of(sentence)[:LONGEST]
        rows = unpacked_rows(self._rows[numbers], self._scales[numbers]) + self._places[: len(numbers)]
        odds = self._layers.run(["odds"], {"rows": rows[None].astype(np.float32)})[0][0].astype(float).round(DIGITS)
        return Opinion(odds[: len(self.codes)], odds[len(self.codes) :])


def unpacked_rows(packed: Array, scales: Array) -> Array:
    """Return rows (... by size) of numbers of four bits: `packed` (... by blocks by 16) with `scales` (... by blocks).

    The lower bits of the 16 bytes of a block are its first 16 numbers, the upper ones the other 16.
    """
    blocks = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    rows: Array = (blocks * scales[..., None].astype(np.float32)).reshape(*packed.shape[:-2], -1)
    return rows


def _lines(array: Array) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """Return the encoder, read when the first sentence is in doubt."""
    return SentenceEncoder()
