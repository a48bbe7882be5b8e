"""JSON as it leaves the server."""

from typing import Any

from pydantic_core import to_json


def encoded(value: Any) -> bytes:
    """Compact UTF-8 on one line. Raises ValueError for what JSON cannot hold, such as half a surrogate pair.

    Numbers that are not finite become null: JSON has none, and only the default of an input can be one here.
    """
    return to_json(value, inf_nan_mode="null")
