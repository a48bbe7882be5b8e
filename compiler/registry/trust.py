"""Trust: which authorities a registry's certificate may come from."""

import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..ir.codes.registry import REGISTRY_CERTIFICATES
from ..ir.diagnostic import CompileError
from .certificates import own_certificates

# Where the docker engine looks for the authorities of one registry.
_ENGINE = Path("/etc/docker/certs.d")


def trust(host: str, environment: Mapping[str, str]) -> ssl.SSLContext:
    """The system's authorities, those of COG_CA_CERT, and those that the docker engine has for this host.

    Raises CompileError (`ca-cert`, `registry-certificates`).
    """
    context = ssl.create_default_context()
    if own := own_certificates(environment):
        context.load_verify_locations(cadata=own)
    for file in _files(_ENGINE / host):
        try:
            context.load_verify_locations(cafile=file)
        except PermissionError:
            continue  # the engine's may be for its own eyes
        except (ssl.SSLError, OSError) as error:
            message = f"{file} holds no certificate that can be read: {error}"
            raise CompileError([REGISTRY_CERTIFICATES.bare(message, help="put it right, or take it away")]) from error
    return context


def _files(folder: Path) -> Iterator[Path]:
    """Authorities alone: a client's own certificate is a `.cert`, its key a `.key`."""
    try:
        yield from sorted(file for file in folder.iterdir() if file.suffix == ".crt")
    except OSError:
        return
