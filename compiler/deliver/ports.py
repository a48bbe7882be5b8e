"""Ports of this machine, looked at before anything is built for them."""

import errno
import ipaddress
import os
import socket

from ..ir.codes.delivery import ADDRESS_ABSENT, PORT_TAKEN
from ..ir.diagnostic import CompileError, Diagnostic


def require_free(address: str, port: int) -> None:
    """For a server on this machine. Raises CompileError (`port-taken`, `address-absent`).

    Other faults of an address are left for the server to tell.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        # UnicodeError: for what cannot be a name, too long or with an empty label.
        raise CompileError([_absent(f"{address} is no address of this machine")]) from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CompileError([_taken(address, port)]) from None
            if error.errno == errno.EADDRNOTAVAIL:
                raise CompileError([_absent(f"{address} is no address of this machine")]) from None


def require_free_for_engine(address: str, port: int) -> None:
    """For a container's port. Raises CompileError (`port-taken`, `address-absent`)."""
    if not _is_address(address):
        raise CompileError([_absent(f"{address} is no IP address")])
    if not _is_elsewhere(os.environ.get("DOCKER_HOST", "")):
        require_free(address, port)


def _is_address(text: str) -> bool:
    """Engines take no names here."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_elsewhere(engine: str) -> bool:
    """An engine on another machine opens its ports there."""
    return bool(engine) and not engine.startswith(("unix:", "npipe:"))


def _taken(address: str, port: int) -> Diagnostic:
    advice = f"choose another one with -p, or stop what listens there (`lsof -i :{port}` names it)"
    return PORT_TAKEN.bare(f"port {port} of {address} is taken", help=advice)


def _absent(message: str) -> Diagnostic:
    advice = "127.0.0.1 is this machine alone, 0.0.0.0 every address that it has (`ip address` shows them)"
    return ADDRESS_ABSENT.bare(message, help=advice)
