"""The stripped copy, through the real child process."""

import contextlib
import io
import zlib

import pikepdf
import pytest
from PIL import Image

from domain.evidence import stripping
from domain.evidence.judging import judge
from domain.evidence.kinds import MOST_PAGES
from domain.evidence.refusals import Refused
from domain.evidence.stripping import strip
from tests import evidence_files as files
from tests.evidence_files import CANARY


@pytest.fixture
def stripped(tmp_path):
    def run(content: bytes) -> bytes:
        copy, _ = strip(content, judge(content), tmp_path)
        assert list(tmp_path.iterdir()) == []
        return copy

    return run


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def refusal(stripped, content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        stripped(content)
    return caught.value.reason


@pytest.mark.parametrize("kind", files.EVERY_KIND)
def test_nothing_that_was_said_beside_the_content_is_left(stripped, kind):
    content = files.EVERY_KIND[kind]()
    assert CANARY in content or kind == "amr"  # which has room for sound only
    copy = stripped(content)
    for form in (CANARY, CANARY.decode().encode("utf-16-be"), CANARY.decode().encode("utf-16-le")):
        assert form not in copy


@pytest.mark.parametrize(("kind", "becomes"), [("jpeg", "JPEG"), ("png", "PNG"), ("webp", "JPEG"), ("heic", "JPEG")])
def test_a_picture_keeps_its_dots_and_nothing_else(stripped, kind, becomes):
    copy = opened(stripped(files.EVERY_KIND[kind]()))
    assert copy.format == becomes
    assert not copy.getexif()
    assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    # WebP was tagged as lying on its side: the red corner is at the top right now.
    corner = (copy.width - 2, 2) if kind == "webp" else (2, 2)
    red, green, blue = copy.convert("RGB").getpixel(corner)
    assert red > 200
    assert green < 80
    assert blue < 80


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_whichever_way_it_was_held(stripped, orientation):
    turned = {5, 6, 7, 8}
    copy = opened(stripped(files.jpeg(orientation)))
    assert copy.size == ((32, 48) if orientation in turned else (48, 32))


def test_a_picture_in_other_colours_is_brought_to_plain_ones(stripped):
    for mode, kind in (("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("LA", "PNG")):
        out = io.BytesIO()
        Image.new(mode, (20, 10), 1 if mode == "1" else None).save(out, kind)
        assert opened(stripped(out.getvalue())).mode in ("RGB", "RGBA", "L"), mode


def test_a_scan_of_sixteen_bits_does_not_turn_white(stripped):
    out = io.BytesIO()
    Image.new("I;16", (20, 10), 0x8000).save(out, "PNG")
    assert opened(stripped(out.getvalue())).getpixel((3, 3)) == 0x80


def test_forty_million_dots_are_counted_before_anything_is_decoded(stripped):
    assert opened(stripped(files.png_of(8000, 5000))).size == (8000, 5000)
    assert refusal(stripped, files.png_of(8000, 5001)) == "too_many_pixels"
    assert refusal(stripped, files.png_of(60_000, 60_000)) == "too_many_pixels"


def test_a_jpeg_that_says_it_is_huge_is_refused_by_its_head(stripped):
    content = bytearray(files.jpeg())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    assert refusal(stripped, bytes(content)) == "too_many_pixels"


@pytest.mark.parametrize("kind", sorted(set(files.EVERY_KIND)))
def test_a_file_that_is_cut_off_is_refused(stripped, kind):
    content = files.EVERY_KIND[kind]()
    ends = {"mp3": 417 * 10, "wav": 400, "amr": 100, "ogg": len(content) - 20, "m4a": 120}
    assert refusal(stripped, content[: ends.get(kind, len(content) * 2 // 3)]) == "broken"


@pytest.mark.parametrize("kind", files.EVERY_KIND)
def test_damage_in_the_middle_gives_a_copy_or_a_refusal_and_no_crash(stripped, kind):
    content = bytearray(files.EVERY_KIND[kind]())
    for place in range(20, len(content), max(1, len(content) // 6)):
        damaged = bytes(content[:place]) + b"\xff\x00\xff\x7f" + bytes(content[place + 4 :])
        with contextlib.suppress(Refused):
            assert CANARY not in stripped(damaged)


def test_a_pdf_keeps_its_page_and_what_was_filled_in(stripped):
    with pikepdf.open(io.BytesIO(stripped(files.pdf("Overdue")))) as copy:
        drawn = b"".join(stream.read_bytes() for stream in copy.objects if isinstance(stream, pikepdf.Stream)
                         and stream.get("/Subtype") != "/Image")  # fmt: skip
        assert len(copy.pages) == 1
        assert b"(Overdue) Tj" in drawn
        assert b"(Filled in) Tj" in drawn
        assert "/A" in copy.pages[0].resources.Font
        assert set(copy.Root.keys()) <= {"/Type", "/Pages"}
        assert set(copy.pages[0].obj.keys()) <= {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox"}
        photo = copy.pages[0].resources.XObject.Photo
        assert not opened(photo.read_raw_bytes()).getexif()
        assert opened(photo.read_raw_bytes()).size == (48, 32)


def test_nothing_in_a_stripped_pdf_acts(stripped):
    copy = stripped(files.pdf())
    for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/EmbeddedFile", b"/URI", b"/AcroForm", b"/Annots",
                 b"/Metadata", b"/PieceInfo", b"/Author", b"/Producer", b"/CreationDate", b"/XFA"):  # fmt: skip
        assert word not in copy, word


def test_no_stream_of_a_stripped_pdf_hides_a_word(stripped):
    with pikepdf.open(io.BytesIO(stripped(files.pdf()))) as copy:
        for thing in copy.objects:
            shown = thing.unparse() if not isinstance(thing, pikepdf.Stream) else thing.read_raw_bytes()
            assert CANARY not in shown
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                assert CANARY not in thing.read_bytes()


def test_an_earlier_version_inside_a_pdf_is_gone(stripped):
    with pikepdf.open(io.BytesIO(files.pdf())) as pages:
        hidden = pages.make_stream(CANARY)
        pages.Root.Left = hidden
        out = io.BytesIO()
        pages.save(out)
    assert CANARY not in stripped(out.getvalue())


def test_a_locked_pdf_is_refused_with_its_own_reason(stripped):
    assert refusal(stripped, files.pdf(password="secret")) == "locked"


def test_a_pdf_of_too_many_pages_is_refused(stripped):
    pages = pikepdf.new()
    for _ in range(MOST_PAGES + 1):
        pages.add_blank_page(page_size=(10, 10))
    out = io.BytesIO()
    pages.save(out)
    assert refusal(stripped, out.getvalue()) == "too_many_pages"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_pdf_that_would_burst_is_refused(stripped, layers):
    bomb = zlib.compress(bytes(200_000_000), 9)
    if layers == 2:
        bomb = zlib.compress(bomb, 9)
    pages = pikepdf.new()
    page = pages.add_blank_page()
    stream = pikepdf.Stream(pages, b"")
    name = pikepdf.Name.FlateDecode
    stream.write(bomb, filter=name if layers == 1 else pikepdf.Array([name, name]))
    page.obj.Contents = stream
    out = io.BytesIO()
    pages.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert len(out.getvalue()) < 1_000_000
    assert refusal(stripped, out.getvalue()) == "too_demanding"


def test_a_picture_of_too_many_dots_inside_a_pdf_is_refused(stripped):
    with pikepdf.open(io.BytesIO(files.pdf())) as pages:
        pages.pages[0].resources.XObject.Photo.Width = 2_000_000
        out = io.BytesIO()
        pages.save(out)
    assert refusal(stripped, out.getvalue()) == "too_many_pixels"


def test_a_png_whose_notes_burst_is_harmless(stripped):
    note = files._chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    content = files.png()
    bomb = content[:33] + note + content[33:]
    with contextlib.suppress(Refused):
        assert len(stripped(bomb)) < 10_000


def test_what_takes_too_long_is_ended(stripped, monkeypatch):
    monkeypatch.setattr(stripping, "WALL_CLOCK_SECONDS", 0.05)
    assert refusal(stripped, files.png_of(8000, 5000)) == "too_demanding"


def test_more_files_than_lanes_wait_and_are_then_refused(stripped, monkeypatch):
    import threading

    monkeypatch.setattr(stripping, "LANES", threading.BoundedSemaphore(1))
    monkeypatch.setattr(stripping, "SECONDS_TO_WAIT", 0.01)
    with stripping.LANES:
        assert refusal(stripped, files.jpeg()) == "busy"
    assert stripped(files.jpeg())
