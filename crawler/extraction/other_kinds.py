"""What stands at an address where a page should: a document or data for machines, told by how it begins."""

import json
import re

from crawler.refusals import Refused

# After a declaration, a style sheet's address and remarks: the root of a feed or sitemap. Pages may be XML too.
FEED_OR_SITEMAP = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}\?>\s*)?(?:<\?[^>]{0,500}\?>\s*|<!--(?:(?!-->).){0,2000}-->\s*){0,9}"
    r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
DOCUMENT = "%PDF-"


def refuse_other_kinds(text: str) -> None:
    """Raise Refused for what is no page: `binary` for a PDF, `not_a_page` for JSON, a feed or a sitemap."""
    text = text.removeprefix("\ufeff")
    if text.startswith(DOCUMENT):
        raise Refused("binary")
    if FEED_OR_SITEMAP.match(text) or _is_json(text):
        raise Refused("not_a_page")


def _is_json(text: str) -> bool:
    bare = text.strip()
    if not (bare.startswith(("{", "[")) and bare.endswith(("}", "]"))):
        return False
    try:
        json.loads(bare)
    except (ValueError, RecursionError):
        return False
    return True
