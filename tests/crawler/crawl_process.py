"""Crawls in a process of its own, as the reactor of Twisted can be started once only; prints the summaries as JSON.

Standard input: {"settings": {…}, "sources": [[url, kind, options], …]}.
"""

import json
import resource
import sys
from dataclasses import replace

from crawler.run import crawl
from crawler.sources import source_for
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database, registry


def main() -> None:
    """Crawl what standard input asks for."""
    asked = json.load(sys.stdin)
    settings = Settings(**asked["settings"])
    database = Database(settings.database_address)
    reader = Reader(registry.lender_entries(database))
    sources = [replace(source_for(url, kind), options=options) for url, kind, options in asked["sources"]]
    print("started", flush=True)
    summaries = crawl(database, reader, settings, sources)
    database.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"summaries": [summary.as_json() for summary in summaries], "memory_mb": memory}))


if __name__ == "__main__":
    main()
