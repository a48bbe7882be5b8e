"""Running the docker client: what it says is handed on, what goes wrong is told with the next step."""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..backends import docker
from ..backends.buildkit import Event, parse_line
from ..ir.codes.delivery import BUILD_FAILED, ENGINE_MISSING, ENGINE_UNREACHABLE, ENGINE_WITHOUT_BUILDX
from ..ir.diagnostic import CompileError, Diagnostic
from .signals import stops_as_interrupt

Watch = Callable[[Event], None]
# Lines of a failed step that are shown.
_TAIL = 30


def require_engine() -> None:
    """Raises CompileError (`engine-missing`, `engine-unreachable`, `engine-without-buildx`)."""
    if shutil.which(docker.CLIENT) is None:
        advice = (
            "install Docker; or use --local with serve and predict; or build elsewhere what `cogc compile -o` writes"
        )
        raise CompileError([ENGINE_MISSING.bare("the docker command was not found", help=advice)])
    answer = output(docker.server_version())
    if answer.returncode != 0:
        message = f"the Docker engine does not answer: {last_line(answer.stderr)}"
        raise CompileError([ENGINE_UNREACHABLE.bare(message, help="start it, or check DOCKER_HOST")])
    if output(docker.buildx_version()).returncode != 0:
        message = "docker has no buildx, the client of BuildKit"
        raise CompileError([ENGINE_WITHOUT_BUILDX.bare(message, help="install the docker-buildx plugin")])


def output(argv: docker.Argv) -> subprocess.CompletedProcess[str]:
    """Runs a command that ends by itself, with its output as text."""
    return subprocess.run(argv, capture_output=True, text=True, errors="replace", check=False)


def build_watched(request: docker.Build, watch: Watch) -> None:
    """Builds; each step's beginning, output and end goes to `watch`.

    Raises CompileError (`build-failed`) with the last lines of the step that failed.
    """
    argv = docker.build(_on_this_machine(request), "plain")
    client = subprocess.Popen(argv, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, errors="replace")
    with stops_as_interrupt(), _ended(client):
        assert client.stderr is not None, "asked for by PIPE"
        lines = tuple(_watched(client.stderr, watch))
    if client.returncode != 0:
        raise CompileError([_failure(lines)])


def build_shown(request: docker.Build, progress: str) -> None:
    """Builds with the docker client's own display on standard error.

    Raises CompileError (`build-failed`); the display has shown why.
    """
    argv = docker.build(_on_this_machine(request), progress)
    if subprocess.run(argv, stdout=sys.stderr, check=False).returncode != 0:
        raise CompileError([BUILD_FAILED.bare("the image could not be built", help="the lines above say why")])


@contextmanager
def _ended(client: "subprocess.Popen[str]") -> Iterator[None]:
    """A build that we leave is stopped."""
    with client:
        try:
            yield
        except BaseException:
            client.terminate()
            raise


def _watched(lines: Iterator[str], watch: Watch) -> Iterator[str]:
    for line in lines:
        if event := parse_line(line.rstrip("\n")):
            watch(event)
        yield line.rstrip("\n")


def _failure(lines: tuple[str, ...]) -> Diagnostic:
    events = tuple(event for event in map(parse_line, lines) if event is not None)
    failed = next((event.vertex for event in reversed(events) if event.kind == "failed" and event.text), None)
    if failed is None:
        tail = "\n".join(lines[-_TAIL:])
        return BUILD_FAILED.bare(f"the image could not be built:\n{tail}")
    name = next(event.text for event in events if event.vertex == failed and event.kind == "started")
    said = [event.text for event in events if event.vertex == failed and event.kind == "output"]
    return BUILD_FAILED.bare(f"the build failed at {name}\n" + "\n".join(said[-_TAIL:]))


def _on_this_machine(request: docker.Build) -> docker.Build:
    """On Apple silicon images are made for servers: the wheels that a plan picks are those of x86-64."""
    if request.platform or (sys.platform, platform.machine()) != ("darwin", "arm64"):
        return request
    return replace(request, platform="linux/amd64")


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]
