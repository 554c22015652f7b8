"""Sound without its tags, container by container: the coded sound stays bit for bit, everything beside it goes."""

from collections.abc import Callable

from domain.evidence.sounds.amr import strip_amr
from domain.evidence.sounds.mp3 import strip_mp3
from domain.evidence.sounds.mp4 import strip_mp4
from domain.evidence.sounds.ogg import strip_ogg
from domain.evidence.sounds.wav import strip_wav

STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "amr": strip_amr, "mp3": strip_mp3, "m4a": strip_mp4, "ogg": strip_ogg, "wav": strip_wav,
}  # fmt: skip
