"""A site whose certificate does not hold is not read, nor by http instead; the reason is told by its name."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article

Make = Callable[[dict[str, Any]], LittleSite]
DAY = timedelta(days=1)
LOOPBACK = x509.IPAddress(ip_address("127.0.0.1"))


class Authority:
    """Somebody who vouches for sites, and is trusted where the environment names `file`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")])
        self.file = folder / "authority.pem"
        own = self._builder(self.name, self.key, -2 * DAY, 2 * DAY).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        self.file.write_bytes(own.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def context(
        self, host: x509.GeneralName, begins: timedelta = -DAY, ends: timedelta = DAY, *, own: bool = False
    ) -> ssl.SSLContext:
        """Return what a site speaks TLS with; its certificate lasts from `begins` to `ends`, both told from now.

        With `own` it is signed by itself.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "paper")])
        builder = self._builder(subject, key, begins, ends).issuer_name(subject if own else self.name)
        made = builder.add_extension(x509.SubjectAlternativeName([host]), critical=False)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = self.folder / "certificate.pem"
        path.write_bytes(
            made.sign(key if own else self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + private
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, begins: timedelta, ends: timedelta
    ) -> x509.CertificateBuilder:
        present = datetime.now(UTC)
        builder = x509.CertificateBuilder(subject_name=subject, public_key=key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(present + begins).not_valid_after(present + ends)
        return builder.issuer_name(self.name) if subject == self.name else builder


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority that the crawl trusts."""
    return Authority(tmp_path)


def crawled(site: LittleSite, gather: Callable[..., Any], authority: Authority) -> dict[str, Any]:
    environment = {"SSL_CERT_FILE": str(authority.file)}
    [summary] = gather([site], [f"https://{site.origin}/a", "page"], environment=environment)
    return dict(summary)


def test_a_site_that_a_trusted_authority_vouches_for_is_read(
    little_site: Make, gather: Callable[..., Any], database: Database, authority: Authority
) -> None:
    site = little_site({"/a": article()})
    site.speak_tls(authority.context(LOOPBACK))
    assert crawled(site, gather, authority)["outcome"] == "finished"
    assert len(articles(database)) == 1


@pytest.mark.parametrize(
    ("host", "told", "reason"),
    [
        (LOOPBACK, {"own": True}, "certificate_untrusted"),
        (LOOPBACK, {"begins": -2 * DAY, "ends": -DAY}, "certificate_expired"),
        (LOOPBACK, {"begins": DAY, "ends": 2 * DAY}, "certificate_not_yet_valid"),
        (x509.DNSName("other.example"), {}, "certificate_of_another_host"),
        (x509.DNSName("127.0.0.1"), {}, "certificate_of_another_host"),
        (x509.IPAddress(ip_address("127.0.0.2")), {}, "certificate_of_another_host"),
    ],
    ids=["self-signed", "expired", "not yet", "other name", "address as a name", "other address"],
)
def test_a_certificate_that_does_not_hold_is_refused_with_its_reason_and_nothing_is_asked(
    little_site: Make, gather: Callable[..., Any], database: Database, authority: Authority, host: x509.GeneralName,
    told: dict[str, Any], reason: str,
) -> None:  # fmt: skip
    site = little_site({"/a": article()})
    site.speak_tls(authority.context(host, **told))
    summary = crawled(site, gather, authority)
    assert (summary["outcome"], summary["counts"]["refused"]) == ("unreachable", {reason: 1})
    assert (site.asked, articles(database)) == ([], {})
    # The site itself is well: who asks for no proof is answered.
    assert site.ask_without_proof("/a").startswith(b"<")


def test_a_page_whose_certificate_does_not_hold_is_not_asked_for_by_http_either(
    little_site: Make, gather: Callable[..., Any], database: Database, authority: Authority, tmp_path: Path
) -> None:
    plain, secured = little_site({"/a": article()}), little_site({"/a": article()})
    secured.speak_tls(authority.context(x509.DNSName("other.example")))
    plain.pages["/moved"] = (301, {"Location": "https://paper.example/a"}, "")
    ports = [int(site.address.rpartition(":")[2]) for site in (plain, secured)]
    names = {
        "answers": {"paper.example": [["93.184.216.34"]]}, "notes": str(tmp_path / "notes"),
        "sites": dict(zip(["93.184.216.34:80", "93.184.216.34:443"], ports, strict=True)),
    }  # fmt: skip
    environment = {"SSL_CERT_FILE": str(authority.file)}
    for address, asked in (("https://paper.example/a", []), ("http://paper.example/moved", ["/robots.txt", "/moved"])):
        [summary] = gather([], [address, "page"], names=names, environment=environment, hasty=True)
        assert summary["counts"]["refused"] == {"certificate_of_another_host": 1}
        assert (secured.asked, plain.paths(), articles(database)) == ([], asked, {})
