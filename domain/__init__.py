"""What the three programs share: the text reading, the record and the only code that commits to it.

Knows no Flask, no Scrapy and no search engine.
"""
