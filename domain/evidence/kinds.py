"""The kinds of file that are taken, and how large each may be."""

from dataclasses import dataclass

MOST_FILES = 10
LARGEST_FILE = 20 * 1024 * 1024
# Above every telephone's camera in its usual mode (12, at times 50 and more in a mode of its own); 120 MB when decoded.
MOST_PIXELS = 40_000_000
MOST_PAGES = 300


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, the ending of a name for it, and its family (image, document, sound)."""

    name: str
    media_type: str
    family: str

    @property
    def ending(self) -> str:
        """The ending that a file of this kind is offered under."""
        return {"jpeg": "jpg"}.get(self.name, self.name)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("jpeg", "image/jpeg", "image"),
        Kind("png", "image/png", "image"),
        Kind("heic", "image/heic", "image"),
        Kind("webp", "image/webp", "image"),
        Kind("pdf", "application/pdf", "document"),
        Kind("mp3", "audio/mpeg", "sound"),
        Kind("m4a", "audio/mp4", "sound"),
        Kind("amr", "audio/amr", "sound"),
        Kind("ogg", "audio/ogg", "sound"),
        Kind("wav", "audio/wav", "sound"),
    )
}
