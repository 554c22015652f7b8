"""Unpacks what a site sent compressed; an answer that says so of what is not is one refused page, with its reason."""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares import httpcompression
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.refusals import Refused


class CompressionMiddleware(httpcompression.HttpCompressionMiddleware):
    """Unpacks as Content-Encoding says."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Return the answer unpacked. Raises Refused, `wrong_compression`, where it can't be."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            raise  # it would be too large
        except Exception as error:  # each way of packing has an error of its own, and gzip has three
            raise Refused("wrong_compression") from error
