"""Refusal: why a registry takes no upload, in its own words, which an engine's client does not hand on."""

from collections.abc import Mapping
from contextlib import suppress

from ..ir.diagnostic import CompileError
from .client import Registry
from .faults import Fault
from .reference import Reference
from .request import may_push
from .upload import begin, cancel


def refusal(reference: Reference, environment: Mapping[str, str]) -> str:
    """Begins an upload and takes it back; blank where the registry has nothing against it, or cannot be asked."""
    scopes = may_push(reference.repository)
    with suppress(CompileError), Registry(reference.host, environment) as registry:
        try:
            if upload := begin(registry, reference.repository, scopes, {}):
                cancel(registry, upload, scopes)
        except Fault as fault:
            return str(fault)
    return ""
