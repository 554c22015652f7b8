"""Names of accounts: typed by people on many keyboards, kept in one spelling."""

import re
import unicodedata

LONGEST = 40
# Letters of any script, digits and what joins them; never a space, so that a list of names reads as one.
NAME = re.compile(r"[^\W_]([\w.-]*[^\W_])?")


def canonical_name(typed: str) -> str:
    """Return the spelling under which an account is kept: width and case make no difference."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def is_name(name: str) -> bool:
    """Tell whether a canonical name may be an account's."""
    return 2 <= len(name) <= LONGEST and NAME.fullmatch(name) is not None
