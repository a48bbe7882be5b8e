"""Logging in to a registry through the engine's client, which keeps what it is told in docker's credential store."""

import subprocess
import sys

from ..backends import docker
from ..backends.push_faults import push_fault
from ..ir.codes.engine import LOGIN_FAILED
from ..ir.codes.registry import REGISTRY_UNREACHABLE
from ..ir.diagnostic import CompileError
from .client import spoken
from .engine import last_line


def log_in(registry: str, username: str, password: str) -> None:
    """Raises CompileError (`login-failed`, `registry-unreachable`)."""
    argv = spoken(docker.login_by_token(registry, username))
    answer = subprocess.run(argv, input=password, capture_output=True, text=True, errors="replace", check=False)
    if answer.returncode != 0:
        raise _refused(registry, last_line(answer.stderr))


def log_in_at_the_terminal(registry: str, username: str) -> None:
    """The client asks for what it needs.

    Raises CompileError (`login-failed`); the client has said why.
    """
    if subprocess.run(spoken(docker.login(registry, username)), stdout=sys.stderr, check=False).returncode != 0:
        advice = "the lines above say why; where there is no terminal, use --token-stdin"
        raise CompileError([LOGIN_FAILED.bare(f"no login to {registry or 'Docker Hub'}", help=advice)])


def _refused(registry: str, said: str) -> CompileError:
    fault = push_fault(said)
    if fault.code is REGISTRY_UNREACHABLE:
        return CompileError([fault.code.bare(f"no login to {registry or 'Docker Hub'}: {said}", help=fault.help)])
    advice = "check the token; --username gives the name that the registry wants beside it"
    return CompileError([LOGIN_FAILED.bare(f"no login to {registry or 'Docker Hub'}: {said}", help=advice)])
