"""COG_CA_CERT: certificate authorities of the user's own, from a file, a folder, PEM text or that in base64."""

import base64
import binascii
import re
import ssl
from collections.abc import Mapping
from pathlib import Path

from ..ir.codes.delivery import CA_CERT
from ..ir.diagnostic import CompileError

VARIABLE = "COG_CA_CERT"
_BEGIN = "-----BEGIN CERTIFICATE-----"
# Nothing else that a file may hold, such as a private key, has a place in an image.
_CERTIFICATE = re.compile(rf"{_BEGIN}\s.*?\s-----END CERTIFICATE-----", re.DOTALL)
_SUFFIXES = (".crt", ".pem")
_MEANT = "name a PEM file or a folder of .crt and .pem files, or give PEM text or that in base64"


def own_certificates(environment: Mapping[str, str]) -> str:
    """PEM text, each certificate once; blank where the variable is not set.

    Raises CompileError (`ca-cert`).
    """
    value = environment.get(VARIABLE, "").strip()
    if not value:
        return ""
    found = tuple(dict.fromkeys(_CERTIFICATE.findall(_text(value))))
    if not found:
        raise _fault("holds no certificate")
    for certificate in found:
        _check(certificate)
    return "".join(f"{certificate}\n" for certificate in found).replace("\r\n", "\n")


def _text(value: str) -> str:
    if _BEGIN in value:
        return value
    if (decoded := _decoded(value)) is not None:
        return decoded
    try:
        return "".join(_read(file) for file in _files(Path(value).expanduser()))
    except OSError as error:
        raise _fault(f"names a path that cannot be read: {error.strerror}: {value[:80]}") from error


def _files(path: Path) -> tuple[Path, ...]:
    """A folder's own files; those of folders in it are not meant."""
    if not path.is_dir():
        return (path,)
    return tuple(sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and file.is_file()))


def _decoded(value: str) -> str | None:
    """None for what is no base64 of PEM text."""
    try:
        text = base64.b64decode("".join(value.split()), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text if _BEGIN in text else None


def _read(path: Path) -> str:
    """As text, whatever else the file holds."""
    return path.read_text("utf-8", errors="replace")


def _check(certificate: str) -> None:
    try:
        ssl.create_default_context().load_verify_locations(cadata=certificate)
    except (ssl.SSLError, ValueError) as error:
        raise _fault(f"holds a certificate that cannot be read: {error}") from error


def _fault(what: str) -> CompileError:
    return CompileError([CA_CERT.bare(f"{VARIABLE} {what}", help=_MEANT)])
