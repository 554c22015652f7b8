"""Which addresses no crawler of ours may reach. Pure decisions; `connection` and the middleware act on them."""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from crawler.connections.addresses import DEFAULT_PORTS, MalformedAddress, split

ALLOWED_PORTS = frozenset({80, 443})

# Names that only ever mean a machine nearby (RFC 6761, RFC 6762, RFC 8375, and what routers and companies use).
LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "onion",
               "invalid", "test")  # fmt: skip
HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
# The last label that makes a browser or getaddrinfo read the whole as a number: 2130706433, 0x7f.1, 0177.0.0.1, 127.1
NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
UNSAFE_CHARACTER = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")

GLOBAL_UNICAST = ip_network("2000::/3")
REFUSED_NETWORKS = {
    ip_network("192.0.0.0/24"): "special_address",  # of protocols; some versions of Python take a part of it for global
    ip_network("192.88.99.0/24"): "6to4_address",  # relays of 6to4: global by the registry, gone in fact
    ip_network("2002::/16"): "6to4_address",
    ip_network("2001::/23"): "special_address",  # Teredo, ORCHID, benchmarking and their like
    ip_network("2001:db8::/32"): "special_address",
    ip_network("3fff::/20"): "special_address",
    ip_network("64:ff9b::/96"): "nat64_address",
    ip_network("64:ff9b:1::/48"): "nat64_address",
}


def refusal_of_address(url: str, allowed_origins: Collection[str] = ()) -> str | None:
    """Return why an address must not be asked for, as a readable name such as `port`, or None.

    `allowed_origins` are `host:port` pairs that may be reached although they are not public. What can't be known
    without resolving the name is left to `refusal_of_host_address`.
    """
    try:
        parts = split(url)
    except MalformedAddress:
        return "malformed_address"
    if parts.scheme not in DEFAULT_PORTS:
        return "scheme"
    if "@" in parts.netloc:
        return "userinfo"
    if UNSAFE_CHARACTER.search(parts.netloc) or not parts.hostname:
        return "malformed_address"
    port = parts.port if parts.port is not None else DEFAULT_PORTS[parts.scheme]
    return refusal_of_connection(parts.hostname, port, allowed_origins)


def refusal_of_connection(host: str, port: int, allowed_origins: Collection[str] = ()) -> str | None:
    """Return why a host and port must not be connected to, as far as their spelling says, or None."""
    if named_origin(host, port) in allowed_origins:
        return None
    if port not in ALLOWED_PORTS:
        return "port"
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return "malformed_address"
    literal = _literal(name)
    return _refusal_of_name(name) if literal is None else refusal_of_host_address(literal)


def named_origin(host: str, port: int) -> str:
    """Return host and port as CRAWLER_ALLOWED_ORIGINS writes them: `127.0.0.1:8100`, `[::1]:8100`."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def refusal_of_host_address(literal: str | IPv4Address | IPv6Address) -> str | None:
    """Return why an internet address must not be connected to, or None: only public unicast ones may."""
    try:
        address = ip_address(literal)
    except ValueError:
        return "malformed_address"
    for network, reason in REFUSED_NETWORKS.items():
        if address.version == network.version and address in network:
            return reason
    if isinstance(address, IPv6Address) and (reason_of_form := _refusal_of_form(address)):
        return reason_of_form
    if address.is_loopback:
        return "loopback_address"
    if address.is_link_local:
        return "link_local_address"
    if address.is_multicast:
        return "multicast_address"
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return "private_address"
    return None if address.is_global else "private_address"


def _refusal_of_form(address: IPv6Address) -> str | None:
    """Refuse the forms that carry another address or hold on one link only."""
    if address.scope_id is not None:
        return "link_local_address"
    if address.ipv4_mapped is not None:
        return "mapped_address"
    # ISATAP carries an IPv4 address in its last half, whatever network it stands in: 2001:470::5efe:7f00:1
    return "mapped_address" if int(address) >> 32 & 0xFDFFFFFF == 0x00005EFE else None


def is_literal(host: str) -> bool:
    """Tell whether a host is an internet address and not a name."""
    return _literal(host) is not None


def _literal(host: str) -> str | None:
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def _refusal_of_name(name: str) -> str | None:
    name = name.removesuffix(".")
    if NUMERIC_LABEL.fullmatch(name.rpartition(".")[2]):
        return "numeric_host"
    if ":" in name or not HOST_NAME.fullmatch(name) or len(name) > 253:
        return "malformed_address"
    if "." not in name or name.endswith(tuple(f".{local}" for local in LOCAL_NAMES)):
        return "local_name"
    return None
