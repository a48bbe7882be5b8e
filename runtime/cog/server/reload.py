"""`--reload`: the model is loaded again whenever its source changes, or a file that it was told to watch.

Files are looked at again and again, for no notice of a change reaches a container through every kind of mount.
"""

import asyncio
import contextlib
import fnmatch
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

# It says how the environment is made, which is made already.
_ENVIRONMENT = "cog.yaml"

Snapshot = Dict[str, Tuple[int, int, int]]
Patterns = Tuple[str, ...]


@contextlib.asynccontextmanager
async def reloading(config: Config, fleet: Fleet) -> AsyncIterator[None]:
    """Watches the current folder while the server runs, if it is told to."""
    if not config.reload:
        yield
        return
    # An edit within the second of the one before it must not find the compiled file of that one.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    task = asyncio.get_running_loop().create_task(_reload(fleet, config))
    try:
        yield
    finally:
        task.cancel()


async def _reload(fleet: Fleet, config: Config) -> None:
    watched = (_ENVIRONMENT, *config.reload)
    loaded = snapshot(".", watched)
    while True:
        found = await _changed(loaded, watched)
        paths = _different(loaded, found)
        loaded = found
        if paths == [_ENVIRONMENT]:
            _log.warning("cog.yaml changed: it counts once the server is started anew")
            continue
        _log.warning("%s changed: the model is loaded again", _named(paths))
        await fleet.restart(config.shutdown_grace)


async def _changed(before: Snapshot, watched: Patterns) -> Snapshot:
    """The source once it differs and has come to rest: editors write a file in more than one step."""
    last, now = before, await _look(watched)
    while now == before or now != last:
        last, now = now, await _look(watched)
    return now


async def _look(watched: Patterns) -> Snapshot:
    begin = time.monotonic()
    found = await asyncio.get_running_loop().run_in_executor(None, snapshot, ".", watched)
    await asyncio.sleep(max(_PAUSE, (time.monotonic() - begin) / _SHARE))
    return found


def snapshot(folder: str, watched: Patterns) -> Snapshot:
    """Time, size and inode of every watched file below, without those of tools and environments.

    A pattern is for a file's name, or for its path in the folder.
    """
    found: Snapshot = {}
    pending = [folder]
    while pending:
        with contextlib.suppress(OSError):
            _scan(pending.pop(), watched, found, pending)
    return found


def _scan(folder: str, watched: Patterns, found: Snapshot, pending: List[str]) -> None:
    with os.scandir(folder) as entries:
        listed = list(entries)
    if any(entry.name == "pyvenv.cfg" for entry in listed):
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in _OF_OTHERS:
                pending.append(entry.path)
        elif any(_fits(entry, pattern) for pattern in watched):
            with contextlib.suppress(OSError):
                state = entry.stat()
                found[os.path.normpath(entry.path)] = (state.st_mtime_ns, state.st_size, state.st_ino)


def _fits(entry: "os.DirEntry[str]", pattern: str) -> bool:
    path = os.path.normpath(entry.path)
    return fnmatch.fnmatch(entry.name, pattern) or fnmatch.fnmatch(path, pattern)


def _different(before: Snapshot, after: Snapshot) -> List[str]:
    return sorted(path for path in {**before, **after} if before.get(path) != after.get(path))


def _named(paths: List[str]) -> str:
    return paths[0] + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")
