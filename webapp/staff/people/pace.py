"""How often one source may try to sign in."""

from typing import cast

from flask import current_app

from webapp.shell.pace import Pace

# Ten at once is a whole team behind one address in the morning; after that, one every two seconds.
BURST, PER_SECOND = 10.0, 0.5


def pace() -> Pace:
    """Return the buckets of the running application."""
    return cast(Pace, current_app.extensions.setdefault("staff_pace", Pace(BURST, PER_SECOND)))
