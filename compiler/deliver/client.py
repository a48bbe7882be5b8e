"""Which client of an engine is used: the one that COGC_ENGINE names, else the first that this machine has."""

import os
import shutil

from ..backends.clients import BUILDAH, CLIENTS, DOCKER, Client
from ..backends.docker import Argv
from ..backends.podman import BUILDAH_VERBS
from ..ir.codes.engine import ENGINE_CANNOT_RUN, ENGINE_UNKNOWN
from ..ir.diagnostic import CompileError

_VARIABLE = "COGC_ENGINE"


def client() -> Client:
    """Docker's where there is none at all: what is missing is told in its name.

    Raises CompileError (`engine-unknown`) when COGC_ENGINE names none that cogc knows.
    """
    wanted = os.environ.get(_VARIABLE)
    if not wanted:
        return next((one for one in CLIENTS if shutil.which(one.program)), DOCKER)
    for one in CLIENTS:
        if one.program == wanted:
            return one
    known = ", ".join(one.program for one in CLIENTS)
    raise CompileError([ENGINE_UNKNOWN.bare(f"{_VARIABLE} is {wanted!r}", help=f"name one of {known}")])


def require_runner() -> None:
    """Raises CompileError (`engine-cannot-run`)."""
    if client() is BUILDAH:
        raise _cannot("run")


def spoken(argv: Argv) -> Argv:
    """A command line of docker's in the words of the client that is used.

    Raises CompileError (`engine-cannot-run`) for what Buildah has not.
    """
    used = client()
    said = used.translated(argv)
    if used is BUILDAH and said[1] not in BUILDAH_VERBS:
        raise _cannot(said[1])
    return said


def _cannot(verb: str) -> CompileError:
    message = f"Buildah builds and pushes images, but has no `{verb}`"
    return CompileError([ENGINE_CANNOT_RUN.bare(message, help="install Docker or Podman; or use --local")])
