"""A build that failed, as the engine's client tells it."""

import re

from ..backends.buildkit import Failure, failure, summed_up
from ..ir.codes.building import ENGINE_LOST
from ..ir.codes.delivery import BUILD_FAILED
from ..ir.diagnostic import CompileError
from .client import client

# Lines of the client that are shown where no step is to blame.
_TAIL = 30
_LOST = re.compile(
    r"error reading from server|unexpected EOF|use of closed network"
    r"|cannot connect to the docker daemon|code = (?:unavailable|canceled)|transport is closing|no active session",
    re.IGNORECASE,
)
# Of a step they tell that it reached nobody: a registry, for one.
_BROKEN = re.compile(r"connection (?:reset|refused)|broken pipe", re.IGNORECASE)
_AGAIN = "see whether it runs (`docker info`), and build again: what was done is in its cache"


class BuildFailed(CompileError):
    """`failure` is what is known of the step, for those who know what was built."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__([BUILD_FAILED.bare(f"the build failed at {failure.name}: {failure.reason}")])


def build_failed(lines: tuple[str, ...]) -> CompileError:
    """What to raise for a client that printed these lines and failed."""
    events = tuple(event for event in map(client().reader(), lines) if event is not None)
    found = failure(events) or summed_up("\n".join(lines))
    ending = "\n".join(line for line in lines[-_TAIL:] if line.strip())
    last = lines[-1] if lines else ""
    if _LOST.search(found.reason if found else last) or (found is None and _BROKEN.search(last)):
        return CompileError([ENGINE_LOST.bare(f"the engine went away while it built:\n{ending}", help=_AGAIN)])
    return (
        BuildFailed(found) if found else CompileError([BUILD_FAILED.bare(f"the image could not be built:\n{ending}")])
    )
