"""The key of the accounts: seals second factors, hashes what is only ever looked up."""

import base64
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken

from domain.safekeeping.keys import keyed_hash, load_or_make_key
from domain.settings import Settings


@dataclass(frozen=True)
class AccountKeys:
    """What `staff.key` gives: `key` for hashes, `seal` for second factors."""

    key: bytes
    seal: Fernet

    def hash(self, purpose: str, value: str) -> str:
        """Return the keyed hash of a value of one kind (session, invitation, recovery code, name)."""
        return keyed_hash(self.key, f"{purpose}:{value}")

    def sealed(self, secret: str) -> str:
        """Encrypt a second factor."""
        return self.seal.encrypt(secret.encode("ascii")).decode("ascii")

    def opened(self, sealed: str | None) -> str | None:
        """Decrypt a second factor; None where there is none or this key does not open it."""
        try:
            return self.seal.decrypt(sealed.encode("ascii")).decode("ascii") if sealed else None
        except InvalidToken:
            return None


def load_account_keys(settings: Settings) -> AccountKeys:
    """Read the key file, making it on the first start."""
    key = load_or_make_key(settings.keys_folder, "staff.key")
    return AccountKeys(key, Fernet(base64.urlsafe_b64encode(key)))
