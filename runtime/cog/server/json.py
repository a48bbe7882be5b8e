"""JSON as it leaves the server."""

import json
from typing import Any

_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def encoded(value: Any) -> bytes:
    """Compact UTF-8 on one line. Raises ValueError for what JSON cannot hold."""
    return _ENCODER.encode(value).encode()
