"""The resolver that every connection passes: what it hands on is what was checked."""

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.connections.connection import GuardedResolver


class Names:
    """A resolver that answers from a table, each time with the next answer: as one does that rebinds its name."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *arguments: Any, **options: Any) -> Any:
        receiver.resolutionBegan(self)
        for literal in self.answers.pop(0):
            kind = IPv6Address if ":" in literal else IPv4Address
            receiver.addressResolved(kind("TCP", literal, port))
        receiver.resolutionComplete()
        return self


class Receiver:
    """Takes down what Twisted would connect to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        return

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


def connect(resolver: GuardedResolver, host: str, port: int = 80) -> list[str]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, host, port)
    assert receiver.complete
    return receiver.addresses


def test_a_public_host_is_connected_to_at_the_addresses_that_were_checked() -> None:
    resolver = GuardedResolver(Names(["93.184.216.34", "2606:2800:220:1::1"]), ())
    assert connect(resolver, "news.example", 443) == ["93.184.216.34", "2606:2800:220:1::1"]
    assert resolver.refusal("news.example", 443) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "loopback_address"), ("10.1.2.3", "private_address"), ("169.254.169.254", "link_local_address"),
        ("::1", "loopback_address"), ("::ffff:10.0.0.1", "mapped_address"), ("64:ff9b::a00:1", "nat64_address"),
    ],
)  # fmt: skip
def test_a_public_name_for_a_private_address_is_not_connected_to(address: str, reason: str) -> None:
    resolver = GuardedResolver(Names([address]), ())
    assert connect(resolver, "news.example") == []
    assert resolver.refusal("news.example", 80) == reason


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    resolver = GuardedResolver(Names(["93.184.216.34", "192.168.0.1"]), ())
    assert connect(resolver, "news.example") == []
    assert resolver.refusal("news.example", 80) == "private_address"


def test_a_name_that_changes_its_address_between_two_connections_is_checked_each_time() -> None:
    resolver = GuardedResolver(Names(["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34"]), ())
    assert connect(resolver, "news.example") == ["93.184.216.34"]
    assert connect(resolver, "news.example") == []
    assert connect(resolver, "news.example") == ["93.184.216.34"]
    assert resolver.refusal("news.example", 80) is None


def test_the_port_is_checked_at_the_connection_too() -> None:
    resolver = GuardedResolver(Names(["93.184.216.34"]), ())
    assert connect(resolver, "news.example", 6379) == []
    assert resolver.refusal("news.example", 6379) == "port"


def test_an_allowed_origin_is_reached_on_its_own_port_only() -> None:
    resolver = GuardedResolver(Names(["127.0.0.1"], ["127.0.0.1"]), ["127.0.0.1:8100"])
    assert connect(resolver, "127.0.0.1", 8100) == ["127.0.0.1"]
    assert connect(resolver, "127.0.0.1", 80) == []


def test_a_name_that_is_not_there_is_not_called_refused() -> None:
    resolver = GuardedResolver(Names([]), ())
    assert connect(resolver, "nowhere.example") == []
    assert resolver.refusal("nowhere.example", 80) is None
