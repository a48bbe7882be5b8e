"""What engines and registries say when a push or a login goes wrong: which fault it is, and whether it may pass."""

import re
from dataclasses import dataclass

from ..ir.codes.engine import LOGIN_NEEDED, PUSH_DENIED, PUSH_FAILED, REGISTRY_FULL
from ..ir.codes.registry import REGISTRY_UNREACHABLE
from ..ir.diagnostic import Code


@dataclass(frozen=True, slots=True)
class Fault:
    """`passes` says that trying again may help."""

    code: Code
    help: str
    passes: bool = False


_FULL = Fault(REGISTRY_FULL, "make room, and push again: what has arrived is not sent twice")
_LOGIN = Fault(LOGIN_NEEDED, "log in: cogc login REGISTRY")
_DENIED = Fault(PUSH_DENIED, "check the name, and what the account may do there")
_PLAIN = Fault(REGISTRY_UNREACHABLE, "list it under insecure-registries of the engine, or give it a certificate")
_CERTIFICATE = Fault(REGISTRY_UNREACHABLE, "give the engine the registry's authority: /etc/docker/certs.d/HOST/ca.crt")
_NO_HOST = Fault(REGISTRY_UNREACHABLE, "check the spelling of the host, and the network")
_REFUSED = Fault(REGISTRY_UNREACHABLE, "check that the registry runs, its port, and the network", passes=True)
_READ_ONLY = Fault(PUSH_DENIED, "the registry takes nothing: it is read-only, or a mirror of the one to push to")
_SERVER = Fault(PUSH_FAILED, "the registry failed by itself: its own log says why; a full disk is a usual cause")
_NETWORK = Fault(PUSH_FAILED, "push again when the network is better: what has arrived is not sent twice", passes=True)
_OTHER = Fault(PUSH_FAILED, "the message is the engine's own")

# The first that fits counts: a message may hold the words of several.
_SIGNS: tuple[tuple[str, Fault], ...] = (
    (r"no space left|insufficient storage|\b507\b|quota exceeded|disk full", _FULL),
    (r"server gave HTTP response to HTTPS client", _PLAIN),
    (r"x509|certificate", _CERTIFICATE),
    (r"no such host|no route to host|network is unreachable|invalid reference format", _NO_HOST),
    (r"connection refused", _REFUSED),
    (r"no basic auth credentials|authentication required|unauthorized|\b401\b", _LOGIN),
    (r"denied|forbidden|insufficient_scope|\b403\b|name unknown", _DENIED),
    (r"method not allowed|\b405\b", _READ_ONLY),
    (r"\b500\b", _SERVER),
    (r"reset by peer|broken pipe|\bEOF\b|time-?out|timed out|\b429\b|\b50[234]\b|unexpected HTTP status", _NETWORK),
)


def is_told_by_the_registry_alone(fault: Fault) -> bool:
    """Engines say of a registry that failed that it did, and not why."""
    return fault is _SERVER


def push_fault(said: str) -> Fault:
    """The fault behind the words of a failed push."""
    return next((fault for sign, fault in _SIGNS if re.search(sign, said, re.IGNORECASE)), _OTHER)
