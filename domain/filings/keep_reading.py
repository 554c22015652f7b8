"""What was filed is read while the worker runs, within about a second of its receipt."""

import logging
import threading

from domain.store import Database, StoreUnavailable
from domain.store.intake import unread

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.3
LONGEST_PAUSE = 15.0


def keep_reading(database: Database, stop: threading.Event) -> None:
    """Read what waits until `stop` is set. While the store is down it tries again, more and more slowly."""
    pause = SECONDS_BETWEEN_LOOKS
    while not stop.wait(pause):
        try:
            unread.read_what_waits(database)
            pause = SECONDS_BETWEEN_LOOKS
        except StoreUnavailable as reason:
            log.warning("what was filed can't be read now: %s", reason)
            pause = min(LONGEST_PAUSE, pause * 2)
        except Exception as error:  # its message may quote what was typed
            log.error("what was filed can't be read: %s", type(error).__name__)
            pause = min(LONGEST_PAUSE, pause * 2)
