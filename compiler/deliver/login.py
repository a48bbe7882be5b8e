"""Logging in to a registry: it is asked itself, and what it takes is kept where docker and podman look for it."""

import base64
import os
from http import HTTPStatus

from ..ir.codes.engine import LOGIN_FAILED
from ..ir.diagnostic import CompileError, Diagnostic
from ..registry.credentials import Login
from ..registry.faults import Answered, Fault, diagnostic
from ..registry.logins import keep_login
from ..registry.reference import HUB
from ..registry.sign_in import sign_in


def log_in(registry: str, username: str, password: str) -> str:
    """Where the login is kept; a blank registry is Docker Hub.

    Raises CompileError (`login-failed`, `registry-credentials`, those of a registry that cannot be reached).
    """
    host = registry or HUB
    try:
        sign_in(host, Login(basic=base64.b64encode(f"{username}:{password}".encode()).decode()), os.environ)
    except Fault as fault:
        raise CompileError([_refused(fault, host)]) from fault
    return keep_login(host, username, password, os.environ)


def _refused(fault: Fault, host: str) -> Diagnostic:
    if isinstance(fault, Answered) and fault.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        advice = "check the name and the token; --username gives the name that the registry wants beside it"
        return LOGIN_FAILED.bare(f"no login to {host}: {fault}", help=advice)
    return diagnostic(fault, host, "the login")
