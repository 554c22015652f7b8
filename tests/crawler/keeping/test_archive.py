"""What stands in the archive is what warcio itself would have written, and reads again with it."""

import hashlib
import uuid
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Capture
from crawler.keeping.archive import Archive, read_copy

PAGES = {
    "plain": ((("Content-Type", "text/html; charset=utf-8"), ("ETag", 'W/"a1"')), "<p>晨星消费金融</p>".encode()),
    "empty": ((), b""),
    "a header twice": ((("Link", "<a>"), ("Link", "<b>")), b"\x00\xff\r\n\r\nHTTP/1.1 200 OK\r\n"),
    "a header beyond ASCII": (
        (("X-Site", "云岭银行"), ("Content-Disposition", 'inline; filename="页.html"')),
        b"x" * 70000,
    ),
}


def _written_by_warcio(capture: Capture) -> bytes:
    unpacked = BytesIO()
    writer = WARCWriter(unpacked, gzip=False)
    length = [("Content-Length", str(len(capture.body)))]
    headers = StatusAndHeaders(f"{capture.status} OK", [*capture.headers, *length], protocol="HTTP/1.1")
    warc = {
        "WARC-Date": capture.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        **({"WARC-IP-Address": capture.ip_address} if capture.ip_address else {}),
    }
    record = writer.create_warc_record(
        capture.address, "response", payload=BytesIO(capture.body), http_headers=headers, warc_headers_dict=warc
    )
    writer.write_record(record)
    return unpacked.getvalue()


def _record_in(folder: Path, copy: dict[str, object]) -> bytes:
    packed = (folder / str(copy["file"])).read_bytes()
    return zlib.decompress(packed[int(str(copy["offset"])) :][: int(str(copy["length"]))], zlib.MAX_WBITS | 16)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("ip_address", ["", "192.0.2.7"])
def test_a_record_is_byte_by_byte_what_warcio_writes(
    page: str, ip_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers, body = PAGES[page]
    at = datetime(2026, 11, 26, 20, 5, 7, 89, tzinfo=UTC)
    capture = Capture("http://a.example/催收?n=1", 200, headers, body, "", at, ip_address)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=7))
    archive = Archive(tmp_path, 1)
    copies = [archive.keep(capture), archive.keep(Capture("http://a.example/2", 404, (), b"none", "", at))]
    archive.close()
    assert all(copies)
    assert _record_in(tmp_path, copies[0] or {}) == _written_by_warcio(capture)


def test_warcio_reads_the_archive_from_its_beginning_and_finds_its_digests_right(tmp_path: Path) -> None:
    at, archive = datetime(2026, 11, 26, tzinfo=UTC), Archive(tmp_path, 1)
    captures = [
        Capture(f"http://a.example/{number}", 200, headers, body, hashlib.sha256(body).hexdigest(), at)
        for number, (headers, body) in enumerate(PAGES.values())
    ]
    copies = [archive.keep(capture) or {} for capture in captures]
    archive.close()
    [file] = tmp_path.rglob("*.warc.gz")
    with file.open("rb") as opened:
        records = ArchiveIterator(opened, check_digests="raise")
        read = [(record.rec_headers["WARC-Target-URI"], record.content_stream().read()) for record in records]
    assert read == [(capture.address, capture.body) for capture in captures]
    assert [read_copy(tmp_path, copy) for copy in copies] == [capture.body for capture in captures]
