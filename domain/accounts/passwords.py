"""Passwords: which may be chosen, and how they are kept (argon2id)."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 200
FEWEST_DIFFERENT = 6
# OWASP's least for argon2id is 46 MiB and one pass; two passes cost 85 ms on a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1)
# Compared with where there is no account, so that the answer takes as long as for one. Worked out once for all: each
# command would do so at its start, for 0.2 s.
_NOBODYS = "$argon2id$v=19$m=47104,t=2,p=1$bm8gYWNjb3VudCBhdCBhbA$Q1ZlgA6j960Mgwii5Psl3d2jx6ibiPU42l0zPdAT0SM"
# One hash takes 46 MiB and a core: without a bound, a handful of strangers at the sign-in page would stop the site.
# Browsers that signed in before have a place of their own, which strangers can't fill.
_PLACES = {False: threading.BoundedSemaphore(2), True: threading.BoundedSemaphore(1)}
SECONDS_TO_WAIT_FOR_A_PLACE = 1.0


class TooBusy(Exception):
    """As many passwords as this process can check at once are being checked."""


def refusal_of(password: str, name: str) -> str | None:
    """Return why this may not be the password of `name`: too_short, too_long, too_plain, like_name; None if it may."""
    kept = _normal(password)
    if len(kept) < SHORTEST:
        return "too_short"
    if len(kept) > LONGEST:
        return "too_long"
    if len(set(kept)) < FEWEST_DIFFERENT or _is_a_row(kept):
        return "too_plain"
    rest = kept.casefold().replace(name, "").replace("doorstep", "")
    return "like_name" if len(rest) < SHORTEST // 2 else None


def hash_password(password: str, is_known: bool = True) -> str:
    """Return the argon2id hash to keep. Raises TooBusy."""
    with _place(is_known):
        return _HASHER.hash(_normal(password))


def fits(password_hash: str | None, password: str, is_known: bool = False) -> bool:
    """Tell whether the password is right, in the same time where there is none. Raises TooBusy.

    `is_known` says that this browser signed in to this account before.
    """
    with _place(is_known):
        try:
            right = _HASHER.verify(password_hash or _NOBODYS, _normal(password[: LONGEST * 2]))
        except (Argon2Error, InvalidHashError):
            return False
    return right and password_hash is not None


@contextmanager
def _place(is_known: bool) -> Iterator[None]:
    if not _PLACES[is_known].acquire(timeout=SECONDS_TO_WAIT_FOR_A_PLACE):
        raise TooBusy
    try:
        yield
    finally:
        _PLACES[is_known].release()


def _normal(password: str) -> str:
    # Phones type the same letter in two ways (é as one code point or two, full-width digits).
    return unicodedata.normalize("NFKC", password)


def _is_a_row(password: str) -> bool:
    """Tell whether each character follows on the one before (123456789012, abcdefghijkl, and backwards)."""
    steps = {ord(after) - ord(before) for before, after in zip(password, password[1:], strict=False)}
    return steps <= {1, -9} or steps <= {-1, 9}
