"""Pushing an image through the engine, again where a fault of the network may pass."""

import os
import re
import subprocess
import time
from collections.abc import Callable

from ..backends import docker
from ..backends.push_faults import Fault, is_told_by_the_registry_alone, push_fault
from ..ir.codes.engine import PUSH_FAILED
from ..ir.diagnostic import CompileError
from ..registry.reference import parse_reference
from ..registry.refusal import refusal
from .client import spoken
from .engine import last_line, output
from .signals import stops_as_interrupt

# Seconds before each further try.
WAITS = (0.5, 2.0, 5.0)
_DIGEST = re.compile(r"(?:digest: |^)(sha256:[0-9a-f]{64})", re.MULTILINE)
_SENT = re.compile(r"(?P<layer>[0-9a-f]{12}): Pushed")

Tell = Callable[[str], None]


def push(image: str, tell: Tell) -> str:
    """The digest under which the registry has the image now; `tell` is told what has arrived, and what is tried again.

    Raises CompileError with the code of what went wrong.
    """
    for seconds in (*WAITS, None):
        code, said = _pushed(image, tell)
        if code == 0:
            return _digest(image, said)
        reason = _reason(image, last_line(said))
        fault = push_fault(reason)
        if seconds is None or not fault.passes:
            raise CompileError([fault.code.bare(f"{image} could not be pushed: {reason}", help=_help(fault, image))])
        tell(f"{reason}; trying again in {seconds:g} s")
        time.sleep(seconds)
    raise AssertionError("the last try returns or raises")


def push_as(image: str, name: str, tell: Tell) -> str:
    """Pushes an image under another name of its, which it has on this machine meanwhile only.

    Raises CompileError with the code of what went wrong.
    """
    answer = output(docker.tag(image, name))
    if answer.returncode != 0:
        message = f"{image} cannot be called {name}: {last_line(answer.stderr)}"
        raise CompileError([PUSH_FAILED.bare(message, help="push it under a shorter tag, or build it again")])
    try:
        return push(name, tell)
    finally:
        output(docker.untag(name))


def _reason(image: str, said: str) -> str:
    """What the client said, and where that is no reason, what the registry says."""
    if not is_told_by_the_registry_alone(push_fault(said)):
        return said
    why = refusal(parse_reference(image), os.environ)
    return f"{said} ({why})" if why else said


def _pushed(image: str, tell: Tell) -> tuple[int, str]:
    """The exit code, and all that the client said."""
    said: list[str] = []
    argv = spoken(docker.push(image))
    with (
        stops_as_interrupt(),
        subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as client,
    ):
        assert client.stdout is not None, "asked for by PIPE"
        try:
            for line in client.stdout:
                said.append(line)
                if found := _SENT.match(line):
                    tell(f"  {found['layer']} sent")
        except BaseException:
            client.terminate()
            raise
    return client.returncode, "".join(said)


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
