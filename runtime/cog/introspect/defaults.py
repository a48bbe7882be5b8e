"""Default values as JSON data."""

import datetime
import enum
import json
import pathlib
from typing import Any

from ..types import Secret
from .errors import SignatureError


def json_default(value: Any, where: str) -> Any:
    """The value as a client would send it. Raises SignatureError for one that JSON cannot hold."""
    plain = _plain(value)
    try:
        json.dumps(plain, allow_nan=False)
    except (TypeError, ValueError):
        raise SignatureError(f"{where}: the default {value!r} cannot be written as JSON; use None instead") from None
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, pathlib.PurePath):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Secret):
        return value.get_secret_value()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
