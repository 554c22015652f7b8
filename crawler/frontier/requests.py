"""Requests as they lie in the frontier: JSON of a closed list of types, so that nothing read there can run code.

What a request carries (a story whose pages are still being fetched, a thread with its writers) goes along with it.
"""

import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.utils.request import request_from_dict

from crawler.extraction.page import Link, Page
from crawler.extraction.parts import Parts
from crawler.extraction.structured import Directives
from crawler.items import Capture
from crawler.runs.claims import Announced
from crawler.runs.waiting import told_of
from crawler.spiders.articles import Story
from crawler.spiders.originals import Fetched
from crawler.spiders.posts import Thread

CARRIED: Mapping[str, type] = {
    kind.__name__: kind for kind in (Announced, Capture, Directives, Fetched, Link, Page, Parts, Story, Thread)
}
# Looked up anew by whoever takes the request.
NOT_CARRIED = frozenset({"remembered"})
MARK = "$"


def packed(request: Request, spider: Spider) -> bytes:
    """Return a request ready for the frontier. Raises TypeError where it carries something unknown."""
    told = told_of(request, spider)
    told["meta"] = {name: value for name, value in told["meta"].items() if name not in NOT_CARRIED}
    # Compressed quickly: a queue of a million addresses is one of 300 MB otherwise.
    return zlib.compress(json.dumps(_plain(told), ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(data: bytes, spider: Spider) -> Request:
    """Return the request again, its callbacks bound to `spider`."""
    return request_from_dict(_whole(json.loads(zlib.decompress(data))), spider=spider)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return {MARK: "bytes", "value": b85encode(value).decode()}
    if isinstance(value, date):
        return {MARK: "instant" if isinstance(value, datetime) else "day", "value": value.isoformat()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, tuple | set | frozenset):
        return {MARK: type(value).__name__, "value": [_plain(part) for part in value]}
    if isinstance(value, Mapping):
        return {MARK: "dict", "value": [[_plain(name), _plain(part)] for name, part in value.items()]}
    if is_dataclass(value) and type(value).__name__ in CARRIED:
        return {
            MARK: type(value).__name__,
            "value": {field.name: _plain(getattr(value, field.name)) for field in fields(value)},
        }
    raise TypeError(f"a {type(value).__name__} can't be carried by a request")


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if not isinstance(value, dict):
        return value
    kind, inner = value[MARK], value["value"]
    if kind in CARRIED:
        return CARRIED[kind](**{name: _whole(part) for name, part in inner.items()})
    return READ[kind](inner)


READ: Mapping[str, Any] = {
    "bytes": b85decode,
    "day": date.fromisoformat,
    "instant": datetime.fromisoformat,
    "tuple": lambda parts: tuple(_whole(part) for part in parts),
    "set": lambda parts: {_whole(part) for part in parts},
    "frozenset": lambda parts: frozenset(_whole(part) for part in parts),
    "dict": lambda pairs: {_whole(name): _whole(part) for name, part in pairs},
}
