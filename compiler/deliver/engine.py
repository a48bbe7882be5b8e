"""Running the docker client: what it says is handed on, what goes wrong is told with the next step."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..backends import docker
from ..backends.buildkit import Event
from ..ir.codes.delivery import BUILD_FAILED, ENGINE_MISSING, ENGINE_UNREACHABLE, ENGINE_WITHOUT_BUILDX
from ..ir.diagnostic import CompileError
from .build_failed import build_failed
from .client import client, spoken
from .clock import timed
from .signals import stops_as_interrupt

Watch = Callable[[Event], None]
Hear = Callable[[str], None]


def require_engine() -> None:
    """Raises CompileError (`engine-missing`, `engine-unreachable`, `engine-without-buildx`)."""
    used = client()
    if shutil.which(used.program) is None:
        advice = (
            "install Docker; or use --local with serve and predict; or build elsewhere what `cogc compile -o` writes"
        )
        raise CompileError(
            [ENGINE_MISSING.bare(f"the {used.program} command was not found, nor another client", help=advice)]
        )
    answer = output(used.ask_version)
    if answer.returncode != 0:
        message = f"the {used.name} engine does not answer: {last_line(answer.stderr)}"
        raise CompileError([ENGINE_UNREACHABLE.bare(message, help="start it, or check DOCKER_HOST")])
    if output(used.ask_builder).returncode != 0:
        message = "docker has no buildx, the client of BuildKit"
        raise CompileError([ENGINE_WITHOUT_BUILDX.bare(message, help="install the docker-buildx plugin")])


def output(argv: docker.Argv) -> subprocess.CompletedProcess[str]:
    """Runs a command of docker's, in the words of the client in use, that ends by itself; its output is text."""
    return subprocess.run(_words(argv), capture_output=True, text=True, errors="replace", check=False)


def _words(argv: docker.Argv) -> docker.Argv:
    """What is not docker's is said in the client's own words already."""
    return spoken(argv) if argv[0] == docker.CLIENT else argv


def build_watched(request: docker.Build, watch: Watch, hear: Hear) -> None:
    """Builds; each step's beginning, output and end goes to `watch`, each line of the client's to `hear`.

    Raises CompileError (`build-failed`) with the last lines of the step that failed.
    """
    argv = client().build(request, "plain")
    build = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    with stops_as_interrupt(), _ended(build):
        assert build.stdout is not None, "asked for by PIPE"
        lines = tuple(_watched(build.stdout, watch, hear))
    if build.returncode != 0:
        raise build_failed(lines)


def build_shown(request: docker.Build, progress: str) -> None:
    """Builds with the docker client's own display on standard error.

    Raises CompileError (`build-failed`); the display has shown why.
    """
    argv = client().build(request, progress)
    if subprocess.run(argv, stdout=sys.stderr, check=False).returncode != 0:
        raise CompileError([BUILD_FAILED.bare("the image could not be built", help="the lines above say why")])


@contextmanager
def _ended(build: "subprocess.Popen[str]") -> Iterator[None]:
    """A build that we leave is stopped."""
    with build:
        try:
            yield
        except BaseException:
            build.terminate()
            raise


def _watched(lines: Iterator[str], watch: Watch, hear: Hear) -> Iterator[str]:
    read = timed(client().reader(), time.monotonic)
    for line in lines:
        hear(line.rstrip("\n"))
        if event := read(line.rstrip("\n")):
            watch(event)
        yield line.rstrip("\n")


def last_line(text: str) -> str:
    """What a command that failed said at the end."""
    return (text.strip().splitlines() or ["no reason given"])[-1]
