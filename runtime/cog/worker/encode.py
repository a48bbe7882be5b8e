"""Outputs from what model code returns to JSON, with the files in them listed beside."""

import collections
import collections.abc
import dataclasses
import datetime
import enum
import io
import json
import pathlib
import shutil
import sys
from typing import Any, Callable, Dict, List, Tuple

from ..coder import Coder
from ..scratch import new_folder
from ..types import Secret

Place = Tuple[Any, ...]

# The server writes 254 levels; the answer and the list of an iterator are two of them.
_MOST_LEVELS = 250
_PLAIN = (str, bool, int, float)
_LISTS = (
    list,
    tuple,
    set,
    frozenset,
    range,
    collections.deque,
    collections.abc.KeysView,
    collections.abc.ValuesView,
    collections.abc.ItemsView,
    collections.abc.Iterator,
)


class OutputError(Exception):
    """The model returned something that an answer cannot hold."""


class Encoder:
    """Encodes one value. `files` says where in it a file's URL is to be put, and which file.

    With `copies`, files are copied first: a model that goes on may overwrite what it has yielded.
    """

    def __init__(self, copies: bool) -> None:
        self.files: List[Dict[str, Any]] = []
        self._copies = copies

    def encode(self, value: Any, at: Place = ()) -> Any:
        """Raises OutputError for a value of an unknown type, or one that is too deep."""
        if value is None or type(value) in _PLAIN:
            return value
        if len(at) >= _MOST_LEVELS:
            raise OutputError(f"the output is nested deeper than {_MOST_LEVELS} levels")
        if isinstance(value, pathlib.PurePath):
            return self._path(value, at)
        if isinstance(value, collections.abc.Mapping):
            # Before handles: some mappings show each name that they are asked for as an attribute.
            return self._mapping(value, at)
        if isinstance(value, io.IOBase) or callable(getattr(value, "read", None)):
            return self._handle(value, at)
        if isinstance(value, _LISTS):
            return [self.encode(item, (*at, index)) for index, item in enumerate(value)]
        return self.encode(_converted(value), at)

    def _mapping(self, value: Any, at: Place) -> Dict[str, Any]:
        keyed = {_key(key): item for key, item in value.items()}
        return {key: self.encode(item, (*at, key)) for key, item in keyed.items()}

    def _path(self, path: Any, at: Place) -> None:
        if not pathlib.Path(path).is_file():
            problem = "is a folder: return an archive of it" if pathlib.Path(path).is_dir() else "does not exist"
            raise OutputError(f"the output file {str(path)!r} {problem}")
        kept = _copied(path) if self._copies else str(pathlib.Path(path).resolve())
        entry = {"at": list(at), "path": kept, "temporary": self._copies}
        self.files.append({**entry, "original": str(pathlib.Path(path).resolve())} if self._copies else entry)

    def _handle(self, handle: Any, at: Place) -> None:
        self.files.append({"at": list(at), "path": _stored(handle), "temporary": True})


def _key(key: Any) -> str:
    """As `json.dumps` writes it; members of an Enum, dates and the like as they are written as values."""
    found = key
    try:
        while found is not None and type(found) not in _PLAIN:
            found = _converted(found)
    except OutputError:
        raise OutputError(f"{key!r} cannot be a key in an output: keys are text or numbers") from None
    return found if isinstance(found, str) else json.dumps(found)


def _copied(path: Any) -> str:
    target = pathlib.Path(new_folder(), pathlib.Path(path).name)
    return str(shutil.copyfile(str(path), str(target)))


def _stored(handle: Any) -> str:
    if getattr(handle, "seekable", bool)():
        handle.seek(0)
    content = handle.read()
    name = getattr(handle, "name", None)
    base = pathlib.Path(name).name if isinstance(name, str) else "file"
    target = pathlib.Path(new_folder(), base)
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return str(target)


def _converted(value: Any) -> Any:
    """One step towards JSON for everything that is not a plain value or a container."""
    coder = Coder.lookup(type(value))
    if coder is not None:
        return coder.encode(value)
    for matches, convert in _CONVERSIONS:
        if matches(value):
            return convert(value)
    raise OutputError(f"a value of type {type(value).__name__} cannot be sent as an output")


def _is_numpy(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic))


def _is_of(module: str, name: str) -> Callable[[Any], bool]:
    """Asks for a class without importing its module: who has a value of it has done so."""
    return lambda value: module in sys.modules and isinstance(value, getattr(sys.modules[module], name))


def _number(value: Any) -> Any:
    """A decimal without a fraction is an integer, and exact as that."""
    return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)


def _is_model(value: Any) -> bool:
    return hasattr(type(value), "model_fields") or hasattr(value, "__fields__")


def _content_of_model(value: Any) -> Any:
    """Field by field and not as dumped by pydantic, which would read the handles of files."""
    if _has_serializers(value):
        return value.model_dump()
    names = getattr(type(value), "model_fields", None) or value.__fields__
    content = {name: getattr(value, name) for name in names}
    content.update(getattr(value, "__pydantic_extra__", None) or {})
    content.update(_computed(value))
    return content["root"] if getattr(value, "__pydantic_root_model__", False) else content


def _has_serializers(value: Any) -> bool:
    decorators = getattr(value, "__pydantic_decorators__", None)
    return bool(decorators and (decorators.field_serializers or decorators.model_serializers))


def _computed(value: Any) -> Dict[str, Any]:
    """What pydantic 2 calls computed fields: properties that belong to the output."""
    decorators = getattr(value, "__pydantic_decorators__", None)
    return {name: getattr(value, name) for name in decorators.computed_fields} if decorators else {}


def _fields_of_dataclass(value: Any) -> Dict[str, Any]:
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return {**fields, **_computed(value)}


_CONVERSIONS: Tuple[Tuple[Callable[[Any], bool], Callable[[Any], Any]], ...] = (
    (lambda value: isinstance(value, enum.Enum), lambda value: value.value),
    (lambda value: isinstance(value, (datetime.date, datetime.time)), lambda value: value.isoformat()),
    (lambda value: isinstance(value, datetime.timedelta), datetime.timedelta.total_seconds),
    (_is_of("decimal", "Decimal"), _number),
    (_is_of("uuid", "UUID"), str),
    (lambda value: isinstance(value, Secret), str),
    (lambda value: isinstance(value, str), lambda value: str.__str__(value)),
    (lambda value: isinstance(value, int), int),
    (_is_numpy, lambda value: value.tolist()),
    (lambda value: isinstance(value, float), float),
    (_is_model, _content_of_model),
    (lambda value: dataclasses.is_dataclass(value) and not isinstance(value, type), _fields_of_dataclass),
)
