"""The prediction server on this machine, as a child process that is always ended in order."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ..backends import host
from .local import Local
from .printed import handed_on
from .server import Hear, Server
from .signals import stops_as_interrupt

_LOOPBACK = "127.0.0.1"
# Seconds that a server has to end its predictions after SIGTERM.
_GRACE = 30

Variables = tuple[str, ...]


@contextmanager
def serving(local: Local, variables: Variables, hear: Hear, options: host.Argv = ()) -> Iterator[Server]:
    """A server in the background, on a free port of the loopback address; `hear` gets its log."""
    port = _free_port()
    with stops_as_interrupt():
        process = _start(local, variables, port, ("--host", _LOOPBACK, *options), subprocess.PIPE)
        assert process.stdout is not None, "asked for by PIPE"
        with process.stdout, handed_on(process.stdout, hear):
            try:
                yield Server(f"http://{_LOOPBACK}:{port}", lambda: process.poll() is None)
            finally:
                _end_now(process)


def serve_in_front(local: Local, variables: Variables, address: str, port: int, options: host.Argv = ()) -> int:
    """Serves until the server ends or we are told to stop; gives its exit code."""
    with stops_as_interrupt():
        process = _start(local, variables, port, ("--host", address, *options), None)
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_GRACE)
            return 1
        finally:
            _end_now(process)


def _start(
    local: Local, variables: Variables, port: int, options: host.Argv, log: int | None
) -> "subprocess.Popen[bytes]":
    """In a session of its own, so that a Ctrl-C reaches it through us, in order."""
    # As for docker, a name alone stands for the variable that we have ourselves.
    stated = dict(variable.partition("=")[::2] for variable in variables if "=" in variable)
    environment = {**os.environ, **host.environment(local.recipe, local.places), **stated, "PORT": str(port)}
    environment["PATH"] = os.pathsep.join((f"{local.places.environment}/bin", os.environ.get("PATH", os.defpath)))
    return subprocess.Popen(
        host.serve(local.recipe, local.places, options), cwd=local.project, env=environment,
        stdout=log, stderr=log and subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _end_now(process: "subprocess.Popen[bytes]") -> None:
    """The server and the worker that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
