"""Containers: started, used and always removed."""

import json
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from ..backends import docker
from ..ir.codes.delivery import CONTAINER_FAILED, ENGINE_UNREACHABLE, IMAGE_NOT_COG
from ..ir.diagnostic import CompileError
from ..ir.recipe import PORT
from ..ir.weight import MountedWeights
from .client import client, require_runner, spoken
from .engine import last_line, output
from .printed import handed_on
from .server import Hear, Server
from .signals import stops_as_interrupt

# Seconds that a server has to end its predictions after SIGTERM.
_GRACE = 30
# Those that a command has, of which nobody expects that it finishes its work.
_SHORT_GRACE = 10


def fresh_name() -> str:
    return f"cogc-{secrets.token_hex(6)}"


@contextmanager
def serving(container: docker.Container, hear: Hear) -> Iterator[Server]:
    """A server in the background, on a port of the loopback address that the engine picks; `hear` gets its log.

    Raises CompileError (`container-failed`) when the engine cannot start it.
    """
    background = replace(container, publish=(f"127.0.0.1::{PORT}",), options=("--detach", *container.options))
    with stops_as_interrupt():
        try:
            _started(background)
            with _heard(container.name, hear) as log:
                # Not every engine keeps logs: that their client has ended proves nothing.
                yield Server(_url(container.name), lambda: log.poll() is None or _is_running(container.name))
        finally:
            output(docker.remove(container.name))


@contextmanager
def _heard(name: str, hear: Hear) -> Iterator["subprocess.Popen[bytes]"]:
    """The client that follows the container's log, which ends with the container, and that we end first."""
    argv = spoken(docker.logs(name))
    with subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as follower:
        assert follower.stdout is not None, "asked for by PIPE"
        try:
            with handed_on(follower.stdout, hear):
                try:
                    yield follower
                finally:
                    output(docker.kill(name))
        finally:
            follower.kill()


def serve_in_front(container: docker.Container) -> int:
    """Runs a server until it ends or we are told to stop, which it is told in turn; gives its exit code."""
    return _until_end(container, _GRACE, own_session=True)


def run_in_front(container: docker.Container) -> int:
    """Runs a command with our terminal, or our input, as its own; gives its exit code."""
    return _until_end(container, _SHORT_GRACE, own_session=False)


def usable_gpus(image: str, wanted: str) -> str:
    """What was wanted, or blank where the engine has no driver for it."""
    if not wanted:
        return ""
    probe = docker.Container(image, fresh_name(), gpus=wanted, options=("--rm", "--entrypoint", "/bin/true"))
    return "" if client().no_gpu in output(docker.run(probe)).stderr else wanted


def _until_end(container: docker.Container, grace: int, *, own_session: bool) -> int:
    """In a session of its own the client does not see our Ctrl-C, so that the container ends in order."""
    with stops_as_interrupt():
        shown = subprocess.Popen(spoken(docker.run(container)), start_new_session=own_session)
        try:
            return shown.wait()
        except KeyboardInterrupt:
            output(docker.stop(container.name, grace))
            return shown.wait()
        finally:
            output(docker.remove(container.name))


@dataclass(frozen=True, slots=True)
class Described:
    """What an image's labels say of the model in it; `is_ours` where our own server is in it."""

    document: dict[str, Any]
    uses_gpu: bool
    is_ours: bool
    weights: tuple[MountedWeights, ...]


def is_here(image: str) -> bool:
    return output(docker.image_labels(image)).returncode == 0


def described(image: str) -> Described:
    """Reads the labels of an image, which is fetched when it is not on this machine.

    Raises CompileError (`image-not-cog`) when there is none of that name, or it holds no model.
    """
    require_runner()
    labels = _labels(image)
    if "run.cog.openapi_schema" not in labels:
        advice = "build one with cogc build; any other image is started with docker run"
        raise CompileError([IMAGE_NOT_COG.bare(f"{image} was not made by cogc build", help=advice)])
    config = json.loads(labels.get("run.cog.config", "{}"))
    document = json.loads(labels["run.cog.openapi_schema"])
    weights = tuple(_mounted(each) for each in json.loads(labels.get("run.cog.weights", "[]")))
    return Described(document, bool(config.get("build", {}).get("gpu")), "run.cog.plan" in labels, weights)


def _mounted(entry: dict[str, str]) -> MountedWeights:
    return MountedWeights(entry["name"], entry["target"], entry["setDigest"])


def _labels(image: str) -> dict[str, str]:
    found = output(docker.image_labels(image))
    if found.returncode != 0:
        pulled = output(docker.pull(image))
        found = output(docker.image_labels(image)) if pulled.returncode == 0 else pulled
    if found.returncode != 0:
        message = f"there is no image {image!r} here, and it cannot be pulled: {last_line(found.stderr)}"
        raise CompileError([IMAGE_NOT_COG.bare(message, help="build it: cogc build -t NAME")])
    stated: dict[str, str] | None = json.loads(found.stdout)
    return stated or {}


def _started(container: docker.Container) -> None:
    answer = output(docker.run(container))
    if answer.returncode != 0:
        raise CompileError([CONTAINER_FAILED.bare(f"the container could not be started: {answer.stderr.strip()}")])


def _url(name: str) -> str:
    address = output(docker.port_of(name)).stdout.splitlines()
    return f"http://{address[0]}" if address else "http://127.0.0.1:0"


def _is_running(name: str) -> bool:
    """Raises CompileError (`engine-unreachable`) when there is nobody who could say."""
    answer = output(docker.is_running(name))
    used = client()
    if answer.returncode != 0 and output(used.ask_version).returncode != 0:
        advice = f"start it again, then remove what is left: {used.program} rm --force {name}"
        raise CompileError([ENGINE_UNREACHABLE.bare(f"the {used.name} engine went away", help=advice)])
    return answer.stdout.strip() == "true"
