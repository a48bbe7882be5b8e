"""JSON Schema (the dialect of OpenAPI 3.0) of types, inputs and outputs."""

from dataclasses import replace
from typing import Any, Dict, Optional, Tuple

from .model import Field, Parameter, Signature, Type

Schema = Dict[str, Any]

_PLAIN: Dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "path": {"type": "string", "format": "uri"},
    "file": {"type": "string", "format": "uri"},
    "secret": {"type": "string", "format": "password", "writeOnly": True, "x-cog-secret": True},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "any": {},
    "none": {"nullable": True, "enum": [None]},
}

_LIMITS: Dict[str, Tuple[str, ...]] = {
    "int": ("minimum", "maximum"),
    "float": ("minimum", "maximum"),
    "str": ("minLength", "maxLength", "pattern"),
}


def title_of(name: str) -> str:
    """`num_outputs` -> `Num Outputs`, as forms show it."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split("_") if word)


def type_schema(type_: Type, limits: Optional[Schema] = None) -> Schema:
    """The schema of a type; `limits` are keywords for the scalars in it (see `limits_of`)."""
    shape = _shape(type_, limits or {})
    if not type_.nullable:
        return shape
    if "anyOf" in shape:
        shape["anyOf"] = [{**option, "nullable": True} for option in shape["anyOf"]]
    return {**shape, "nullable": True}


def _shape(type_: Type, limits: Schema) -> Schema:
    if type_.kind in ("list", "iterator"):
        return {"type": "array", "items": type_schema(_items(type_), limits), **_stream_marks(type_)}
    if type_.kind == "union":
        return {"anyOf": [type_schema(option, limits) for option in type_.options]}
    if type_.kind == "dict":
        return _dict_schema(type_)
    if type_.kind == "record":
        return _record_schema(type_)
    if type_.kind == "enum":
        return {"enum": list(type_.values), **_type_of_values(type_.values)}
    return {**_PLAIN[type_.kind], **_fitting(type_.kind, limits)}


def _items(type_: Type) -> Type:
    return type_.items or Type("any")


def _stream_marks(type_: Type) -> Schema:
    if type_.kind != "iterator":
        return {}
    display = {"x-cog-array-display": "concatenate"} if type_.concatenate else {}
    return {"x-cog-array-type": "iterator", **display}


def _dict_schema(type_: Type) -> Schema:
    values = type_schema(_items(type_))
    return {"type": "object", "additionalProperties": values} if values else {"type": "object"}


def _record_schema(type_: Type) -> Schema:
    required = [field.name for field in type_.fields if field.required]
    return {
        "title": type_.name,
        "type": "object",
        "properties": {field.name: _field_schema(field) for field in type_.fields},
        **({"required": required} if required else {}),
    }


def _field_schema(field: Field) -> Schema:
    return {
        "title": title_of(field.name),
        **type_schema(field.type),
        **({"description": field.description} if field.description else {}),
        **({} if field.required or field.default is None else {"default": field.default}),
    }


def _type_of_values(values: Tuple[Any, ...]) -> Schema:
    kinds = {type(value) for value in values}
    if kinds == {str}:
        return {"type": "string"}
    return {"type": "integer"} if kinds == {int} else {}


def limits_of(parameter: Parameter) -> Schema:
    """The bounds of `Input()` as schema keywords; number bounds are floats, as peers write them."""
    found = {
        "minimum": None if parameter.ge is None else float(parameter.ge),
        "maximum": None if parameter.le is None else float(parameter.le),
        "minLength": parameter.min_length,
        "maxLength": parameter.max_length,
        "pattern": parameter.regex,
    }
    return {key: value for key, value in found.items() if value is not None}


def _fitting(kind: str, limits: Schema) -> Schema:
    return {key: limits[key] for key in _LIMITS.get(kind, ()) if key in limits}


def choices_of(parameter: Parameter) -> Optional[Tuple[Any, ...]]:
    """The values that are allowed, whether written as `choices`, a Literal or an Enum; None without a limit."""
    inner = _items(parameter.type) if parameter.type.kind == "list" else parameter.type
    return inner.values if parameter.choices is None and inner.kind == "enum" else parameter.choices


def enum_component(name: str, values: Tuple[Any, ...]) -> Schema:
    return {"title": name, "description": "An enumeration.", "enum": list(values), **_type_of_values(values)}


def input_property(parameter: Parameter, order: int, enum_ref: Optional[str]) -> Schema:
    """One property of `Input`; `enum_ref` points to the component with its choices, None without choices."""
    return {
        **_input_shape(parameter, enum_ref),
        "x-order": order,
        **({} if _hides_default(parameter) else {"default": parameter.default}),
        **({"description": parameter.description} if parameter.description else {}),
        **({"deprecated": True} if parameter.deprecated else {}),
        **({"x-cog-accept": parameter.accept} if parameter.accept else {}),
        **({"nullable": True} if parameter.accepts_null else {}),
    }


def _input_shape(parameter: Parameter, enum_ref: Optional[str]) -> Schema:
    titled = {"title": title_of(parameter.name)}
    if enum_ref is None:
        return {**titled, **type_schema(_with_null(parameter), limits_of(parameter))}
    if parameter.type.kind == "list":
        return {**titled, "type": "array", "items": {"$ref": enum_ref}}
    return {"allOf": [{"$ref": enum_ref}]}


def _with_null(parameter: Parameter) -> Type:
    return replace(parameter.type, nullable=True) if parameter.accepts_null else parameter.type


def _hides_default(parameter: Parameter) -> bool:
    return parameter.default is None or parameter.type.kind == "secret"


def output_schema(signature: Signature, title: str) -> Schema:
    shape = type_schema(signature.output)
    return {"title": title, **{key: value for key, value in shape.items() if key != "title"}}
