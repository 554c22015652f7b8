"""What draws a page of a PDF: its steps stay, what is said beside them (comments, marks, names of layers) goes."""

import re
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name, Pdf, Stream

# Marks around a part of a page: for readers aloud, for layers, for programs. They draw nothing, and may hold any words.
MARKS = {"BDC", "BMC", "EMC", "DP", "MP"}
# A comment, a mark or a picture in the midst of it; most of what draws maps and tables has none and need not be read.
TELLING = re.compile(rb"%|\b(?:BDC|BMC|DP|MP|BI)\b")
JPEGS = {"/DCTDecode", "/DCT"}


def clean_contents(copy: Pdf, thing: Any) -> None:
    """Clean what draws `thing` if that is a page, a drawing used by pages, a pattern or a font of drawings.

    Raises pikepdf.PdfError for what can't be read.
    """
    if not isinstance(thing, Dictionary | Stream):
        return
    _forget_layers(thing.get("/Resources"))
    if thing.get("/Type") == Name.Page and "/Contents" in thing:
        page = pikepdf.Page(thing)
        page.contents_coalesce()
        _clean_stream(copy, page.obj.Contents)
    elif isinstance(thing, Stream) and (thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1):
        _clean_stream(copy, thing)
    elif thing.get("/Subtype") == Name.Type3 and isinstance(thing.get("/CharProcs"), Dictionary):
        for glyph in thing.CharProcs.values():
            _clean_stream(copy, glyph)


def _clean_stream(copy: Pdf, stream: Any) -> None:
    if not isinstance(stream, Stream) or not TELLING.search(stream.read_bytes()):
        return
    steps = [step for step in pikepdf.parse_content_stream(stream) if not _is_beside(step)]
    stream.write(pikepdf.unparse_content_stream(steps))


def _is_beside(step: Any) -> bool:
    if isinstance(step, ContentStreamInlineImage):
        # Those of pages are streams by now; in the letter of a font a photograph is no letter.
        filters = step.iimage.obj.get("/F", step.iimage.obj.get("/Filter"))
        return bool(JPEGS & {str(one) for one in (filters if isinstance(filters, Array) else [filters])})
    return str(step.operator) in MARKS


def _forget_layers(resources: Any) -> None:
    if isinstance(resources, Dictionary) and "/Properties" in resources:
        del resources["/Properties"]
