"""Validators made from a `Signature`: of requests (lax, with all faults) and of outputs (strict)."""

import re
from typing import Any, Callable, Dict, List, Optional, Tuple

from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema
from pydantic_core.core_schema import ValidationInfo

from ..signature import Parameter, Signature, Type
from ..types.urls import is_file_url
from .json import Written

_SCALARS: Dict[str, Callable[..., CoreSchema]] = {
    "str": core_schema.str_schema,
    "int": core_schema.int_schema,
    "float": core_schema.float_schema,
    "bool": core_schema.bool_schema,
}
_WRITTEN = core_schema.is_instance_schema(Written)
_WHOLE = core_schema.float_schema(strict=True, multiple_of=1, allow_inf_nan=False)

# What an output may be beyond the type of its annotation: 2.0 for an int, a file for a text.
_SENT: Dict[str, CoreSchema] = {
    "int": core_schema.union_schema(
        [core_schema.int_schema(strict=True), core_schema.no_info_after_validator_function(int, _WHOLE)],
        mode="left_to_right",
        custom_error_type="int_type",
    ),
    "str": core_schema.union_schema(
        [core_schema.str_schema(strict=True), _WRITTEN], mode="left_to_right", custom_error_type="string_type"
    ),
}


def input_schema(signature: Signature) -> CoreSchema:
    """Checks and coerces `input`, and fills in defaults; unknown names vanish unless the model takes them."""
    fields = {parameter.name: _field(parameter) for parameter in signature.parameters}
    inputs = core_schema.typed_dict_schema(fields, extra_behavior="allow" if signature.extra_inputs else "ignore")
    return core_schema.no_info_before_validator_function(_empty_for_null, inputs)


def _empty_for_null(value: Any) -> Any:
    return {} if value is None else value


def output_schema(type_: Type) -> CoreSchema:
    """Checks a value that the worker has sent. For an int, 2.0 is 2; a union keeps the number as it is."""
    return _shape(type_, strict=True, limits=None)


def _field(parameter: Parameter) -> core_schema.TypedDictField:
    schema = _chosen(parameter, _shape(parameter.type, strict=False, limits=parameter))
    if parameter.accepts_null:
        schema = core_schema.nullable_schema(schema)
    if not parameter.optional:
        return core_schema.typed_dict_field(schema, required=True)
    with_default = core_schema.with_default_schema(schema, default=parameter.default)
    return core_schema.typed_dict_field(with_default, required=False)


def _chosen(parameter: Parameter, schema: CoreSchema) -> CoreSchema:
    if parameter.choices is None:
        return schema
    member = core_schema.literal_schema(list(parameter.choices))
    if parameter.type.kind == "list":
        return core_schema.chain_schema([schema, core_schema.list_schema(member)])
    return core_schema.chain_schema([_not_null(schema), member])


def _not_null(schema: CoreSchema) -> CoreSchema:
    return schema["schema"] if schema["type"] == "nullable" else schema


def _shape(type_: Type, strict: bool, limits: Optional[Parameter]) -> CoreSchema:
    schema = _bare(type_, strict, limits)
    return core_schema.nullable_schema(schema) if type_.nullable else schema


def _bare(type_: Type, strict: bool, limits: Optional[Parameter]) -> CoreSchema:
    if type_.kind in _SENT and strict and limits is None:
        return _SENT[type_.kind]
    if type_.kind in _SCALARS:
        return _scalar(type_.kind, strict, limits)
    if type_.kind in ("list", "iterator"):
        return core_schema.list_schema(_items(type_, strict, limits), strict=strict)
    if type_.kind == "dict":
        return core_schema.dict_schema(core_schema.any_schema(), _items(type_, strict, None), strict=strict)
    if type_.kind == "union":
        return _union(type_.options, limits)
    if type_.kind == "enum":
        return _enum(type_.values, strict)
    if type_.kind == "record":
        return _record(type_, strict)
    return _special(type_.kind, strict)


def _special(kind: str, strict: bool) -> CoreSchema:
    if kind == "any":
        return core_schema.any_schema()
    if kind == "none":
        return core_schema.none_schema()
    text = core_schema.str_schema(strict=True)
    if kind == "secret":
        return text
    if strict:
        return _sent_file(core_schema.no_info_after_validator_function(_check_sent_file, text))
    return core_schema.with_info_after_validator_function(_check_file_url, text)


def _check_sent_file(text: str) -> str:
    """By now a file is a URL; a text that is none is the name of a file, which means nothing to a client."""
    if not is_file_url(text):
        raise ValueError
    return text


def _sent_file(url: CoreSchema) -> CoreSchema:
    message = "a file is returned as a cog.Path or a handle, not as its name"
    return core_schema.union_schema(
        [url, _WRITTEN], mode="left_to_right", custom_error_type="file", custom_error_message=message
    )


def _check_file_url(text: str, info: ValidationInfo) -> str:
    if not is_file_url(text) and text not in (info.context or {}).get("attached", ()):
        raise PydanticCustomError("url", "a file is given as an http, https or data URL")
    return text


def _items(type_: Type, strict: bool, limits: Optional[Parameter]) -> CoreSchema:
    return _shape(type_.items or Type("any"), strict, limits)


def _scalar(kind: str, strict: bool, limits: Optional[Parameter]) -> CoreSchema:
    bounds: Dict[str, Any] = {}
    if limits is not None and kind in ("int", "float"):
        bounds = {"ge": limits.ge, "le": limits.le}
    if limits is not None and kind == "str":
        bounds = {"min_length": limits.min_length, "max_length": limits.max_length}
    if kind == "float":
        bounds["allow_inf_nan"] = False
    schema = _SCALARS[kind](strict=strict, **{key: value for key, value in bounds.items() if value is not None})
    return _matching(schema, limits.regex) if limits is not None and kind == "str" and limits.regex else schema


def _matching(schema: CoreSchema, regex: str) -> CoreSchema:
    # Python's own engine: models are written for its syntax, lookaround included.
    pattern = re.compile(regex)

    def search(text: str) -> str:
        if pattern.search(text) is None:
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": regex})
        return text

    return core_schema.no_info_after_validator_function(search, schema)


def _union(options: Tuple[Type, ...], limits: Optional[Parameter]) -> CoreSchema:
    """Strict, so that no value is coerced into a member it is not: `true` is no int, `1` no text."""
    # A float takes integers too, and would make floats of them: it comes last.
    ordered = sorted(options, key=lambda option: option.kind == "float")
    members: List[Any] = [_member(option, limits) for option in ordered]
    kinds = {option.kind for option in options}
    if "float" in kinds and "int" not in kinds:
        # An integer is a fine number, and stays the integer it is.
        members.insert(0, _scalar("int", True, limits))
    return core_schema.union_schema(members, mode="left_to_right")


def _member(option: Type, limits: Optional[Parameter]) -> CoreSchema:
    return _scalar("int", True, limits) if option.kind == "int" else _shape(option, strict=True, limits=limits)


def _enum(values: Tuple[Any, ...], strict: bool) -> CoreSchema:
    member = core_schema.literal_schema(list(values))
    if strict or not all(isinstance(value, int) for value in values):
        return member
    return core_schema.chain_schema([core_schema.int_schema(), member])


def _record(type_: Type, strict: bool) -> CoreSchema:
    fields = {
        field.name: core_schema.typed_dict_field(_shape(field.type, strict, None), required=field.required)
        for field in type_.fields
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="allow", strict=strict)
