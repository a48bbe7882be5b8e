"""Taking annotations apart, the same way on every supported Python."""

import collections.abc
import io
import sys
import typing
from typing import Any, Callable, Dict, Iterator, Tuple

from ..types import AsyncConcatenateIterator, ConcatenateIterator, File, Opaque

if sys.version_info >= (3, 10):
    from types import UnionType

    UNIONS: Tuple[Any, ...] = (typing.Union, UnionType)
else:
    UNIONS = (typing.Union,)

# Python 3.8 has no `Annotated`, and keeps the one of typing_extensions as it is.
_KEEP_ANNOTATED: Dict[str, Any] = {"include_extras": True} if sys.version_info >= (3, 9) else {}

TEXT_STREAMS = (ConcatenateIterator, AsyncConcatenateIterator)
STREAMS = (
    *TEXT_STREAMS,
    collections.abc.Iterator,
    collections.abc.AsyncIterator,
    collections.abc.Generator,
    collections.abc.AsyncGenerator,
)


LISTS = (list, tuple, set, frozenset, collections.abc.Sequence)
DICTS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)
FILES = (File, io.IOBase, typing.IO, typing.BinaryIO, typing.TextIO)


def metadata_of(annotation: Any) -> Tuple[Any, ...]:
    """What `Annotated` adds to a type, empty for a plain one."""
    return tuple(getattr(annotation, "__metadata__", ()))


def is_opaque(annotation: Any) -> bool:
    return any(mark is Opaque or isinstance(mark, Opaque) for mark in metadata_of(annotation))


def is_optional(annotation: Any) -> bool:
    return typing.get_origin(annotation) in UNIONS and type(None) in typing.get_args(annotation)


def hints_of(subject: Callable[..., Any]) -> Dict[str, Any]:
    """Annotations with text evaluated and `Annotated` kept. Raises what the evaluation raises."""
    return typing.get_type_hints(subject, **_KEEP_ANNOTATED)


def without_presence(hint: Any) -> Any:
    """`Required[T]` and `NotRequired[T]` say the same as the set of required keys of a TypedDict."""
    marked = str(typing.get_origin(hint)).rpartition(".")[2] in ("Required", "NotRequired")
    return typing.get_args(hint)[0] if marked else hint


def classes_in(annotation: Any, within: Tuple[type, ...] = ()) -> Iterator[type]:
    """The classes that it names, those of the fields of a TypedDict too; without what a model gets unseen.

    `within` are the TypedDicts around it, which are not looked at again.
    """
    if is_opaque(annotation) or annotation in within:
        return
    parts = typing.get_args(annotation)
    if is_typed_dict(annotation):
        parts = tuple(map(without_presence, hints_of(annotation).values()))
        within = (*within, annotation)
    elif isinstance(annotation, type) and not parts:
        yield annotation
    for part in parts:
        yield from classes_in(part, within)


def is_typed_dict(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, dict) and hasattr(annotation, "__total__")


def is_pydantic_model(annotation: Any) -> bool:
    """True for models of pydantic 1 and 2; neither is imported for it."""
    if not isinstance(annotation, type):
        return False
    return isinstance(getattr(annotation, "model_fields", None) or vars(annotation).get("__fields__"), dict)


def name_of(annotation: Any) -> str:
    return getattr(annotation, "__name__", None) or str(annotation)
