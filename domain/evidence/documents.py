"""PDFs with nothing but their pages: no scripts, attachments, actions, metadata. Runs in the child."""

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from domain.evidence.inflation import check_inflation
from domain.evidence.kinds import MOST_PAGES, MOST_PIXELS
from domain.evidence.page_contents import clean_contents
from domain.evidence.picture_metadata import without_metadata
from domain.evidence.refusals import Refused

# What a page needs to be drawn. Everything else of it, and everything of the catalogue, is left behind.
KEPT_OF_A_PAGE = ("/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
# Keys that hold scripts, files, names, dates or the history of editing. Short names such as /A and /AA are not among
# them: a font may be called so, and what they start hangs on annotations and on the catalogue, which stay behind.
DROPPED_KEYS = {
    "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/LastModified", "/Metadata", "/OpenAction", "/OPI", "/PieceInfo",
    "/StructParent", "/StructParents", "/Thumb", "/XFA",
}  # fmt: skip
# Of a stream, which has no names of its own: also what leads to another file, another picture or a place on earth.
DROPPED_OF_STREAMS = DROPPED_KEYS | {
    "/A", "/AA", "/AF", "/Alternates", "/F", "/FDecodeParms", "/FFilter", "/Measure", "/Name", "/OC", "/PtData", "/Ref",
}  # fmt: skip
# Codings of pictures that have room for words. The short name is for pictures inside a page; readers take it here too.
PHOTOGRAPHS = {"/DCTDecode", "/DCT", "/JPXDecode"}
# How far behind the end of the file its last mark may stand; without one the file was cut off.
END_REACH = 2048


def strip_pdf(content: bytes) -> bytes:
    """Return the pages alone, as a new PDF. Raises Refused: locked, broken, too_many_pages, too_demanding."""
    if b"%%EOF" not in content[-END_REACH:]:
        raise Refused("broken")
    try:
        with Pdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=True) as source:
            return _copied(source)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (Refused, MemoryError):
        raise
    except Exception as error:  # qpdf and its bindings raise whatever they like at what they can't read
        raise Refused("broken") from error


def _copied(source: Pdf) -> bytes:
    # Before anything else: what follows reads the contents of the pages.
    check_inflation(source)
    if not 1 <= len(source.pages) <= MOST_PAGES:
        raise Refused("too_many_pages" if len(source.pages) else "broken")
    # Filled-in fields, stamps and notes are drawn into the page; the objects behind them go.
    source.flatten_annotations("screen")
    for page in source.pages:
        page.externalize_inline_images()
    with Pdf.new() as copy:
        for page in source.pages:
            copy.pages.append(pikepdf.Page(copy.copy_foreign(source.make_indirect(_plain(page)))))
        copy.remove_unreferenced_resources()
        for thing in copy.objects:
            _clean(thing, 0)
            clean_contents(copy, thing)
            if isinstance(thing, Stream):
                _clean_picture(copy, thing)
        return _saved(copy)


def _plain(page: pikepdf.Page) -> Dictionary:
    """Return a page with what it inherits and without what is not drawn."""
    inherited = {"/Resources": page.resources, "/MediaBox": page.mediabox, "/Rotate": _inherited(page.obj, "/Rotate")}
    plain = Dictionary(Type=Name.Page)
    for key in KEPT_OF_A_PAGE:
        value = inherited.get(key, page.obj.get(key))
        if value is not None:
            plain[key] = value
    return plain


def _inherited(node: Any, key: str) -> Any:
    for _ in range(50):
        if key in node or "/Parent" not in node:
            return node.get(key)
        node = node.Parent
    return None


def _saved(copy: Pdf) -> bytes:
    if "/Info" in copy.trailer:
        del copy.trailer["/Info"]
    written = io.BytesIO()
    copy.save(
        written, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True,
        fix_metadata_version=False, stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )  # fmt: skip
    return written.getvalue()


def _clean(thing: Any, depth: int) -> None:
    """Drop what is not drawn from a dictionary, and from those that stand directly in it."""
    if depth > 40 or not isinstance(thing, Array | Dictionary | Stream):
        return
    if isinstance(thing, Array):
        inside = list(thing)
    else:
        dropped = DROPPED_OF_STREAMS if isinstance(thing, Stream) else DROPPED_KEYS
        for key in [key for key in thing.keys() if key in dropped]:  # noqa: SIM118 (no mapping, though it looks like one)
            del thing[key]
        inside = [thing[key] for key in thing.keys()]  # noqa: SIM118
    for value in inside:
        # What stands in an object of its own comes by itself.
        if isinstance(value, Object) and not value.is_indirect:
            _clean(value, depth + 1)


def _clean_picture(copy: Pdf, stream: Any) -> None:
    if stream.get("/Subtype") != Name.Image:
        return
    if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MOST_PIXELS:
        raise Refused("too_many_pixels")
    filters, details = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    if not PHOTOGRAPHS & {str(one) for one in filters}:
        return
    if str(filters[-1]) not in PHOTOGRAPHS:
        raise Refused("broken")  # packed dots in a photograph's coding: no program writes that
    # A photograph may be packed once more, mostly by Flate.
    packing = Stream(copy, stream.read_raw_bytes())
    if filters[:-1]:
        packing.Filter, packing.DecodeParms = Array(filters[:-1]), Array((details or [None] * len(filters))[:-1])
    photograph = without_metadata(packing.read_bytes())
    last = details[-1] if len(details) == len(filters) else None
    stream.write(
        photograph, filter=Name.JPXDecode if filters[-1] == Name.JPXDecode else Name.DCTDecode, decode_parms=last
    )


def _listed(value: Any) -> list[Any]:
    """Return the filters of a stream, or what they need to know, as a list: one may stand alone."""
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def get_ready() -> None:
    """Have qpdf open its source of random numbers while files can be opened: a PDF with rights asks for it."""
    with Pdf.new() as empty:
        empty.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="x", user=""))
