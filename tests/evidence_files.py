"""Files as telephones and recorders write them, made on the spot, each with CANARY in every place for metadata."""

import io
import struct
import wave
import zipfile
import zlib

import pikepdf
import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

from domain.evidence.sounds.ogg import OggPage

CANARY = b"canary-7731"
TEXT = CANARY.decode()
pillow_heif.register_heif_opener()


def picture(size: tuple[int, int] = (48, 32), mode: str = "RGB") -> Image.Image:
    """A picture with a red corner at its top left, so that turning it can be seen."""
    made = Image.new(mode, size, "white")
    made.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    return made


def exif(orientation: int = 1) -> bytes:
    """EXIF with a place on earth, a maker, an owner's words and a thumbnail's worth of canaries."""
    data = Image.Exif()
    data[0x010E], data[0x010F], data[0x0112], data[0x9286] = TEXT, TEXT, orientation, b"ASCII\0\0\0" + CANARY
    data.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 3.0), 3: "E", 4: (121.0, 28.0, 9.0), 29: TEXT})
    return data.tobytes()


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + CANARY + b"</a></x:xmpmeta>"


def jpeg(orientation: int = 1, **more: object) -> bytes:
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture().save(
        out, "JPEG", quality=95, exif=exif(orientation), icc_profile=profile, comment=CANARY, xmp=xmp(), **more
    )
    return out.getvalue()


def png() -> bytes:
    out, notes = io.BytesIO(), PngImagePlugin.PngInfo()
    notes.add_text("Author", TEXT)
    notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
    picture(mode="RGBA").save(out, "PNG", pnginfo=notes, exif=exif())
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    picture().save(out, "WEBP", lossless=True, exif=exif(6), xmp=xmp())
    return out.getvalue()


def heic() -> bytes:
    out = io.BytesIO()
    picture((64, 64)).save(out, "HEIF", quality=95, exif=exif(), xmp=xmp())
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG of one colour that is small on disk and large when decoded, made without a picture in memory."""
    row = zlib.compressobj(9)
    lines = b"".join([*(row.compress(b"\0" * (width // 8 + 2)) for _ in range(height)), row.flush()])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("run.sh", "echo " + TEXT)
    return out.getvalue()


def pdf(text: str = "Overdue", password: str = "") -> bytes:
    """A PDF with a script, an attachment, a form, a link, notes, dates, a history and a photograph with its place."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(300, 200))
    photo = made.make_stream(jpeg())
    photo.Type, photo.Subtype, photo.Width, photo.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 48, 32
    photo.ColorSpace, photo.BitsPerComponent, photo.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
    photo.Metadata = made.make_stream(xmp())
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Photo=photo), Font=pikepdf.Dictionary({"/A": made.make_indirect(font)})
    )
    page.obj.Contents = made.make_stream(
        f"BT /A 12 Tf 20 100 Td ({text}) Tj ET q 90 0 0 60 150 50 cm /Photo Do Q".encode()
    )
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(LastModified=TEXT, Private=TEXT))
    page.obj.Metadata = made.make_stream(xmp())
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{TEXT}')")
    page.obj.AA = pikepdf.Dictionary(O=script)
    _add_annotations(made, page, script)
    made.Root.OpenAction = script
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[TEXT, script]))
    made.attachments[f"{TEXT}.txt"] = pikepdf.AttachedFileSpec(made, CANARY, filename=f"{TEXT}.txt")
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [TEXT]
    made.docinfo["/Author"] = TEXT
    out = io.BytesIO()
    made.save(
        out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
        encryption=pikepdf.Encryption(user=password, owner="owner") if password else None,
    )  # fmt: skip
    return out.getvalue()


def _add_annotations(made: pikepdf.Pdf, page: pikepdf.Page, script: pikepdf.Dictionary) -> None:
    drawn = made.make_stream(b"BT /A 9 Tf 2 4 Td (Filled in) Tj ET")
    drawn.Type, drawn.Subtype, drawn.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 80, 16]
    drawn.Resources = page.obj.Resources
    field = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=TEXT, V="Filled in", F=4,
            Rect=[10, 150, 90, 166], AP=pikepdf.Dictionary(N=drawn), AA=pikepdf.Dictionary(K=script),
        )
    )  # fmt: skip
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 90, 20], Contents=TEXT,
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://{TEXT}.invalid/"),
    )  # fmt: skip
    page.obj.Annots = [field, made.make_indirect(link)]
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[field], XFA=pikepdf.String(TEXT))


