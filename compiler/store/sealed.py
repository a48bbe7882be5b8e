"""Folders that nobody may write into, by their mode: with `--local` no container mounts them read-only."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

READ_ONLY = 0o444
_SEALED, _OPEN = 0o555, 0o755


def seal(folder: Path) -> None:
    """For a folder that is whole, with those below it; their files are read-only already."""
    for root, _, _ in os.walk(folder, topdown=False):
        Path(root).chmod(_SEALED)


def remove_sealed(folder: Path) -> None:
    """As far as this user may: what another user has made stays."""
    for root, _, _ in os.walk(folder):  # from the top: each is opened before what lies in it is removed
        with suppress(OSError):
            Path(root).chmod(_OPEN)
    shutil.rmtree(folder, ignore_errors=True)
