"""The keys of an installation's filings, and the sealing of how a borrower can be reached."""

import base64
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from domain.safekeeping.keys import load_or_make_key
from domain.settings import Settings


@dataclass(frozen=True)
class Keys:
    """The keys of this installation: `receipt` hashes receipts, `contact` seals how to reach a borrower."""

    receipt: bytes
    contact: MultiFernet


def load_keys(settings: Settings) -> Keys:
    """Read the key files, making them on the first start. Older contact keys stay readable (contact.1.key, …)."""
    folder = settings.keys_folder
    receipt = load_or_make_key(folder, "receipt.key")
    contact = [load_or_make_key(folder, "contact.key")]
    contact += [older.read_bytes() for older in sorted(folder.glob("contact.*.key"))]
    return Keys(receipt, MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in contact]))


def seal_contact(keys: Keys, contact: str) -> str | None:
    """Encrypt how the borrower can be reached; None for none."""
    return keys.contact.encrypt(contact.encode("utf-8", "surrogatepass")).decode("ascii") if contact else None


def open_contact(keys: Keys, sealed: str) -> str:
    """Decrypt what `seal_contact` sealed. Raises ValueError when no key fits."""
    try:
        return keys.contact.decrypt(sealed.encode("ascii")).decode("utf-8", "surrogatepass")
    except InvalidToken as error:
        raise ValueError("no contact key opens this") from error
