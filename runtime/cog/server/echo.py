"""What an answer tells of the request's inputs: secrets are hidden, and files are not sent back."""

from typing import Any, Callable

from ..types.secret import MASK

_LONGEST = 1 << 10
_KEPT = 100


def mask(value: Any) -> Any:
    """All text of what may hold a secret."""
    return _each_text(value, lambda text: MASK if text else text)


def shorten(value: Any) -> Any:
    """Data URLs of any size worth speaking of keep their beginning: the client has the file."""
    return _each_text(value, _shortened)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST or text[:5].lower() != "data:":
        return text
    return f"{text[:_KEPT]}… ({len(text)} characters)"


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    return change(value) if isinstance(value, str) else value
