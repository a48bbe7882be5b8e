"""JSON as it leaves the server."""

import itertools
import secrets
from typing import Any, Iterable, Iterator, List, Tuple

from pydantic_core import to_json

# Nobody can write it into a text that is sent: it is never shown.
_MARK = secrets.token_hex(16)
_QUOTED_MARK = b'"%s"' % _MARK.encode()
_SHORT_BYTES = 1 << 16

# What follows one another.
Parts = Tuple[bytes, ...]


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
    return b"".join(encoded_parts(value))


def encoded_parts(value: Any) -> Parts:
    """As `encoded`; what is long and `Written` is a part of its own, so that it need not be copied."""
    written: List[Parts] = []

    def marked(found: Any) -> str:
        if not isinstance(found, Written):
            raise TypeError(f"{type(found).__name__} is not JSON")
        written.append(found.parts)
        return _MARK

    body = to_json(value, inf_nan_mode="null", fallback=marked)
    return tuple(_joined(_filled(body.split(_QUOTED_MARK), written))) if written else (body,)


def _filled(around: List[bytes], written: List[Parts]) -> Iterator[bytes]:
    for before, parts in zip(around, written):
        yield before
        yield from parts
    yield around[-1]


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Neighbours become one, but for the long ones."""
    for is_long, group in itertools.groupby(parts, lambda part: len(part) > _SHORT_BYTES):
        if is_long:
            yield from group
        else:
            yield b"".join(group)
