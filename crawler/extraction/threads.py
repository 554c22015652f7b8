"""One page of a forum: its posts, if it is of a thread, and the links that lead on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler.connections.addresses import normalise
from crawler.extraction.encoding import decode
from crawler.extraction.page import Link, links_of
from crawler.extraction.posts import Post, posts_of
from crawler.extraction.structured import Directives, article_data, directives, meta
from crawler.extraction.titles import guessed_site_name, title_of
from crawler.extraction.trees import parse


@dataclass(frozen=True)
class ForumPage:
    """A page of a forum as it reads; without posts it is a board."""

    url: str
    title: str | None
    site_name: str
    posts: tuple[Post, ...] = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)
    directives: Directives


def read_forum_page(
    body: bytes, content_type: str, robots_headers: list[str], url: str, robot: str, today: date,
    selectors: Mapping[str, str],
) -> ForumPage:  # fmt: skip
    """Take a page of a forum apart. Raises Refused for what is no page at all."""
    tree = parse(decode(body, content_type))
    url = normalise(url)
    asked = directives(tree, robots_headers, robot)
    site_name = meta(tree, "og:site_name") or guessed_site_name(tree)
    title, _ = title_of(tree, article_data(tree), site_name)
    return ForumPage(
        url=url, title=title, site_name=site_name[:200], posts=tuple(posts_of(tree, selectors, today)),
        links=() if asked.nofollow else tuple(links_of(tree, url)), directives=asked,
    )  # fmt: skip
