"""AMR, as Chinese telephones record calls: a mark and frames; what follows the last frame goes."""

from domain.evidence.refusals import Refused

# Bytes of a frame without its first one, by frame type (RFC 4867, table 1; 3GPP TS 26.201): None is no frame.
NARROW = (12, 13, 15, 17, 19, 20, 26, 31, 5, None, None, None, None, None, None, 0)
WIDE = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, None, None, None, None, 0, 0)


def strip_amr(content: bytes) -> bytes:
    """Return the mark and the whole frames. Raises Refused when the last frame is cut off or there is none."""
    mark, lengths = (b"#!AMR-WB\n", WIDE) if content.startswith(b"#!AMR-WB\n") else (b"#!AMR\n", NARROW)
    at = len(mark)
    while at < len(content):
        head = content[at]
        length = lengths[(head >> 3) & 15]
        # The first bit and the last two are padding, which is zero in every file that a recorder writes.
        if head & 0x83 or length is None:
            break
        if at + 1 + length > len(content):
            raise Refused("broken")
        at += 1 + length
    if at == len(mark):
        raise Refused("broken")
    return content[:at]
