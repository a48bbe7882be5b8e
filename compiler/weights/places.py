"""Places in JSON text: where the value stands that a path of keys leads to."""

import json
import re
from collections.abc import Sequence

from ..ir.source import Source, Span

Path = Sequence[str | int]

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,:]*")


def place(source: Source, path: Path) -> Span:
    """The value, or what is nearest above it where the path breaks off; the text has to be sound JSON."""
    start = _skip(source.text, 0)
    for step in path:
        inner = _child(source.text, start, step)
        if inner is None:
            break
        start = inner
    return _shown(source, start)


def _child(text: str, start: int, step: str | int) -> int | None:
    """Where the value of a key, or item number `step`, begins; None when there is none."""
    position, number = _skip(text, start + 1), 0
    while position < len(text) and text[position] not in "]}":
        if text[start] == "{":
            key, position = _DECODER.raw_decode(text, position)
            position = _skip(text, position)
        else:
            key = number
        if key == step:
            return position
        _, position = _DECODER.raw_decode(text, position)
        position, number = _skip(text, position), number + 1
    return None


def _skip(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position


def _shown(source: Source, start: int) -> Span:
    """A single value whole, of an object or a list the bracket alone."""
    if source.text[start] in "{[":
        return Span(source, start, start + 1)
    return Span(source, start, _DECODER.raw_decode(source.text, start)[1])
