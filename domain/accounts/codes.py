"""Second factors that are typed: six digits from an app (TOTP, RFC 6238), and recovery codes on paper."""

import secrets
from datetime import datetime

import pyotp

from domain.safekeeping.receipts import ALPHABET, canonical_receipt

SECONDS_OF_A_STEP = 30
ISSUER = "Doorstep 催收观察"
# A clock that is off by up to half a minute still works.
STEPS_OFF = (0, -1, 1)
RECOVERY_CODES = 10
# 12 characters of 5 bits: 60 random bits can't be guessed, so a keyed hash of them is enough.
RECOVERY_LENGTH = 12


def new_secret() -> str:
    """Return a fresh TOTP secret of 160 bits, in base 32."""
    return pyotp.random_base32()


def enrolment_address(secret: str, name: str) -> str:
    """Return the otpauth address that a QR code shows to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """Return the step of 30 s whose code was typed; None where it is of no step about now."""
    digits = "".join(str(int(character)) for character in typed if character.isdecimal())
    if len(digits) != 6:
        return None
    totp, present = pyotp.TOTP(secret), int(at.timestamp()) // SECONDS_OF_A_STEP
    return next(
        (
            present + off
            for off in STEPS_OFF
            if secrets.compare_digest(totp.at((present + off) * SECONDS_OF_A_STEP), digits)
        ),
        None,
    )


def new_recovery_codes() -> list[str]:
    """Return ten fresh recovery codes such as `7H2K-9QZD-4MXP`."""
    return ["-".join(_letters() for _ in range(RECOVERY_LENGTH // 4)) for _ in range(RECOVERY_CODES)]


def canonical_recovery_code(typed: str) -> str | None:
    """Return the code that a person meant (as for receipts); None where it can be none."""
    code = canonical_receipt(typed[:100])
    return code if len(code) == RECOVERY_LENGTH else None


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(4))
