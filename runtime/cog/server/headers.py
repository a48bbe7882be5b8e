"""The headers of a request, looked at several times on its way: Starlette would decode all of them each time."""

import re
from typing import Dict, List, Optional

from starlette.types import Scope

_KEY = "cog.headers"
_NO_WEIGHT = re.compile(r"(?:^|;)\s*q=0(?:\.0*)?\s*(?:;|$)")


def header(scope: Scope, name: bytes) -> str:
    """`name` in lower case; empty when there is none. What came in several lines is joined by commas (RFC 9110)."""
    value = headers(scope).get(name)
    return value.decode("latin-1") if value else ""


def members(scope: Scope, name: bytes) -> List[str]:
    """Of a list header, in lower case and without parameters; those with a weight of 0 are not wanted (RFC 9110)."""
    text = header(scope, name)
    parts = [member.partition(";") for member in text.lower().split(",")] if text else []
    return [member.strip() for member, _, parameters in parts if not _NO_WEIGHT.search(parameters)]


def headers(scope: Scope) -> Dict[bytes, bytes]:
    """All of them, by name in lower case."""
    known: Optional[Dict[bytes, bytes]] = scope.get(_KEY)
    if known is not None:
        return known
    found: Dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        found[name] = found[name] + b"," + value if name in found else value
    scope[_KEY] = found
    return found
