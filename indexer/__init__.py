"""The search index: derived from the store, disposable, rebuilt at any time. Knows no Flask and no Scrapy."""
