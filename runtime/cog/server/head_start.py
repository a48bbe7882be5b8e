"""What a start does before all else: workers need time to import the model."""

import contextlib
import pathlib
from typing import List, Tuple

from .child import Child
from .config import Config
from .scratch import Scratch


def head_start(config: Config) -> Tuple[Scratch, List[Child]]:
    """Where no process can be started, the fleet will try again, and tell."""
    scratch = Scratch()
    children: List[Child] = []
    # Workers have to wait for weights, and with `--reload` for the end of compiled files: the fleet sees to both.
    if config.reload or pathlib.Path(config.weights_file).exists():
        return scratch, children
    with contextlib.suppress(OSError):
        for _ in range(config.workers):
            children.append(Child(config, scratch.place("worker")))
    return scratch, children
