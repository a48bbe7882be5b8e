"""Annotations that say something about a type without being values."""

from typing import TYPE_CHECKING, AsyncIterator, Iterator, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    # A checker accepts a generator only where the annotation is a supertype of Generator.
    from typing import AsyncIterator as AsyncConcatenateIterator
    from typing import Iterator as ConcatenateIterator
else:

    class ConcatenateIterator(Iterator[T]):
        """The return type of a model whose pieces of text belong together."""

    class AsyncConcatenateIterator(AsyncIterator[T]):
        """The same for an async generator."""


class Opaque:
    """`Annotated[T, Opaque]`: pass the value through without looking into it."""


__all__ = ["AsyncConcatenateIterator", "ConcatenateIterator", "Opaque"]
