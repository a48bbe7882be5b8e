"""Classes with annotated attributes: pydantic models, dataclasses and TypedDicts."""

import dataclasses
from typing import Any, Callable, Dict, Optional, Tuple

from ..signature import Field, Type
from .annotations import hints_of, is_pydantic_model, is_typed_dict, without_presence
from .defaults import json_default
from .errors import SignatureError

# The classes in whose fields a place is, from the outermost on.
Within = Tuple[type, ...]
TypeOf = Callable[[Any, str, Within], Type]
Default = Tuple[bool, Any, str]


def record_fields(annotation: Any, where: str, within: Within, type_of: TypeOf) -> Optional[Tuple[Field, ...]]:
    """The fields in order of writing, None for a class of another kind."""
    defaults = _defaults_of(annotation)
    if defaults is None:
        return None
    hints = {name: without_presence(hint) for name, hint in hints_of(annotation).items()}
    inner = (*within, annotation)
    places = {name: f"{where}, field {name!r}" for name in defaults}
    types = {name: type_of(hints[name], place, inner) for name, place in places.items()}
    return tuple(_field(name, types[name], found, places[name]) for name, found in defaults.items())


def _field(name: str, type_: Type, found: Default, place: str) -> Field:
    required, default, description = found
    if type_.nullable and (required or default is None):
        return Field(name, type_, required=False, description=description)
    return Field(name, type_, required, None if required else _shown_default(default, place), description)


def _shown_default(value: Any, place: str) -> Any:
    """None for one that JSON cannot hold: nobody but the model's author has to know it."""
    try:
        return json_default(value, place)
    except SignatureError:
        return None


def _defaults_of(annotation: Any) -> Optional[Dict[str, Default]]:
    if is_typed_dict(annotation):
        optional = _optional_keys(annotation)
        return {name: (name not in optional, None, "") for name in annotation.__annotations__}
    if dataclasses.is_dataclass(annotation):
        return {field.name: _of_dataclass(field) for field in dataclasses.fields(annotation)}
    if not is_pydantic_model(annotation):
        return None
    if hasattr(annotation, "model_fields"):
        return {name: _of_pydantic_2(field) for name, field in annotation.model_fields.items()}
    return {name: _of_pydantic_1(field) for name, field in annotation.__fields__.items()}


def _optional_keys(annotation: Any) -> Any:
    """Python 3.8 knows only for the class as a whole whether its keys may be left out."""
    without = () if annotation.__total__ else annotation.__annotations__
    return getattr(annotation, "__optional_keys__", without)


def _of_dataclass(field: Any) -> Default:
    has_factory = field.default_factory is not dataclasses.MISSING
    required = field.default is dataclasses.MISSING and not has_factory
    return required, None if required or has_factory else field.default, ""


def _of_pydantic_2(field: Any) -> Default:
    required = field.is_required()
    has_factory = field.default_factory is not None
    return required, None if required or has_factory else field.default, field.description or ""


def _of_pydantic_1(field: Any) -> Default:
    return bool(field.required), field.default, field.field_info.description or ""
