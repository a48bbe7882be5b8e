"""`Input()`: what a model says about one of its parameters."""

import inspect
from dataclasses import dataclass
from typing import Any, Iterable, Optional, Tuple


@dataclass(frozen=True)
class FieldInfo:
    """`default` is `...` when the input is required."""

    default: Any = ...
    description: Optional[str] = None
    ge: Optional[float] = None
    le: Optional[float] = None
    min_length: Optional[int] = None
    max_length: Optional[int] = None
    regex: Optional[str] = None
    choices: Optional[Tuple[Any, ...]] = None
    deprecated: bool = False
    accept: Optional[str] = None


def Input(  # noqa: N802 - the documented name, written like a type in signatures
    default: Any = ...,
    *,
    description: Optional[str] = None,
    ge: Optional[float] = None,
    le: Optional[float] = None,
    min_length: Optional[int] = None,
    max_length: Optional[int] = None,
    regex: Optional[str] = None,
    choices: Optional[Iterable[Any]] = None,
    deprecated: bool = False,
    accept: Optional[str] = None,
) -> Any:
    """Describes a parameter of `predict`, `run` or `train`; stands where its default value would.

    default: used when the request leaves the input out; `None` makes it optional; omitted, it is required.
    ge, le: inclusive bounds of a number. min_length, max_length: of a text, in characters.
    regex: searched for in a text. choices: the values that are allowed, text or integers.
    deprecated: marks the input in the schema. accept: comma list of MIME types or suffixes of a file.
    """
    allowed = None if choices is None else _ordered(choices)
    return FieldInfo(default, description, ge, le, min_length, max_length, regex, allowed, deprecated, accept)


def give_real_defaults(function: Any) -> None:
    """So that a model which calls its own method gets values for what it leaves out, and not their descriptions."""
    inner = inspect.unwrap(function)
    inner = getattr(inner, "__func__", inner)
    positional, named = getattr(inner, "__defaults__", None), getattr(inner, "__kwdefaults__", None)
    if positional:
        inner.__defaults__ = tuple(map(_real, positional))
    if named:
        inner.__kwdefaults__ = {name: _real(value) for name, value in named.items()}


def _real(default: Any) -> Any:
    """What is required stays as it is: nothing else could stand there."""
    described = isinstance(default, FieldInfo) and default.default is not ...
    return default.default if described else default


def _ordered(choices: Iterable[Any]) -> Tuple[Any, ...]:
    """As written; the members of a set sorted, since their own order changes from run to run."""
    if not isinstance(choices, (set, frozenset)):
        return tuple(choices)
    return tuple(sorted(choices, key=lambda value: (type(value).__name__, value)))
