"""Ports of this machine, looked at before anything is built for them."""

import errno
import os
import socket

from ..ir.codes.delivery import PORT_TAKEN
from ..ir.diagnostic import CompileError, Diagnostic


def require_free(address: str, port: int) -> None:
    """Raises CompileError (`port-taken`). Other faults of an address are left for the engine to tell."""
    if _is_elsewhere(os.environ.get("DOCKER_HOST", "")):
        return
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CompileError([_taken(address, port)]) from None


def _is_elsewhere(engine: str) -> bool:
    """An engine on another machine opens its ports there."""
    return bool(engine) and not engine.startswith(("unix:", "npipe:"))


def _taken(address: str, port: int) -> Diagnostic:
    advice = f"choose another one with -p, or stop what listens there (`lsof -i :{port}` names it)"
    return PORT_TAKEN.bare(f"port {port} of {address} is taken", help=advice)
