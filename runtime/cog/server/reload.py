"""`--reload`: the model is loaded again whenever its source changes.

Files are looked at again and again, for no notice of a change reaches a container through every kind of mount.
"""

import asyncio
import contextlib
import logging
import os
import time
from typing import AsyncIterator, Dict, List, Tuple

from .config import Config
from .fleet import Fleet

_log = logging.getLogger("cog.reload")

_PAUSE = 0.5
# Of the time, at most this part is spent on looking.
_SHARE = 0.1
_OF_OTHERS = ("__pycache__", "node_modules", "site-packages")

Snapshot = Dict[str, Tuple[int, int, int]]


@contextlib.asynccontextmanager
async def reloading(config: Config, fleet: Fleet) -> AsyncIterator[None]:
    """Watches the current folder while the server runs, if it is told to."""
    if not config.reload:
        yield
        return
    # An edit within the second of the one before it must not find the compiled file of that one.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    task = asyncio.get_running_loop().create_task(_reload(fleet, config.shutdown_grace, snapshot(".")))
    try:
        yield
    finally:
        task.cancel()


async def _reload(fleet: Fleet, grace: float, loaded: Snapshot) -> None:
    while True:
        found = await _changed(loaded)
        _log.warning("%s changed: the model is loaded again", _named(loaded, found))
        loaded = found
        await fleet.restart(grace)


async def _changed(before: Snapshot) -> Snapshot:
    """The source once it differs and has come to rest: editors write a file in more than one step."""
    last, now = before, await _look()
    while now == before or now != last:
        last, now = now, await _look()
    return now


async def _look() -> Snapshot:
    begin = time.monotonic()
    found = await asyncio.get_running_loop().run_in_executor(None, snapshot, ".")
    await asyncio.sleep(max(_PAUSE, (time.monotonic() - begin) / _SHARE))
    return found


def snapshot(folder: str) -> Snapshot:
    """Time, size and inode of every Python file below, without those of tools and environments."""
    found: Snapshot = {}
    pending = [folder]
    while pending:
        with contextlib.suppress(OSError):
            _scan(pending.pop(), found, pending)
    return found


def _scan(folder: str, found: Snapshot, pending: List[str]) -> None:
    with os.scandir(folder) as entries:
        listed = list(entries)
    if any(entry.name == "pyvenv.cfg" for entry in listed):
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in _OF_OTHERS:
                pending.append(entry.path)
        elif entry.name.endswith(".py"):
            with contextlib.suppress(OSError):
                state = entry.stat()
                found[entry.path] = (state.st_mtime_ns, state.st_size, state.st_ino)


def _named(before: Snapshot, after: Snapshot) -> str:
    paths = sorted(path for path in {**before, **after} if before.get(path) != after.get(path))
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return os.path.normpath(paths[0]) + more
