"""Fault: one request that did not do what it was for."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from ..ir.codes import registry as codes
from ..ir.codes.engine import REGISTRY_FULL
from ..ir.diagnostic import CompileError, Diagnostic

# As systems say it.
FULL = "no space left on device"
_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


class Fault(Exception):
    """`passing` means that the same request may do better later; `wait` is the least to wait, in seconds."""

    passing = True
    wait = 0.0


class Lost(Fault):
    """The connection, or the rest of an answer."""


class Untrusted(Fault):
    """The certificate of the server."""

    passing = False


class Corrupt(Fault):
    """Bytes that are not those of their digest, or not as many."""

    passing = False


class Answered(Fault):
    """An answer that is not the one hoped for, with the registry's own words."""

    def __init__(self, status: int, words: str, wait: float = 0.0) -> None:
        super().__init__(f"{status} {words}".strip())
        self.status = status
        self.wait = wait
        self.is_full = status == HTTPStatus.INSUFFICIENT_STORAGE or FULL in words
        is_passing = (
            not self.is_full and status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NOT_IMPLEMENTED
        )
        self.passing = is_passing or status in _PASSING


@contextmanager
def told(host: str, what: str) -> Iterator[None]:
    """Turns a fault that nothing cured into a diagnostic about `what`."""
    try:
        yield
    except Fault as fault:
        raise CompileError([diagnostic(fault, host, what)]) from fault


def diagnostic(fault: Fault, host: str, what: str) -> Diagnostic:
    """What a person is told of a fault."""
    if isinstance(fault, Corrupt):
        return codes.BLOB_MISMATCH.bare(f"{what}: {fault}", help="pull again, or push it again from its source")
    if isinstance(fault, Untrusted):
        advice = "name the certificate of its authority in COG_CA_CERT"
        return codes.REGISTRY_UNREACHABLE.bare(f"{host} is not trusted: {fault}", help=advice)
    if not isinstance(fault, Answered):
        advice = "the same command goes on where this one stopped"
        return codes.REGISTRY_UNREACHABLE.bare(f"{what}: {host} cannot be reached: {fault}", help=advice)
    return _answered(fault, host, what)


def _answered(fault: Answered, host: str, what: str) -> Diagnostic:
    if fault.is_full:
        advice = "make room there; the same command goes on where this one stopped"
        return REGISTRY_FULL.bare(f"{what}: {host} has no room: {fault}", help=advice)
    match fault.status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return codes.REGISTRY_DENIED.bare(f"{what}: {host} refuses: {fault}", help=f"cogc login {host}")
        case HTTPStatus.NOT_FOUND:
            return codes.REGISTRY_MISSING.bare(f"{what}: not found in {host}: {fault}", help="check the name")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            advice = "it is read-only, or a mirror: push to the one that it mirrors"
            return codes.REGISTRY_REFUSED.bare(f"{what}: {host} takes nothing: {fault}", help=advice)
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            advice = "set COG_PUSH_DEFAULT_CHUNK_SIZE and COG_PUSH_MULTIPART_THRESHOLD below the limit of the proxy"
            return codes.REGISTRY_REFUSED.bare(f"{what}: {host} takes no body of this size: {fault}", help=advice)
    return codes.REGISTRY_REFUSED.bare(f"{what}: {host} answered {fault}", help="try again later")
