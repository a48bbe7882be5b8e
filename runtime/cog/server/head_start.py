"""What a start does before all else: workers need time to import the model."""

import contextlib
from typing import List, Tuple

from .child import Child
from .config import Config
from .scratch import Scratch


def head_start(config: Config) -> Tuple[Scratch, List[Child]]:
    """Where no process can be started, the fleet will try again, and tell."""
    scratch = Scratch()
    children: List[Child] = []
    if config.reload:
        # There no worker may write compiled files, which is seen to when the server runs.
        return scratch, children
    with contextlib.suppress(OSError):
        for _ in range(config.workers):
            children.append(Child(config, scratch.place("worker")))
    return scratch, children
