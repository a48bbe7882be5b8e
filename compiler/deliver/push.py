"""Pushing an image through the engine, again where a fault of the network may pass."""

import re
import time
from collections.abc import Callable

from ..backends import docker
from ..backends.push_faults import Fault, push_fault
from ..ir.codes.engine import PUSH_FAILED
from ..ir.diagnostic import CompileError
from .engine import last_line, output
from .image import remote_digest

# Seconds before each further try.
WAITS = (0.5, 2.0, 5.0)
_DIGEST = re.compile(r"(?:digest: |^)(sha256:[0-9a-f]{64})", re.MULTILINE)

Tell = Callable[[str], None]


def push(image: str, tell: Tell) -> str:
    """The digest under which the registry has the image now; `tell` is told what is tried again.

    Raises CompileError with the code of what went wrong.
    """
    for seconds in (*WAITS, None):
        answer = output(docker.push(image))
        if answer.returncode == 0:
            return _digest(image, answer.stdout)
        said = last_line(answer.stderr) if answer.stderr.strip() else last_line(answer.stdout)
        fault = push_fault(said)
        if seconds is None or not fault.passes:
            raise CompileError([fault.code.bare(f"{image} could not be pushed: {said}", help=_help(fault, image))])
        tell(f"{said}; trying again in {seconds:g} s")
        time.sleep(seconds)
    raise AssertionError("the last try returns or raises")


def join(image: str, parts: tuple[str, ...]) -> str:
    """Makes one image of those for several platforms, which the registry has already; gives its digest.

    Raises CompileError with the code of what went wrong.
    """
    answer = output(docker.join_images(image, parts))
    if answer.returncode != 0:
        fault = push_fault(answer.stderr)
        raise CompileError([fault.code.bare(f"{image} could not be made: {last_line(answer.stderr)}", help=fault.help)])
    return remote_digest(image)


def _help(fault: Fault, image: str) -> str:
    registry = docker.registry_of(image)
    if fault.code is not PUSH_FAILED and not registry:
        return f"a name without a registry goes to Docker Hub: write REGISTRY/{image}, or log in with `cogc login`"
    return fault.help.replace("REGISTRY", registry)


def _digest(image: str, said: str) -> str:
    if found := _DIGEST.search(said):
        return found[1]
    known = output(docker.image_digests(image)).stdout.split()
    own = (name for name in known if name.startswith(f"{docker.repository_of(image)}@"))
    return next(own, "@").partition("@")[2]
