"""Which addresses are refused, and why."""

import pytest

from crawler.connections.guard import refusal_of_address, refusal_of_host_address

REFUSED = {
    "ftp://news.example/": "scheme",
    "file:///etc/passwd": "scheme",
    "gopher://news.example/_x": "scheme",
    "data:text/html,<h1>催收</h1>": "scheme",
    "javascript:alert(1)": "scheme",
    "//news.example/": "scheme",
    "http://": "malformed_address",
    "http:///path": "malformed_address",
    "http://[bad/": "malformed_address",
    "http://[::1": "malformed_address",
    "http://news.example:port/": "malformed_address",
    "http://news.example:99999/": "malformed_address",
    "http://news.example\\@127.0.0.1/": "userinfo",
    "http://news .example/": "malformed_address",
    "http://news.example%2f@x/": "userinfo",
    "http://%31%32%37.0.0.1/": "numeric_host",
    "http://%6eews.example/": "malformed_address",
    "http://-news.example/": "malformed_address",
    "http://news..example/": "malformed_address",
    f"http://{'a' * 64}.example/": "malformed_address",
    "http://user@news.example/": "userinfo",
    "http://user:word@news.example/": "userinfo",
    "http://news.example@127.0.0.1/": "userinfo",
    "http://@news.example/": "userinfo",
    "http://news.example:8080/": "port",
    "http://news.example:22/": "port",
    "https://news.example:0/": "port",
    "http://127.0.0.1:9200/": "port",
    "http://127.0.0.1/": "loopback_address",
    "http://127.255.255.254/": "loopback_address",
    "http://0.0.0.0/": "private_address",
    "http://10.0.0.1/": "private_address",
    "http://172.16.0.1/": "private_address",
    "http://192.168.1.1/": "private_address",
    "http://100.64.0.1/": "private_address",
    "http://192.0.0.8/": "special_address",
    "http://198.18.0.1/": "private_address",
    "http://203.0.113.7/": "private_address",
    "http://240.0.0.1/": "private_address",
    "http://255.255.255.255/": "private_address",
    "http://169.254.169.254/latest/meta-data/": "link_local_address",
    "http://224.0.0.1/": "multicast_address",
    "http://192.88.99.1/": "6to4_address",
    "http://2130706433/": "numeric_host",
    "http://017700000001/": "numeric_host",
    "http://0x7f000001/": "numeric_host",
    "http://0x7f.1/": "numeric_host",
    "http://127.1/": "numeric_host",
    "http://0177.0.0.1/": "numeric_host",
    "http://127.0.0.1./": "numeric_host",
    "http://8.8.8.8.8/": "numeric_host",
    "http://１２７.0.0.1/": "loopback_address",
    "http://127。0。0。1/": "loopback_address",
    "http://[::1]/": "loopback_address",
    "http://[::]/": "private_address",
    "http://[::ffff:127.0.0.1]/": "mapped_address",
    "http://[::ffff:7f00:1]/": "mapped_address",
    "http://[::ffff:8.8.8.8]/": "mapped_address",
    "http://[::127.0.0.1]/": "private_address",
    "http://[64:ff9b::7f00:1]/": "nat64_address",
    "http://[64:ff9b:1::a00:1]/": "nat64_address",
    "http://[2002:7f00:1::]/": "6to4_address",
    "http://[2001:0:4136:e378::]/": "special_address",
    "http://[2001:db8::1]/": "special_address",
    "http://[2001:470::5efe:7f00:1]/": "mapped_address",
    "http://[2001:470::200:5efe:7f00:1]/": "mapped_address",
    "http://[fe80::1]/": "link_local_address",
    "http://[fc00::1]/": "private_address",
    "http://[fd12:3456::1]/": "private_address",
    "http://[fec0::1]/": "private_address",
    "http://[ff02::1]/": "multicast_address",
    "http://localhost/": "local_name",
    "http://LOCALHOST/": "local_name",
    "http://localhost./": "local_name",
    "http://app.localhost/": "local_name",
    "http://elasticsearch/": "local_name",
    "http://printer.local/": "local_name",
    "http://metadata.google.internal/": "local_name",
    "http://router.home.arpa/": "local_name",
}


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_no_crawler_may_reach_is_refused_with_its_reason(url: str) -> None:
    assert refusal_of_address(url) == REFUSED[url]


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/", "https://news.example/rss.xml?page=2", "https://news.example:443/", "http://news.example:80/",
        "http://www.催收观察.example/", "http://xn--fiqs8s.example./", "http://93.184.216.34/", "https://[2606:2800:220:1::1]/",
        "http://a_b.news.example/", "http://4399.example/", "http://10086.example/",
    ],
)  # fmt: skip
def test_a_public_address_is_not_refused(url: str) -> None:
    assert refusal_of_address(url) is None


def test_an_allowed_origin_is_that_host_and_port_and_nothing_else() -> None:
    allowed = {"127.0.0.1:8100", "[::1]:8100"}
    assert refusal_of_address("http://127.0.0.1:8100/a", allowed) is None
    assert refusal_of_address("http://[::1]:8100/a", allowed) is None
    assert refusal_of_address("http://127.0.0.1:8101/a", allowed) == "port"
    assert refusal_of_address("http://127.0.0.1/a", allowed) == "loopback_address"
    assert refusal_of_address("http://localhost:8100/a", allowed) == "port"
    assert refusal_of_address("http://2130706433:8100/a", allowed) == "port"
    assert refusal_of_address("http://[::ffff:127.0.0.1]:8100/a", allowed) == "port"
    assert refusal_of_address("http://x@127.0.0.1:8100/a", allowed) == "userinfo"
    assert refusal_of_address("ftp://127.0.0.1:8100/a", allowed) == "scheme"


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "240e::1"])
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert refusal_of_host_address(address) is None


@pytest.mark.parametrize("address", ["fe80::1%eth0", "2606:4700::1111%eth0", "not an address", ""])
def test_what_is_no_plain_address_may_not_be_connected_to(address: str) -> None:
    assert refusal_of_host_address(address) is not None
