"""From one annotation to one `Type`."""

import collections.abc
import datetime
import enum
import io
import os
import typing
from typing import Any, Dict, Iterable, List, Tuple

from ..signature import Type
from ..types import Secret
from .annotations import DICTS, FILES, LISTS, STREAMS, TEXT_STREAMS, UNIONS, is_opaque, metadata_of, name_of
from .errors import SignatureError
from .records import Within, record_fields

_NONE = type(None)
_SCALARS: Dict[Any, str] = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    Any: "any",
    object: "any",
    None: "none",
    _NONE: "none",
    datetime.datetime: "datetime",
    datetime.date: "date",
}
_ALONE = ("secret", "iterator")


def type_of(annotation: Any, where: str, within: Within = ()) -> Type:
    """`where` names the place in errors; `within` are the classes around it: one of them in itself is `any`.

    Raises SignatureError for a type that cannot be served.
    """
    if metadata_of(annotation):
        return Type("any") if is_opaque(annotation) else type_of(typing.get_args(annotation)[0], where, within)
    origin = typing.get_origin(annotation)
    if origin in UNIONS:
        return _union(typing.get_args(annotation), where, within)
    if origin is typing.Literal:
        return _enum(typing.get_args(annotation), "", where)
    if origin is not None and origin not in FILES:
        return _generic(origin, typing.get_args(annotation), where, within)
    return _plain(annotation, where, within)


def distinct_types(members: Iterable[Any], where: str, within: Within = ()) -> Tuple[Type, ...]:
    """In order of their first members; they need not be hashable. Raises SignatureError."""
    kept: List[Type] = []
    for member in members:
        found = type_of(member, where, within)
        if found not in kept:
            kept.append(found)
    return tuple(kept)


def _union(members: Tuple[Any, ...], where: str, within: Within) -> Type:
    options = distinct_types((member for member in members if member is not _NONE), where, within)
    nullable = _NONE in members
    if len(options) == 1:
        return _with(options[0], nullable)
    refused = next((option.kind for option in options if option.kind in _ALONE), None)
    if refused:
        raise SignatureError(f"{where}: a union may not hold a {refused} beside other types")
    return Type("union", nullable=nullable, options=options)


def _with(type_: Type, nullable: bool) -> Type:
    return Type.from_json({**type_.to_json(), "nullable": True}) if nullable else type_


def _enum(values: Tuple[Any, ...], name: str, where: str) -> Type:
    given = tuple(value for value in values if value is not None)
    if not given or {type(value) for value in given} not in ({str}, {int}):
        raise SignatureError(f"{where}: the allowed values must be all text or all integers, not {values!r}")
    return Type("enum", nullable=len(given) < len(values), values=given, name=name)


def _generic(origin: Any, arguments: Tuple[Any, ...], where: str, within: Within) -> Type:
    if origin in STREAMS:
        return _iterator(origin, arguments, where, within)
    if origin in LISTS:
        return Type("list", items=_common(arguments, where, within))
    if origin in DICTS:
        return Type("dict", items=type_of(arguments[1], where, within) if len(arguments) == 2 else Type("any"))
    raise _unsupported(origin, where)


def _common(members: Tuple[Any, ...], where: str, within: Within) -> Type:
    """The type of a container's items; `tuple[int, str]` holds any of its members."""
    shapes = distinct_types(item_types(members), where, within)
    if len(shapes) == 1:
        return shapes[0]
    return Type("union", options=shapes) if shapes else Type("any")


def item_types(arguments: Tuple[Any, ...]) -> List[Any]:
    """Those that a container names: older Pythons give variables to one that names none."""
    return [each for each in arguments if each is not Ellipsis and not isinstance(each, typing.TypeVar)]


def _iterator(origin: Any, arguments: Tuple[Any, ...], where: str, within: Within) -> Type:
    items = _common(arguments[:1], where, within)
    if origin not in TEXT_STREAMS:
        return Type("iterator", items=items)
    if items.kind not in ("str", "any"):
        raise SignatureError(f"{where}: {name_of(origin)} joins text, so its items must be str")
    return Type("iterator", items=Type("str"), concatenate=True)


def _plain(annotation: Any, where: str, within: Within) -> Type:
    if _hashable(annotation) and annotation in _SCALARS:
        return Type(_SCALARS[annotation])
    if annotation in STREAMS or annotation in LISTS or annotation in DICTS:
        return _generic(annotation, (), where, within)
    if annotation in FILES or typing.get_origin(annotation) in FILES:
        return Type("file")
    if not isinstance(annotation, type):
        raise _unsupported(annotation, where)
    return _class(annotation, where, within)


def _hashable(annotation: Any) -> bool:
    return isinstance(annotation, collections.abc.Hashable)


def _class(annotation: Any, where: str, within: Within) -> Type:
    if issubclass(annotation, Secret):
        return Type("secret")
    if issubclass(annotation, os.PathLike):
        return Type("path")
    if issubclass(annotation, io.IOBase):
        return Type("file")
    if issubclass(annotation, enum.Enum):
        return _enum(tuple(member.value for member in annotation), annotation.__name__, where)
    if annotation in within:
        return Type("any")
    fields = record_fields(annotation, where, within, type_of)
    if fields is None:
        raise _unsupported(annotation, where)
    return Type("record", name=annotation.__name__, fields=fields)


def _unsupported(annotation: Any, where: str) -> SignatureError:
    return SignatureError(
        f"{where}: the type {name_of(annotation)} is not supported; use one of str, int, float, bool, list, dict, "
        "TypedDict, Literal, Enum, date, datetime, cog.Path, cog.File, cog.Secret, a class derived from cog.BaseModel, "
        "or Annotated[..., cog.Opaque]"
    )
