"""The bytes of a text as they are put together again, and where each character of it stood."""

from dataclasses import dataclass, field

GAP_MARK = "□"
# Stands for a first byte of which nothing is known but that there was one.
UNKNOWN = 0


@dataclass(frozen=True)
class LostWord:
    """A word that the source lost, at `position` of the repaired text, with a guess that is never filled in."""

    position: int
    guess: str
    confidence: float


@dataclass
class Stream:
    """What has been mended so far: the characters, where they stood, and the first byte of an open one."""

    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    lost: list[LostWord] = field(default_factory=list)
    pending: tuple[int, int] | None = None  # a first byte that waits for its second, and its offset
    searches: int = 0  # how often all bytes were tried

    def put_byte(self, byte: int, offset: int) -> None:
        """Add one byte: a character's first, or the second of the one that is open."""
        if self.pending is not None:
            lead, at = self.pending
            self.pending = None
            if lead == UNKNOWN:
                self.put_gap("", 0.0, at)
            else:
                self.put(bytes((lead, byte)).decode("gbk", errors="replace"), at)
        elif byte < 0x80:
            self.put(chr(byte), offset)
        else:
            self.pending = (byte, offset)

    def put(self, text: str, offset: int) -> None:
        """Add characters that all stood at `offset`."""
        self.characters.extend(text)
        self.offsets.extend([offset] * len(text))

    def put_character(self, character: str, offset: int) -> None:
        """Add a character of the text as it stands; where one is open, its bytes."""
        if self.pending is None:
            self.put(character, offset)
            return
        found = encoded(character)
        if found is None:
            self.drop_pending()
            self.put(character, offset)
            return
        for byte in found:
            self.put_byte(byte, offset)

    def put_gap(self, guess: str, confidence: float, offset: int) -> None:
        """Add a mark for what is lost, with what it may have been."""
        self.lost.append(LostWord(len(self.characters), guess, confidence))
        self.put(GAP_MARK, offset)

    def drop_pending(self) -> None:
        """Give up the open character."""
        if self.pending is not None:
            self.put("\ufffd", self.pending[1])
            self.pending = None

    @property
    def open_bytes(self) -> bytes:
        """The first byte of the open character, where one is open."""
        return bytes(self.pending[:1]) if self.pending is not None else b""

    def last_pair(self) -> str:
        """Return the character that the two bytes written last are, wherever characters begin; else ``."""
        tail = (encoded("".join(self.characters[-2:])) or b"") + self.open_bytes
        return tail[-2:].decode("gbk", errors="ignore") if len(tail) > 1 else ""

    def last_byte(self) -> int | None:
        """Return the byte written last; None where the last character has none in GBK."""
        if self.pending is not None:
            return self.pending[0]
        found = encoded(self.characters[-1]) if self.characters else None
        return found[-1] if found else None


def encoded(text: str) -> bytes | None:
    """Return the bytes of a text in GBK, None where it has none there.

    Pairs that GBK leaves free, which browsers show as characters of private use, have theirs too; € is what Windows
    shows for the byte 80.
    """
    found = bytearray()
    for character in text:
        try:
            of_one = b"\x80" if character == "€" else character.encode("gb18030")
        except UnicodeEncodeError:
            return None
        if len(of_one) > 2:
            return None
        found += of_one
    return bytes(found) or None
