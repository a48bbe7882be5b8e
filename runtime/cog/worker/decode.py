"""Inputs from their JSON form to what model code takes."""

import io
from typing import Any, Callable, Dict, Optional

from ..signature import Type
from ..types import Path, Secret, URLFile
from ..types.urls import is_file_url

Decode = Callable[[Any], Any]


def decoder_of(type_: Type, enums: Dict[str, Any]) -> Optional[Decode]:
    """None when values of the type are their own JSON form. `enums` are the Enum classes by name."""
    if type_.kind in _SIMPLE:
        return _SIMPLE[type_.kind]
    if type_.kind == "enum":
        return enums.get(type_.name)
    if type_.kind == "record":
        return _record_decoder({field.name: decoder_of(field.type, enums) for field in type_.fields})
    inner = decoder_of(type_.items, enums) if type_.items else None
    return None if inner is None else _container_decoder(type_.kind, _nullable(inner))


def _file(text: str) -> Any:
    """The server has turned data URLs into local files; a remote file is requested at the first read."""
    if is_file_url(text):
        return URLFile(text)
    return io.BytesIO(Path(text).read_bytes())


_SIMPLE: Dict[str, Decode] = {"path": Path, "secret": Secret, "file": _file}


def _nullable(decode: Decode) -> Decode:
    return lambda value: None if value is None else decode(value)


def _container_decoder(kind: str, inner: Decode) -> Decode:
    if kind == "dict":
        return lambda value: {key: inner(item) for key, item in value.items()}
    return lambda value: [inner(item) for item in value]


def _record_decoder(fields: Dict[str, Optional[Decode]]) -> Optional[Decode]:
    known = {name: _nullable(decode) for name, decode in fields.items() if decode is not None}
    if not known:
        return None
    return lambda value: {key: known[key](item) if key in known else item for key, item in value.items()}
