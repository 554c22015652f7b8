"""MP3: the frames stay; ID3, APE and Lyrics tags, covers and whatever stands between or behind the frames go."""

from dataclasses import dataclass

from domain.evidence.refusals import Refused

# kbit/s by index, and samples a second by version and index (ISO 11172-3, ISO 13818-3; 2.5 is Fraunhofer's extension).
BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# Covers are the largest thing that stands between tags and frames; more than this is no MP3.
MOST_JUNK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Frame:
    """A frame: where it starts, its length in bytes, and what all frames of one sound share."""

    start: int
    length: int
    family: tuple[int, int]


def strip_mp3(content: bytes) -> bytes:
    """Return the frames alone. Raises Refused when there are hardly any, or fewer than the file says."""
    frames = _frames(content)
    if len(frames) < 2:
        raise Refused("broken")
    promised = _promised(content, frames[0])
    # Encoders count with or without the frame that holds the count.
    if promised and len(frames) < promised:
        raise Refused("broken")
    return b"".join(content[frame.start : frame.start + frame.length] for frame in frames)


def frame_at(content: bytes, at: int) -> Frame | None:
    """Return the frame that starts here, None when none does."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = (head[1] >> 3) & 3, head[2] >> 4, (head[2] >> 2) & 3
    if version == 1 or rate == 3:
        return None
    kilobits = (BITRATES_1 if version == 3 else BITRATES_2)[bits]
    if not kilobits:
        return None
    length = (144000 if version == 3 else 72000) * kilobits // RATES[version][rate] + ((head[2] >> 1) & 1)
    return Frame(at, length, (version, rate))


def _frames(content: bytes) -> list[Frame]:
    found: list[Frame] = []
    at, junk = _behind_tags(content), 0
    while at < len(content):
        frame = frame_at(content, at)
        if frame and at + frame.length <= len(content) and (_goes_on(content, frame) or _is_like(found, frame)):
            found.append(frame)
            at += frame.length
            continue
        step = content.find(b"\xff", at + 1)
        if step < 0 or (junk := junk + step - at) > MOST_JUNK:
            break
        at = step
    return found


def _goes_on(content: bytes, frame: Frame) -> bool:
    after = frame_at(content, frame.start + frame.length)
    return after is not None and after.family == frame.family


def _is_like(found: list[Frame], frame: Frame) -> bool:
    """Tell whether a frame follows the one before at once: the last one of a sound has none behind it."""
    last = found[-1] if found else None
    return last is not None and last.start + last.length == frame.start and last.family == frame.family


def _behind_tags(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3":
        size = content[at + 6 : at + 10]
        if len(size) < 4 or max(size) > 127:
            raise Refused("broken")
        at += 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    return at


def _promised(content: bytes, first: Frame) -> int:
    """Return how many frames the first one says there are (Xing, Info), 0 when it does not say."""
    head = content[first.start : first.start + 60]
    at = max(head.find(b"Xing"), head.find(b"Info"))
    if at < 0 or not head[at + 7] & 1:
        return 0
    return int.from_bytes(head[at + 8 : at + 12], "big")
