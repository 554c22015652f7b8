"""Follows where a site sends: by status and Location, and by a meta element that says refresh.

Scrapy's own two, but for what strangers put in the way of them: an address that is none, and a page whose declared
encoding is none (`charset=hex`), at which Scrapy decodes the whole of each page, here, to read its first lines.
"""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares import redirect
from scrapy.http import HtmlResponse, Response
from w3lib.html import get_base_url, get_meta_refresh

from crawler.extraction.encoding import decode
from crawler.refusals import Refused
from crawler.spiders.base import content_type

# A browser goes by what stands in the head, and there early.
HEAD_BYTES = 4096
# A page that goes elsewhere later than this is one to be read.
LONGEST_DELAY_SECONDS = 10.0


class RedirectMiddleware(redirect.RedirectMiddleware):
    """Follows a redirect by status."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Return the answer, or the request for where it leads. Raises Refused for what is no address."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            raise Refused("malformed_address") from error


class RefreshMiddleware(redirect.MetaRefreshMiddleware):
    """Follows a page that says to go elsewhere at once."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Return the page, or the request for where it leads."""
        target = refresh_of(response) if isinstance(response, HtmlResponse) else None
        if target is None:
            return response
        return self._redirect(self._redirect_request_using_get(request, response, target), request, "meta refresh")


def refresh_of(response: Response) -> str | None:
    """Return the address that a page sends to at once, or None."""
    head = response.body[:HEAD_BYTES]
    if b"refresh" not in head.replace(b"\x00", b"").lower():  # in UTF-16 every other byte is 0
        return None
    text = decode(head, content_type(response))
    try:
        delay, target = get_meta_refresh(text, get_base_url(text, response.url), "utf-8")
    except ValueError:  # an address that is none: the page is read as it is
        return None
    is_page = target is not None and target.lower().startswith(("http://", "https://"))
    return target if is_page and (delay or 0.0) < LONGEST_DELAY_SECONDS else None
