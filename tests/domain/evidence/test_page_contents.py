"""What is said inside the pages of a PDF, through the real child process: photographs however packed, marks, layers."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from domain.evidence.judging import judge
from domain.evidence.stripping import strip
from tests import evidence_files as files
from tests.evidence_files import CANARY, TEXT

JPEG = files.jpeg()
PACKINGS = {
    "alone": (Name.DCTDecode, JPEG),
    "in a list": (Array([Name.DCTDecode]), JPEG),
    "by the short name": (Name.DCT, JPEG),
    "and packed": (Array([Name.FlateDecode, Name.DCTDecode]), zlib.compress(JPEG)),
    "and packed twice": (
        Array([Name.ASCIIHexDecode, Name.FlateDecode, Name.DCTDecode]), zlib.compress(JPEG).hex().encode() + b">"
    ),
}  # fmt: skip
INLINE = b"q 90 0 0 60 150 50 cm BI /W 48 /H 32 /CS /RGB /BPC 8 /F /DCT ID " + JPEG + b"\nEI Q "
MARKED = b"% " + CANARY + b"\n/Span <</ActualText (" + CANARY + b")>> BDC (100 % here) Tj EMC /P /L DP "


def one_page(draw, **how) -> bytes:
    """Return a PDF of one page that `draw(pdf, page)` has drawn on."""
    with pikepdf.new() as made:
        draw(made, made.add_blank_page(page_size=(300, 200)).obj)
        out = io.BytesIO()
        made.save(out, **how)
        return out.getvalue()


def copied(content: bytes, scratch) -> pikepdf.Pdf:
    """Return the stripped copy, opened, in which the canary is nowhere."""
    copy, _ = strip(content, judge(content), scratch)
    assert CANARY not in copy
    opened = pikepdf.open(io.BytesIO(copy))
    for thing in opened.objects:
        if isinstance(thing, Stream):
            assert CANARY not in thing.read_raw_bytes()
            if "/DCTDecode" not in str(thing.get("/Filter")):
                assert CANARY not in thing.read_bytes()
        else:
            assert CANARY not in thing.unparse()
    return opened


def photograph(made: pikepdf.Pdf, coding, raw: bytes) -> Stream:
    photo = made.make_stream(raw)
    photo.Type, photo.Subtype, photo.Width, photo.Height, photo.Filter = Name.XObject, Name.Image, 48, 32, coding
    photo.ColorSpace, photo.BitsPerComponent = Name.DeviceRGB, 8
    return photo


def photograph_in(copy: pikepdf.Pdf) -> Image.Image:
    """Return the only photograph of the only page."""
    (photo,) = copy.pages[0].resources.XObject.values()
    return Image.open(io.BytesIO(photo.read_raw_bytes()))


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_photograph_loses_its_place_on_earth_however_it_is_packed(tmp_path, packing):
    def draw(made, page):
        page.Resources = Dictionary(XObject=Dictionary(P=photograph(made, *PACKINGS[packing])))
        page.Contents = made.make_stream(b"q 90 0 0 60 150 50 cm /P Do Q")

    photo = photograph_in(copied(one_page(draw), tmp_path))
    assert photo.size == (48, 32)
    assert not photo.getexif()


def test_a_photograph_in_the_midst_of_a_page_does_too(tmp_path):
    copy = copied(one_page(lambda made, page: setattr(page, "Contents", made.make_stream(INLINE))), tmp_path)
    assert photograph_in(copy).size == (48, 32)


def test_comments_and_the_words_of_marks_go_from_all_that_draws_and_what_is_drawn_stays(tmp_path):
    def draw(made, page):
        form, tile, glyph = (made.make_stream(b"0 0 5 5 re f " + MARKED) for _ in range(3))
        form.Type, form.Subtype, form.BBox, form.Name = Name.XObject, Name.Form, [0, 0, 9, 9], Name(f"/{TEXT}")
        tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
        tile.BBox, tile.XStep, tile.YStep, tile.Resources = [0, 0, 9, 9], 9, 9, Dictionary()
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 5, 5], FontMatrix=[1, 0, 0, 1, 0, 0], FirstChar=97,
            LastChar=97, Widths=[5], Encoding=Dictionary(Differences=[97, Name.a]), CharProcs=Dictionary(a=glyph),
        )  # fmt: skip
        layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=TEXT))
        form.OC = layer
        page.Resources = Dictionary(
            XObject=Dictionary(F=form), Pattern=Dictionary(T=tile), Font=Dictionary(G=made.make_indirect(font)),
            Properties=Dictionary(L=layer),
        )  # fmt: skip
        # A page's contents may be cut between any two words, between a mark and its end too.
        parts = (MARKED + b"/OC /L BDC /F Do", b"EMC BT /G 5 Tf (a) Tj ET /Pattern cs /T scn 1 2 m 3 4 l S")
        page.Contents = Array([made.make_stream(part) for part in parts])

    copy = copied(one_page(draw), tmp_path)
    drawn = copy.pages[0].Contents.read_bytes()
    assert [step in drawn for step in (b"(100 % here) Tj", b"/F Do", b"1 2 m", b"3 4 l")] == [True] * 4
    for stream in (copy.pages[0].resources.XObject.F, copy.pages[0].resources.Pattern.T,
                   copy.pages[0].resources.Font.G.CharProcs.a):  # fmt: skip
        assert b"0 0 5 5 re" in stream.read_bytes()


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_pdf_that_may_be_read_but_not_printed_is_taken(tmp_path, revision):
    """Banks and courts send them: nobody needs a password to read one."""
    rights = pikepdf.Encryption(owner="owner", user="", R=revision, aes=revision > 3, metadata=revision > 3)
    content = one_page(
        lambda made, page: setattr(page, "Contents", made.make_stream(b"(Overdue) Tj")), encryption=rights
    )
    copy = copied(content, tmp_path)
    assert not copy.is_encrypted
    assert b"(Overdue) Tj" in copy.pages[0].Contents.read_bytes()
