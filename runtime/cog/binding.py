"""Context variables that have a value for the time of a block."""

from contextvars import ContextVar
from typing import Generic, TypeVar

T = TypeVar("T")


class Binding(Generic[T]):
    """Gives `variable` a value inside. Not made by `contextlib`, whose generators would cost more than all it does."""

    def __init__(self, variable: "ContextVar[T]", value: T) -> None:
        self._variable = variable
        self._value = value

    def __enter__(self) -> T:
        self._token = self._variable.set(self._value)
        return self._value

    def __exit__(self, *error: object) -> None:
        self._variable.reset(self._token)