def wav(seconds: float = 0.2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack("<h", 1000) * int(8000 * seconds))
    plain = out.getvalue()
    notes = b"LIST" + struct.pack("<I", 8 + len(CANARY) + 1) + b"INFOIART" + CANARY + b"\0"
    body = plain[8:36] + notes + plain[36:] + b"id3 " + struct.pack("<I", len(CANARY) + 1) + CANARY + b"\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(frames: int = 20, promised: int | None = None) -> bytes:
    """MPEG 1 layer III at 128 kbit/s and 44.1 kHz: 417 bytes a frame; silence between ID3v2, APE and ID3v1 tags."""
    frame = b"\xff\xfb\x90\xc4" + bytes(413)
    first = b"\xff\xfb\x90\xc4" + bytes(32) + b"Info" + struct.pack(">II", 1, promised or frames)
    body = first.ljust(417, b"\0") + frame * (frames - 1)
    tag = b"TPE1" + struct.pack(">I", len(CANARY) + 1) + b"\0\0\0" + CANARY
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(CANARY), 1, 0) + bytes(8) + CANARY
    return b"ID3\x03\0\0\0\0\0" + bytes([len(tag)]) + tag + body + ape + b"TAG" + CANARY.ljust(125, b"\0")


def amr(frames: int = 10) -> bytes:
    """Narrow band at 12.2 kbit/s: a head and 31 bytes for 20 milliseconds."""
    return b"#!AMR\n" + (b"\x3c" + bytes(range(31))) * frames


def ogg(codec: str = "opus", serial: int = 7) -> bytes:
    """Opus or Vorbis headers with comments, and three pages that stand for sound."""
    words = struct.pack("<I", len(CANARY)) + CANARY + struct.pack("<I", 1) + struct.pack("<I", len(CANARY)) + CANARY
    if codec == "opus":
        headers = [b"OpusHead" + bytes([1, 1]) + struct.pack("<HIhB", 312, 48000, 0, 0), b"OpusTags" + words]
    else:
        headers = [b"\x01vorbis" + bytes(23), b"\x03vorbis" + words + b"\x01", b"\x05vorbis" + b"setup" * 700]
    number = struct.pack("<I", serial)
    second = b"".join(headers[1:])
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in headers[1:])
    pages = [
        OggPage(2, bytes(8), number, bytes([len(headers[0])]), headers[0]),
        OggPage(0, bytes(8), number, lacing, second),
        *(
            OggPage(4 if last else 0, struct.pack("<q", 960 * place), number, b"\x28", bytes([place]) * 40)
            for place, last in ((1, False), (2, False), (3, True))
        ),
    ]
    return b"".join(page.written(place) for place, page in enumerate(pages))


def m4a(handler: bytes = b"soun", brand: bytes = b"M4A ", codec: bytes = b"mp4a") -> bytes:
    """An M4A of one track, its tags, its place (©xyz), its dates and the recorder's name."""
    sound = b"the sound itself"
    moved = _box(
        b"moov",
        _box(b"mvhd", bytes(4) + struct.pack(">II", 3_800_000_001, 3_800_000_002) + bytes(92)),
        _box(
            b"trak",
            _box(b"tkhd", bytes(4) + struct.pack(">II", 3_800_000_001, 3_800_000_002) + bytes(72)),
            _box(
                b"mdia",
                _box(b"mdhd", bytes(4) + struct.pack(">II", 3_800_000_001, 3_800_000_002) + bytes(12)),
                _box(b"hdlr", bytes(8) + handler + bytes(12) + CANARY + b"\0"),
                _box(
                    b"minf",
                    _box(b"stbl", _box(b"stsd", struct.pack(">II", 0, 1) + struct.pack(">I", 36) + codec + bytes(28)),
                         _box(b"stco", struct.pack(">III", 0, 1, 28 + 8))),
                ),
            ),
            _box(b"udta", _box(b"name", CANARY)),
        ),
        _box(b"udta", _box(b"\xa9xyz", CANARY), _box(b"meta", bytes(4) + CANARY)),
    )  # fmt: skip
    return (
        _box(b"ftyp", brand + bytes(4) + brand + b"isom" + bytes(4))
        + _box(b"mdat", sound)
        + moved
        + _box(b"uuid", CANARY)
    )


def _box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + kind + body


EVERY_KIND = {
    "jpeg": jpeg, "png": png, "webp": webp, "heic": heic, "pdf": pdf, "wav": wav, "mp3": mp3, "amr": amr, "ogg": ogg,
    "m4a": m4a,
}  # fmt: skip
