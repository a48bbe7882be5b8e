"""Sync: all that was written to a file system is on its disk, by one call instead of one for each file."""

import ctypes
import os
from pathlib import Path


def sync_file_system(folder: Path) -> None:
    """That in which the folder is. Raises OSError for what could not be written."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:  # Linux alone has it
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) != 0:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error), str(folder))
    finally:
        os.close(handle)
