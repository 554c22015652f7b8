"""Whether the certificate of a site is believed; what is refused is refused under a name that says why.

OpenSSL judges by whom it was signed and when it holds. Whose it is is judged here and not left to Twisted: that takes a
certificate for good whose names it can't read, whatever host it is shown for.
"""

import weakref
from typing import Any

from OpenSSL import SSL
from OpenSSL.crypto import X509
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from crawler.connections.guard import is_literal
from crawler.refusals import Refused

# By OpenSSL's numbers (x509_vfy.h), where there is more to say than that nobody vouches for it.
REASONS = {9: "certificate_not_yet_valid", 10: "certificate_expired"}
UNTRUSTED, ANOTHER_HOST = "certificate_untrusted", "certificate_of_another_host"
CERTIFICATE_REASONS = frozenset({*REASONS.values(), UNTRUSTED, ANOTHER_HOST})


@implementer(IPolicyForHTTPS)
class ToldPolicy:
    """Twisted's policy for HTTPS, whose refusals say why."""

    def __init__(self, policy: Any) -> None:
        self._policy = policy

    def creatorForNetloc(self, hostname: bytes, port: int) -> "_ToldCreator":
        """Return what makes the connections to one host."""
        return _ToldCreator(self._policy.creatorForNetloc(hostname, port), hostname.decode("ascii"))


@implementer(IOpenSSLClientConnectionCreator)
class _ToldCreator:
    def __init__(self, creator: Any, host: str) -> None:
        self._creator, self._host = creator, host

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:
        """Return a connection that ends with Refused where the certificate does not hold."""
        protocol = weakref.ref(tlsProtocol)

        def judged(own: SSL.Connection, certificate: X509, error: int, depth: int, ok: int) -> bool:
            reason = REASONS.get(error, UNTRUSTED) if not ok else None
            if reason is None and depth == 0 and not _is_of(certificate, self._host):
                reason = ANOTHER_HOST
            if reason is not None and (alive := protocol()) is not None:
                alive.failVerification(Failure(Refused(reason)))  # type: ignore[no-untyped-call]
            return reason is None

        connection: SSL.Connection = self._creator.clientConnectionForTLS(tlsProtocol)
        connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, judged)
        return connection


def _is_of(certificate: X509, host: str) -> bool:
    """Tell whether a certificate is that of a host; one whose names can't be read is nobody's."""
    try:
        wanted = IPAddress_ID(host) if is_literal(host) else DNS_ID(host.removesuffix("."))
        verify_service_identity(extract_patterns(certificate), [wanted], [])
    except Exception:  # OpenSSL would not hear of it, and go on
        return False
    return True
