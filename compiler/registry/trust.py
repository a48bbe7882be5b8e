"""Trust: which authorities a registry's certificate may come from."""

import base64
import binascii
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..ir.codes.registry import REGISTRY_CERTIFICATES
from ..ir.diagnostic import CompileError

_MARK = "-----BEGIN CERTIFICATE-----"
# Where the docker engine looks for the authorities of one registry.
_ENGINE = Path("/etc/docker/certs.d")


def trust(host: str, environment: Mapping[str, str]) -> ssl.SSLContext:
    """The system's authorities, those of COG_CA_CERT, and those that the docker engine has for this host.

    Raises CompileError (`registry-certificates`).
    """
    context = ssl.create_default_context()
    for text in (*_named(environment.get("COG_CA_CERT", "")), *_texts(_ENGINE / host)):
        try:
            context.load_verify_locations(cadata=text)
        except (ssl.SSLError, ValueError) as error:
            raise CompileError([REGISTRY_CERTIFICATES.bare(f"a certificate cannot be read: {error}")]) from error
    return context


def _named(value: str) -> tuple[str, ...]:
    if not value:
        return ()
    found = (value,) if _MARK in value else tuple(_texts(Path(value))) or tuple(_decoded(value))
    if not found:
        message = "COG_CA_CERT holds no certificate"
        raise CompileError(
            [REGISTRY_CERTIFICATES.bare(message, help="name a `.crt` or `.pem` file, or a folder of them")]
        )
    return found


def _texts(path: Path) -> Iterator[str]:
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError:
        return
    for file in files:
        if file.suffix in {".crt", ".pem"} or file == path:
            yield from _certificates(file)


def _certificates(file: Path) -> Iterator[str]:
    """A folder may hold keys as well; base64 text is taken for a file name at first."""
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return
    if _MARK in text:
        yield text


def _decoded(value: str) -> Iterator[str]:
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return
    if _MARK in text:
        yield text
