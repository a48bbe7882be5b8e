"""Annotations that say something about a type without being values."""

from typing import AsyncIterator, Iterator, TypeVar

T = TypeVar("T")


class ConcatenateIterator(Iterator[T]):
    """The return type of a model whose pieces of text belong together."""


class AsyncConcatenateIterator(AsyncIterator[T]):
    """The same for an async generator."""


class Opaque:
    """`Annotated[T, Opaque]`: pass the value through without looking into it."""
