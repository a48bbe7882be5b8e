"""JSON as it leaves the server."""

import secrets
from typing import Any, List, Tuple

from pydantic_core import to_json

# Nobody can write it into a text that is sent: it is never shown.
_MARK = secrets.token_hex(16)
_QUOTED_MARK = b'"%s"' % _MARK.encode()


class Written:
    """A value that is JSON already, in parts: of a long data URL, no letter has to be looked at, nor copied twice.

    No dataclass, whose fields would be written instead.
    """

    def __init__(self, *parts: bytes) -> None:
        self.parts = parts


def encoded(value: Any) -> bytes:
    """Compact UTF-8 on one line. Raises ValueError for what JSON cannot hold, such as half a surrogate pair.

    Numbers that are not finite become null: JSON has none.
    """
    written: List[Tuple[bytes, ...]] = []

    def marked(found: Any) -> str:
        if not isinstance(found, Written):
            raise TypeError(f"{type(found).__name__} is not JSON")
        written.append(found.parts)
        return _MARK

    body = to_json(value, inf_nan_mode="null", fallback=marked)
    return _filled(body.split(_QUOTED_MARK), written) if written else body


def _filled(around: List[bytes], written: List[Tuple[bytes, ...]]) -> bytes:
    between = [piece for before, parts in zip(around, written) for piece in (before, *parts)]
    return b"".join([*between, around[-1]])
