"""Decorators by which a model opts in to features of the server."""

from typing import Any, Callable, TypeVar, overload

F = TypeVar("F", bound=Callable[..., Any])

STREAMING = "__cog_streaming__"
CONCURRENCY = "__cog_max_concurrency__"


@overload
def streaming(function: F) -> F: ...
@overload
def streaming(function: None = None) -> Callable[[F], F]: ...
def streaming(function: Any = None) -> Any:
    """Lets clients of an iterator model receive its output as server-sent events."""
    return _mark(STREAMING, True) if function is None else _mark(STREAMING, True)(function)


def concurrent(max: int) -> Callable[[F], F]:  # noqa: A002 - the documented keyword
    """Lets an async model run up to `max` predictions at a time. Raises ValueError below 1."""
    if max < 1:
        raise ValueError(f"@concurrent needs max=N with N at least 1, not {max!r}")
    return _mark(CONCURRENCY, max)


def _mark(name: str, value: Any) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        setattr(function, name, value)
        return function

    return decorate
