"""The kinds of source and their spiders."""

from collections.abc import Mapping

from crawler.spiders.base import SourceSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.listing import ListingSpider
from crawler.spiders.page import PageSpider
from crawler.spiders.sitemap import SitemapSpider

SPIDERS: Mapping[str, type[SourceSpider]] = {
    "page": PageSpider,
    "feed": FeedSpider,
    "sitemap": SitemapSpider,
    "listing": ListingSpider,
}
