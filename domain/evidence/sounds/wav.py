"""WAV: the format and the sound stay, every other chunk (LIST, bext, iXML, id3) goes."""

from domain.evidence.refusals import Refused

# PCM, floating point, A-law, µ-law, the ADPCMs, GSM, and the extensible form of them.
CODECS = {1, 2, 3, 6, 7, 0x11, 0x31, 0xFFFE}
SIZE_UNKNOWN = (0, 0xFFFFFFFF)


def strip_wav(content: bytes) -> bytes:
    """Return a WAV of its format and sound alone. Raises Refused when it is cut off or holds no sound."""
    chunks = dict(_chunks(content))
    layout, sound = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(layout) < 16 or not sound or int.from_bytes(layout[:2], "little") not in CODECS:
        raise Refused("broken")
    kept = [(b"fmt ", layout[:40])]
    if len(chunks.get(b"fact", b"")) >= 4:
        kept.append((b"fact", chunks[b"fact"][:4]))
    body = b"".join(
        name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
        for name, data in [*kept, (b"data", sound)]
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    found: list[tuple[bytes, bytes]] = []
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        left = len(content) - at - 8
        if name == b"data" and size in SIZE_UNKNOWN:
            # A recorder that was stopped hard had no time to write the length: the sound goes on to the end.
            size = left
        if size > left:
            raise Refused("broken")
        if name not in dict(found):
            found.append((name, content[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
        if name == b"data":
            break
    return found
