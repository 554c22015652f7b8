"""XML as strangers write it: no entities, no document types, nothing fetched, and much forgiven otherwise."""

import html as html_entities
import re
import zlib

from lxml import etree

from crawler.extraction.encoding import decode
from crawler.refusals import Refused
from crawler.settings import DOWNLOAD_LIMIT_BYTES

GZIP_MAGIC = b"\x1f\x8b"
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# RSS 0.91 names a document type; one that declares nothing of its own does nothing.
BARE_TYPE = re.compile(r"<!DOCTYPE[^<>\[\]]*>", re.IGNORECASE)
FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def parse_xml(body: bytes, content_type: str = "") -> etree._Element:
    """Return the root of an XML document, compressed or not, as far as it can be read.

    Raises Refused: `xml_entities` for a document type that declares anything, and for any entity, `too_large`,
    `malformed_xml`.
    """
    text = decode(unpacked(body), content_type)
    pieces = CDATA.split(DECLARATION.sub("", text.lstrip("\ufeff \r\n\t"), count=1))
    whole = _without_broken_end(pieces)
    mended = "".join(piece if piece.startswith("<![CDATA[") else _mend(piece) for piece in whole)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(CONTROL.sub(" ", mended).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("malformed_xml") from error
    if root is None:
        raise Refused("malformed_xml")
    return root


def unpacked(body: bytes) -> bytes:
    """Return a file as it was before it was packed; one that is no gzip as it is. Raises Refused as `gunzip` does."""
    return gunzip(body) if body.startswith(GZIP_MAGIC) else body


def gunzip(body: bytes, limit: int = DOWNLOAD_LIMIT_BYTES) -> bytes:
    """Decompress at most `limit` bytes. Raises Refused for more, and for what is no gzip."""
    return gunzip_as_far(body, limit)[0]


def gunzip_as_far(body: bytes, limit: int = DOWNLOAD_LIMIT_BYTES) -> tuple[bytes, bool]:
    """Decompress as `gunzip` does; return too whether the end of the file was there."""
    plain, is_whole = b"", True
    while body.startswith(GZIP_MAGIC):  # a file may be several, one after the other
        decompressor = zlib.decompressobj(wbits=31)
        try:
            plain += decompressor.decompress(body, limit + 1 - len(plain))
        except zlib.error as error:
            raise Refused("malformed_gzip") from error
        if len(plain) > limit:
            raise Refused("too_large")
        body, is_whole = decompressor.unused_data, decompressor.eof
    return plain, is_whole


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, or a prefix that nothing declares, in lower case."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def prefix_of(element: etree._Element) -> str:
    """Return the prefix that an element's name is written with, declared or not."""
    return str(element.prefix or str(element.tag).rpartition("}")[2].rpartition(":")[0])


def _without_broken_end(pieces: list[str]) -> list[str]:
    """Leave out what stands behind the last tag of a document that broke off: half of an address is another address.

    `pieces` are a document split at its CDATA, as `CDATA` does.
    """
    *before, last = pieces
    if before and not last and not before[-1].endswith("]]>"):
        *before, last = before
        if "<" not in last[1:]:
            return before
    head, mark, tail = last.rpartition(">")
    is_text = "<" not in tail and (mark or before)
    return [*before, head + mark] if is_text else pieces


def _mend(text: str) -> str:
    """Return what stands outside of CDATA as a parser of XML takes it. Raises Refused."""
    text = BARE_TYPE.sub("", text)
    if FORBIDDEN.search(text):
        raise Refused("xml_entities")
    # &nbsp; and &copy; are entities of HTML, which XML doesn't know; a bare & is none at all.
    named = NAMED_ENTITY.sub(lambda found: html_entities.unescape(found[0]), text)
    return BARE_AMPERSAND.sub("&amp;", named)
