"""The kinds of source and their spiders."""

from collections.abc import Mapping

from crawler.spiders.base import SourceSpider
from crawler.spiders.cfpb import CfpbSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.forum import ForumSpider
from crawler.spiders.json import JsonSpider
from crawler.spiders.listing import ListingSpider
from crawler.spiders.page import PageSpider
from crawler.spiders.sitemap import SitemapSpider

SPIDERS: Mapping[str, type[SourceSpider]] = {
    "page": PageSpider,
    "feed": FeedSpider,
    "sitemap": SitemapSpider,
    "listing": ListingSpider,
    "forum": ForumSpider,
    "json": JsonSpider,
    "cfpb": CfpbSpider,
}
