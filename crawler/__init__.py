"""One Scrapy project that gathers public articles: sources, spiders, the guard on addresses, extraction."""
