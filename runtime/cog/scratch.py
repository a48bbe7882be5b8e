"""Folders for temporary files, each of which ends with what it is for: a prediction, a worker or a process."""

import atexit
import functools
import os
import pathlib
import shutil
import tempfile
from contextvars import ContextVar

from .binding import Binding

VARIABLE = "COG_SCRATCH"
_PREDICTION: ContextVar[str] = ContextVar("cog_scratch", default="")


def new_folder() -> str:
    """Its path: in the folder of the running prediction, else of the worker, else of this process. Raises OSError."""
    parent = _PREDICTION.get() or os.environ.get(VARIABLE) or _of_process()
    pathlib.Path(parent).mkdir(parents=True, exist_ok=True)
    return tempfile.mkdtemp(dir=parent)


def inside(folder: str) -> Binding[str]:
    """Makes `folder` the prediction's; it need not exist. The server removes it after the prediction."""
    return Binding(_PREDICTION, folder)


@functools.lru_cache(maxsize=None)
def _of_process() -> str:
    folder = tempfile.mkdtemp(prefix="cog-")
    atexit.register(_remove, folder, os.getpid())
    return folder


def _remove(folder: str, owner: int) -> None:
    """A forked child has the parent's hooks, but its files are the parent's too."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
