"""Who acts at the command line."""

import getpass


def actor() -> str:
    """Return who acts, as the audit log names them."""
    return f"command line: {getpass.getuser()}"
