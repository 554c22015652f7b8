"""A site whose certificate nobody vouches for is not read."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article


def certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 that is signed by itself, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "paper")])
    present = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(present - timedelta(days=1))
        .not_valid_after(present + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused(
    little_site: Callable[[dict[str, Any]], LittleSite], gather: Callable[..., Any], database: Database, tmp_path: Path
) -> None:
    site = little_site({"/a": article()})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    site.speak_tls(context)
    [summary] = gather([site], [f"https://{site.origin}/a", "page"])
    assert (summary["outcome"], site.asked, articles(database)) == ("unreachable", [], {})
    # The site itself is well: who asks for no proof is answered.
    assert site.ask_without_proof("/a").startswith(b"<")
