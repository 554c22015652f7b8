"""Ogg (Opus, Vorbis, Speex): the comment packet is replaced by an empty one; the pages of sound stay as they are."""

from dataclasses import dataclass

from domain.evidence.refusals import Refused

# The first bytes of the first packet → how many header packets there are, and the empty comment packet.
NOTHING_SAID = (0).to_bytes(4, "little") * 2  # no vendor, no comments
HEADERS = {
    b"OpusHead": (2, b"OpusTags" + NOTHING_SAID),
    b"\x01vorbis": (3, b"\x03vorbis" + NOTHING_SAID + b"\x01"),
    b"Speex   ": (2, NOTHING_SAID),
}
CONTINUED, LAST = 1, 4


def _crc_table() -> tuple[int, ...]:
    table = []
    for value in range(256):
        register = value << 24
        for _ in range(8):
            register = (register << 1 ^ (0x04C11DB7 if register & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(register)
    return tuple(table)


CRC_TABLE = _crc_table()


@dataclass(frozen=True)
class OggPage:
    """A page as RFC 3533 lays it out; `lacing` are the lengths of its segments."""

    flags: int
    position: bytes
    serial: bytes
    lacing: bytes
    body: bytes

    def written(self, number: int, flags: int | None = None) -> bytes:
        """Return the page with this number and its checksum."""
        head = b"OggS\0" + bytes([self.flags if flags is None else flags]) + self.position + self.serial
        head += number.to_bytes(4, "little")
        rest = bytes([len(self.lacing)]) + self.lacing + self.body
        return head + checksum(head + b"\0\0\0\0" + rest).to_bytes(4, "little") + rest


def checksum(page: bytes) -> int:
    """Return the checksum of a page, of which the checksum's own four bytes are zero."""
    register = 0
    for byte in page:
        register = (register << 8 & 0xFFFFFFFF) ^ CRC_TABLE[register >> 24 ^ byte]
    return register


def strip_ogg(content: bytes) -> bytes:
    """Return one stream of sound without comments. Raises Refused when cut off, or when it is not sound alone."""
    pages = _pages(content)
    known = next((value for mark, value in HEADERS.items() if pages[0].body.startswith(mark)), None)
    if known is None or len({page.serial for page in pages}) > 1:
        raise Refused("not_only_sound")
    wanted, comment = known
    packets, used = _header_packets(pages, wanted)
    if used >= len(pages) or not pages[-1].flags & LAST:
        raise Refused("broken")
    packets[1] = comment
    numbered = [pages[0], *_laid_out(packets[1:], pages[0].serial)]
    out = [page.written(number) for number, page in enumerate(numbered)]
    out += [page.written(number) for number, page in enumerate(pages[used:], start=len(numbered))]
    return b"".join(out)


def _pages(content: bytes) -> list[OggPage]:
    pages, at = [], 0
    while content[at : at + 5] == b"OggS\0":
        count = content[at + 26] if at + 27 <= len(content) else 256
        lacing = content[at + 27 : at + 27 + count]
        body = content[at + 27 + count : at + 27 + count + sum(lacing)]
        if len(lacing) < count or len(body) < sum(lacing):
            raise Refused("broken")
        pages.append(OggPage(content[at + 5], content[at + 6 : at + 14], content[at + 14 : at + 18], lacing, body))
        at += 27 + count + len(body)
    # What follows the last page is not sound; between two pages nothing may stand.
    if not pages or b"OggS\0" in content[at:]:
        raise Refused("broken")
    return pages


def _header_packets(pages: list[OggPage], wanted: int) -> tuple[list[bytes], int]:
    """Return the header packets and the number of pages that they fill; sound starts on a page of its own."""
    packets, open_packet = [], b""
    for number, page in enumerate(pages, start=1):
        at = 0
        for length in page.lacing:
            open_packet += page.body[at : at + length]
            at += length
            if length < 255:
                packets.append(open_packet)
                open_packet = b""
        if len(packets) >= wanted:
            if len(packets) > wanted or open_packet:
                raise Refused("broken")
            return packets, number
    raise Refused("broken")


def _laid_out(packets: list[bytes], serial: bytes) -> list[OggPage]:
    """Lay packets out on pages of at most 255 segments."""
    segments: list[tuple[int, bytes]] = []
    for packet in packets:
        segments += [(255, packet[at : at + 255]) for at in range(0, len(packet) - len(packet) % 255, 255)]
        rest = len(packet) % 255
        segments.append((rest, packet[len(packet) - rest :]))
    pages, goes_on = [], False
    for at in range(0, len(segments), 255):
        part = segments[at : at + 255]
        lacing, body = bytes(length for length, _ in part), b"".join(piece for _, piece in part)
        # A page on which no packet ends has no position: all bits set.
        position = bytes(8) if any(length < 255 for length in lacing) else b"\xff" * 8
        pages.append(OggPage(CONTINUED if goes_on else 0, position, serial, lacing, body))
        goes_on = lacing[-1] == 255
    return pages
