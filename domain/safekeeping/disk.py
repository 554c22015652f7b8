"""What has to outlast a power cut."""

import fcntl
import os
from pathlib import Path


def sync_data(descriptor: int) -> None:
    """Have what was written to an open file on disk. Raises OSError."""
    # macOS has no fdatasync, and what its fsync writes may still stand in the disk's own memory.
    if whole := getattr(fcntl, "F_FULLFSYNC", None):
        fcntl.fcntl(descriptor, whole)
    else:
        os.fdatasync(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk: a file whose name is lost is lost. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
