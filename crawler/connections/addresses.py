"""Addresses of pages: the one form they are compared in, the origin they are paced by, the site they belong to."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2000

# Parameters that name the visitor or the way he came, never the page: /sid/page.html?sid=1 and ?sid=2 are one page.
VISITOR_PARAMETER = re.compile(
    r"utm_\w+|spm|scm|fbclid|gclid|msclkid|yclid|mc_[ce]id|_ga|hmsr|hmpl|hmcu|hmkw|hmci|share_token|share_from"
    r"|isappinstalled|nsukey|wx_?share|phpsessid|jsessionid|aspsessionid\w*|session_?id|sess_?id|sid",
    re.IGNORECASE,
)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
ESCAPED = re.compile(r"%([0-9a-fA-F]{2})")
UNRESERVED = frozenset(map(ord, "-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
NOT_A_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|css|js|mjs|json|woff2?|ttf|mp[34]|avi|mov|wmv|flv|m3u8|zip|rar|7z|gz|tar"
    r"|exe|apk|dmg|iso|docx?|xlsx?|pptx?|pdf|csv)\Z",
    re.IGNORECASE,
)


class MalformedAddress(ValueError):
    """The text is no address of a page."""


@lru_cache(maxsize=512)
def split(url: str) -> SplitResult:
    """Split an address, checking its port too; a request's is looked at ten times. Raises MalformedAddress."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise MalformedAddress(url) from error
    return parts


def absolute(base: str, link: str) -> str | None:
    """Return the absolute form of a link found at `base`, or None where it leads to no page (mailto:, javascript:)."""
    try:
        url = urljoin(base, link.strip())
        parts = split(url)
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    return normalise(url) if len(url) <= MAX_LENGTH else None


def normalise(url: str) -> str:
    """Return the form in which two addresses of one page are equal: no fragment, no session, no campaign.

    Raises MalformedAddress.
    """
    try:
        parts = split(safe_url_string(url))
    except ValueError as error:
        raise MalformedAddress(url) from error
    host, port = _host_and_port(parts.netloc)
    netloc = f"[{host}]" if ":" in host else host
    if port and port != DEFAULT_PORTS.get(parts.scheme):
        netloc = f"{netloc}:{port}"
    if "@" in parts.netloc:
        netloc = f"{parts.netloc.rpartition('@')[0]}@{netloc}"  # kept, so that the guard sees and refuses it
    path = _without_dots(_with_one_spelling(SESSION_IN_PATH.sub("", parts.path))) or "/"
    return urlunsplit((parts.scheme, netloc, path, _with_one_spelling(_without_visitor(parts.query)), ""))


def origin_of(url: str) -> str:
    """Return scheme, host and port, such as `https://news.example:443`: robots.txt and pace are per origin."""
    parts = split(url)
    host, port = _host_and_port(parts.netloc)
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port or DEFAULT_PORTS.get(parts.scheme, 0)}"


def same_site(url: str, home: str, further_hosts: frozenset[str] = frozenset()) -> bool:
    """Tell whether an address belongs to the site of `home`.

    One site is one host, with or without `www.`, on one port, where 80 and 443 are the same; or a host that the
    source names in its options.
    """
    try:
        one, other = split(url), split(home)
    except MalformedAddress:
        return False
    if _host(one) in further_hosts and _port(one) == "standard":
        return True
    return _site_host(one) == _site_host(other) and _port(one) == _port(other)


def site_of(url: str) -> str:
    """Return the name of an address's site, such as `news.example`: what a daily budget is kept for."""
    parts = split(url)
    port = _port(parts)
    return _site_host(parts) + ("" if port == "standard" else f":{port}")


def host_name(written: str) -> str:
    """Return the name of a host as name servers know it: 新闻.example is xn--efvy88h.example."""
    host = written.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def is_front_page(url: str) -> bool:
    """Tell whether an address is that of a site itself; /?p=123 is an article of many."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def leads_to_page(url: str) -> bool:
    """Tell whether a link may lead to a page, by how its path ends: pictures, scripts and archives don't."""
    return NOT_A_PAGE.search(urlsplit(url).path) is None


def _without_visitor(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not VISITOR_PARAMETER.fullmatch(name)]
    if len(kept) == len(pairs):
        return query  # as the site wrote it: some tell %20 and + apart
    return urlencode(kept)


def _with_one_spelling(text: str) -> str:
    """Return a path or query as RFC 3986 (6.2.2) compares them: %e5 is %E5, and %7E is ~."""
    if "%" not in text:
        return text
    return ESCAPED.sub(lambda found: chr(code) if (code := int(found[1], 16)) in UNRESERVED else found[0].upper(), text)


def _without_dots(path: str) -> str:
    if "/." not in path or path.startswith("//"):
        return path
    return urlsplit(urljoin("http://any.invalid/", path)).path


def _site_host(parts: SplitResult) -> str:
    return _host(parts).removeprefix("www.")


def _host(parts: SplitResult) -> str:
    return _host_and_port(parts.netloc)[0]


@lru_cache(maxsize=512)
def _host_and_port(netloc: str) -> tuple[str, int | None]:
    """Return what an address names; a source's all name the same, and each is asked a dozen times."""
    parts = SplitResult("", netloc, "", "", "")
    return host_name(parts.hostname or ""), parts.port


def _port(parts: SplitResult) -> str:
    port = _host_and_port(parts.netloc)[1] or DEFAULT_PORTS.get(parts.scheme)
    return "standard" if port in (80, 443) else str(port)
