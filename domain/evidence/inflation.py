"""How large the streams of a PDF become when a reader inflates them: a bomb must not go off at a moderator's."""

import zlib

from pikepdf import Array, Name, Pdf, Stream

from domain.evidence.refusals import Refused

# 40 million dots in three colours; and a scanned folder of pages.
LARGEST_STREAM = 160 * 1024 * 1024
LARGEST_SUM = 1024 * 1024 * 1024
STEP = 4 * 1024 * 1024
# LZW makes at most 2,700 bytes of one, run lengths 64.
GROWTH = {"/LZWDecode": 2700, "/LZW": 2700, "/RunLengthDecode": 64, "/RL": 64}
FLATE = ("/FlateDecode", "/Fl")


def check_inflation(source: Pdf) -> None:
    """Raise Refused when one stream, or all together, would become too large."""
    total = 0
    for thing in source.objects:
        if isinstance(thing, Stream):
            total += inflated_size(thing)
            if total > LARGEST_SUM:
                raise Refused("too_demanding")


def inflated_size(stream: Stream) -> int:
    """Return the size of a stream once inflated. Raises Refused when it is past the limit."""
    data = stream.read_raw_bytes()
    for name in _filters(stream):
        if name in FLATE:
            data = _inflated(data)
        elif name in GROWTH:
            if len(data) * GROWTH[name] > LARGEST_STREAM:
                raise Refused("too_demanding")
        else:
            # A picture's own coding: its dots are counted by its width and height.
            break
    return len(data)


def _filters(stream: Stream) -> list[str]:
    filters = stream.get("/Filter")
    if isinstance(filters, Name):
        return [str(filters)]
    return [str(one) for one in filters] if isinstance(filters, Array) else []


def _inflated(data: bytes) -> bytes:
    machine = zlib.decompressobj()
    pieces, size, left = [], 0, data
    try:
        while left and not machine.eof:
            piece = machine.decompress(left, STEP)
            left = machine.unconsumed_tail
            size += len(piece)
            if size > LARGEST_STREAM:
                raise Refused("too_demanding")
            pieces.append(piece)
            if not piece and not left:
                break
    except zlib.error:
        # Readers show what came before the fault; so much it is.
        pass
    return b"".join(pieces)
