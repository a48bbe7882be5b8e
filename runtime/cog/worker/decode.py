"""Inputs from their JSON form to what model code takes."""

import datetime
import enum
import io
import os
import typing
from typing import Any, Callable, Dict, Optional

from ..introspect.annotations import (
    DICTS,
    FILES,
    LISTS,
    UNIONS,
    hints_of,
    is_opaque,
    is_typed_dict,
    metadata_of,
    without_presence,
)
from ..introspect.records import Within
from ..introspect.shapes import distinct_types, item_types, type_of
from ..signature import Type
from ..signature.fitting import is_told_apart
from ..signature.times import date_of, datetime_of
from ..types import Path, Secret, URLFile
from ..types.urls import is_file_url

Decode = Callable[[Any], Any]


def decoder_of(annotation: Any, within: Within = ()) -> Optional[Decode]:
    """None when values of the type are their own JSON form. None as a value stays None.

    `within` are the TypedDicts around it: one of them in itself stays JSON, as `type_of` has it.
    """
    if metadata_of(annotation):
        return None if is_opaque(annotation) else decoder_of(typing.get_args(annotation)[0], within)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in UNIONS:
        return _of_union(arguments, within)
    if annotation in FILES or origin in FILES:
        return _file
    if (origin or annotation) in LISTS:
        return _of_list(origin or annotation, arguments, within)
    if origin in DICTS:
        inner = decoder_of(arguments[1], within) if len(arguments) == 2 else None
        return None if inner is None else _each_value(inner)
    return _of_class(annotation, within) if isinstance(annotation, type) else None


def _of_union(members: Any, within: Within) -> Optional[Decode]:
    others = [member for member in members if member is not type(None)]
    inner = _of_one(others, within)
    return inner if inner is None or len(others) == len(members) else _unless_none(inner)


def _of_one(members: Any, within: Within) -> Optional[Decode]:
    """Of a value of any of the members; the server says which, where JSON does not."""
    types = distinct_types(members, "", within)
    if len(types) < 2:
        return decoder_of(members[0], within) if types else None
    if not is_told_apart(Type("union", options=types)):
        return None
    first = [next(each for each in members if type_of(each, "", within) == type_) for type_ in types]
    decoders = [decoder_of(each, within) for each in first]
    return lambda told: _decoded(decoders[told[0]], told[1])


def _decoded(decode: Optional[Decode], value: Any) -> Any:
    return value if decode is None else decode(value)


def _unless_none(inner: Decode) -> Decode:
    return lambda value: None if value is None else inner(value)


def _of_list(container: Any, arguments: Any, within: Within) -> Optional[Decode]:
    inner = _of_one(item_types(arguments), within)
    made = container if container in (tuple, set, frozenset) else list
    if inner is None:
        return None if made is list else made
    return lambda value: made(inner(item) for item in value)


def _each_value(inner: Decode) -> Decode:
    return lambda value: {key: inner(item) for key, item in value.items()}


def _of_class(annotation: Any, within: Within) -> Optional[Decode]:
    if annotation in within:
        return None
    if is_typed_dict(annotation):
        hints, inner = hints_of(annotation).items(), (*within, annotation)
        return _of_fields({name: decoder_of(without_presence(hint), inner) for name, hint in hints})
    return next((decode(annotation) for base, decode in _CLASSES.items() if issubclass(annotation, base)), None)


def _of_fields(fields: Dict[str, Optional[Decode]]) -> Optional[Decode]:
    known = {name: decode for name, decode in fields.items() if decode is not None}
    if not known:
        return None
    return lambda value: {key: known[key](item) if key in known else item for key, item in value.items()}


def _path(text: str) -> Optional[Path]:
    """None for no text, which can only be a default: that of a model which asks for `if path:`."""
    return Path(text) if text else None


def _file(text: str) -> Any:
    """As `_path`. The server has turned data URLs into local files; a remote one is requested at the first read."""
    if not text:
        return None
    if is_file_url(text):
        return URLFile(text)
    return io.BytesIO(Path(text).read_bytes())


# By base class, the most special first: a datetime is a date.
_CLASSES: Dict[Any, Callable[[Any], Decode]] = {
    Secret: lambda _: Secret,
    io.IOBase: lambda _: _file,
    os.PathLike: lambda _: _path,
    enum.Enum: lambda annotation: annotation,
    datetime.datetime: lambda _: datetime_of,
    datetime.date: lambda _: date_of,
}
