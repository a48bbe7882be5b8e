"""Running the docker client: what it says is handed on, what goes wrong is told with the next step."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..backends import docker
from ..backends.buildkit import Event, plain
from ..ir.codes.delivery import ENGINE_MISSING, ENGINE_UNREACHABLE, ENGINE_WITHOUT_BUILDX
from ..ir.diagnostic import CompileError
from .build_failed import build_failed
from .client import client, spoken
from .clock import timed
from .signals import stops_as_interrupt
from .terminal import drawn, terminal

Watch = Callable[[Event], None]
Hear = Callable[[str], None]


def require_engine() -> None:
    """Raises CompileError (`engine-missing`, `engine-unreachable`)."""
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


def require_builder() -> None:
    """Raises CompileError (`engine-without-buildx`)."""
    if output(client().ask_builder).returncode != 0:
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
        require_builder()  # asked only now, as asking takes longer than a build with nothing to do
        raise build_failed(lines)


def build_shown(request: docker.Build) -> None:
    """Builds with the client's own display on standard error, which has to be a terminal.

    Raises CompileError as `build_watched` does.
    """
    argv = client().build(request, "tty")
    with stops_as_interrupt(), terminal() as (ours, its):
        build = subprocess.Popen(argv, stdout=its, stderr=its, text=True)
        os.close(its)
        with _ended(build):
            text = b"".join(drawn(ours)).decode(errors="replace")
    if build.returncode != 0:
        require_builder()
        raise build_failed(tuple(plain(text).splitlines()))


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
