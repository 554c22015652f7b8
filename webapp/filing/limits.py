"""Who has to wait: how often one source may file, and when a complaint costs a proof of work. Nobody needs a CAPTCHA.

A source is known by a keyed hash in the memory of one process; no address is written anywhere.
"""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from domain.settings import Settings
from webapp.filing.proof_of_work import Challenges, Load
from webapp.shell.pace import Pace

# A dormitory or a village behind one address files some complaints in an evening; a program files them in a minute.
FILINGS_AT_ONCE = 60.0
FILINGS_PER_SECOND = 0.1


class SourceTooQuick(Exception):
    """This source filed too often; it may again after some `seconds`."""

    seconds = 30


class ProofNeeded(Exception):
    """This complaint came without a proof of work; `challenge` is the one to answer, or to keep for `seconds`."""

    def __init__(self, challenge: str, seconds: int) -> None:
        super().__init__(challenge)
        self.challenge, self.seconds = challenge, seconds


@dataclass(frozen=True)
class Limits:
    """The limits of one process."""

    filings: Pace
    load: Load
    challenges: Challenges
    proof_above: int


def init_app(app: Flask, settings: Settings, key: bytes) -> None:
    """Set the limits up; with TRUSTED_PROXIES the visitor is the one that the proxy names."""
    app.extensions["limits"] = Limits(
        Pace(FILINGS_AT_ONCE, FILINGS_PER_SECOND), Load(), Challenges(key, settings.proof_of_work_seconds),
        settings.proof_of_work_above,
    )  # fmt: skip
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )


@contextmanager
def one_filing(proof: str) -> Iterator[None]:
    """Let one complaint of a program be kept.

    Raises SourceTooQuick, or ProofNeeded when `proof` is none and there is load.
    """
    limits = _limits()
    if _is_too_quick(limits):
        raise SourceTooQuick
    with _kept(limits, proof, needed=False):
        yield


@contextmanager
def one_form(proof: str) -> Iterator[None]:
    """Let one complaint of the form be kept. Raises ProofNeeded under load, and where many came from the same place.

    A person is not told to come back later: behind one address there may be a dormitory.
    """
    limits = _limits()
    with _kept(limits, proof, needed=_is_too_quick(limits)):
        yield


@contextmanager
def _kept(limits: Limits, proof: str, *, needed: bool) -> Iterator[None]:
    if (needed or limits.load.is_above(limits.proof_above)) and not (proof and limits.challenges.is_met(proof)):
        raise ProofNeeded(*limits.challenges.open_again(proof))
    with limits.load.one_more():
        yield


def _limits() -> Limits:
    return cast(Limits, current_app.extensions["limits"])


def _is_too_quick(limits: Limits) -> bool:
    source = request.remote_addr or ""
    return not is_this_machine(source) and not limits.filings.take(source)


def is_this_machine(source: str) -> bool:
    """Tell whether an address is the proxy's own: all visitors behind it would have to share one bucket."""
    try:
        return ipaddress.ip_address(source).is_loopback
    except ValueError:
        return not source
