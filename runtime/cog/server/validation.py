"""Validators made from a `Signature`: of requests (lax, with all faults) and of outputs (strict)."""

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Tuple

from pydantic_core import PydanticCustomError, PydanticKnownError

from ..signature import Parameter, Signature, Type
from ..signature.times import date_of, datetime_of
from ..signature.words import describe
from ..types.urls import is_file_url
from . import schemas
from .json import Written
from .schemas import Schema

if TYPE_CHECKING:
    from typing import Literal

    from pydantic_core.core_schema import ValidationInfo

    # Inputs are `lax`: "3" is an integer. Members of a union are `exact`, so that no value is coerced into one that it
    # is not: `true` is no int, `1` no text. What the worker has sent is an output, with files as URLs.
    Mode = Literal["lax", "exact", "sent"]

_SCALARS = ("str", "int", "float", "bool")
_TEXT = schemas.scalar("str", strict=True)
_WRITTEN = schemas.instance_of(Written)
_WHOLE = schemas.scalar("float", strict=True, multiple_of=1, allow_inf_nan=False)

# What an output may be beyond the type of its annotation: 2.0 for an int, a file for a text.
_SENT: Dict[str, Schema] = {
    "int": schemas.first_of(
        [schemas.scalar("int", strict=True), schemas.after(int, _WHOLE)], custom_error_type="int_type"
    ),
    "str": schemas.first_of([_TEXT, _WRITTEN], custom_error_type="string_type"),
}


def _check_finite(value: Any) -> Any:
    """JSON has no infinity, but numbers such as 1e400 that become one."""
    if not _is_finite(value):
        raise PydanticKnownError("finite_number")
    return value


def _is_finite(value: Any) -> bool:
    kind = type(value)
    if kind is float:
        return math.isfinite(value)
    if kind is list:
        return all(map(_is_finite, value))
    return kind is not dict or all(map(_is_finite, value.values()))


_FINITE = schemas.after(_check_finite, schemas.ANY)


def input_schema(signature: Signature) -> Schema:
    """Checks and coerces `input`, and fills in defaults; unknown names vanish unless the model takes them."""
    fields = {parameter.name: _field(parameter) for parameter in signature.parameters}
    inputs = schemas.fields_of(fields, extra=_FINITE if signature.extra_inputs else None)
    return schemas.before(_empty_for_null, inputs)


def _empty_for_null(value: Any) -> Any:
    return {} if value is None else value


def output_schema(type_: Type) -> Schema:
    """Checks a value that the worker has sent. For an int, 2.0 is 2; a union keeps the number as it is."""
    return _shape(type_, "sent")


def _field(parameter: Parameter) -> Schema:
    schema = _chosen(parameter, _shape(parameter.type, "lax", parameter))
    if parameter.accepts_null:
        schema = schemas.nullable(schema)
    if not parameter.optional:
        return schemas.field(schema, required=True)
    return schemas.field(schemas.with_default(schema, parameter.default), required=False)


def _chosen(parameter: Parameter, schema: Schema) -> Schema:
    if parameter.choices is None:
        return schema
    member = schemas.literal(parameter.choices)
    if parameter.type.kind == "list":
        return schemas.chain(schema, schemas.list_of(member))
    return schemas.chain(_not_null(schema), member)


def _not_null(schema: Schema) -> Schema:
    inner: Schema = schema["schema"] if schema["type"] == "nullable" else schema
    return inner


def _shape(type_: Type, mode: "Mode", limits: Optional[Parameter] = None) -> Schema:
    schema = _bare(type_, mode, limits)
    return schemas.nullable(schema) if type_.nullable else schema


def _bare(type_: Type, mode: "Mode", limits: Optional[Parameter]) -> Schema:
    strict = mode != "lax"
    if type_.kind in _SENT and mode == "sent":
        return _SENT[type_.kind]
    if type_.kind in _SCALARS:
        return _scalar(type_.kind, strict, limits)
    if type_.kind in ("list", "iterator"):
        return schemas.list_of(_shape(type_.items or Type("any"), mode, limits), strict)
    if type_.kind == "dict":
        return schemas.dict_of(schemas.ANY, _shape(type_.items or Type("any"), mode), strict)
    if type_.kind == "union":
        return _union(type_, mode, limits)
    if type_.kind == "enum":
        return _enum(type_.values, strict)
    if type_.kind == "record":
        return _record(type_, mode)
    return _special(type_.kind, mode)


def _special(kind: str, mode: "Mode") -> Schema:
    if kind == "any":
        return schemas.ANY if mode == "sent" else _FINITE
    if kind == "none":
        return schemas.NONE
    if kind == "secret":
        return _TEXT
    if kind in _TIMES:
        return _TEXT if mode == "sent" else schemas.after(_TIMES[kind], _TEXT)
    if mode == "sent":
        return _sent_file(schemas.after(_check_sent_file, _TEXT))
    return schemas.after_with_context(_check_file_url, _TEXT)


def _check_time(parse: Callable[[str], object]) -> Callable[[str], str]:
    """The text as it came: the model's process makes the object."""

    def check(text: str) -> str:
        try:
            parse(text)
        except ValueError as error:
            raise PydanticCustomError("time", "{reason}", {"reason": str(error)}) from None
        return text

    return check


_TIMES = {"date": _check_time(date_of), "datetime": _check_time(datetime_of)}


def _check_sent_file(text: str) -> str:
    """By now a file is a URL; a text that is none is the name of a file, which means nothing to a client."""
    if not is_file_url(text):
        raise ValueError
    return text


def _sent_file(url: Schema) -> Schema:
    message = "a file is returned as a cog.Path or a handle, not as its name"
    return schemas.first_of([url, _WRITTEN], custom_error_type="file", custom_error_message=message)


def _check_file_url(text: str, info: "ValidationInfo") -> str:
    if not is_file_url(text) and text not in (info.context or {}).get("attached", ()):
        raise PydanticCustomError("url", "a file is given as an http, https or data URL")
    return text


def _scalar(kind: str, strict: bool, limits: Optional[Parameter]) -> Schema:
    bounds: Dict[str, Any] = {}
    if limits is not None and kind == "float":
        bounds = {"ge": limits.ge, "le": limits.le}
    if limits is not None and kind == "int":
        bounds = {"ge": _rounded(math.ceil, limits.ge), "le": _rounded(math.floor, limits.le)}
    if limits is not None and kind == "str":
        bounds = {"min_length": limits.min_length, "max_length": limits.max_length}
    if kind == "float":
        bounds["allow_inf_nan"] = False
    schema = schemas.scalar(kind, strict=strict, **bounds)
    return _matching(schema, limits.regex) if limits is not None and kind == "str" and limits.regex else schema


def _rounded(towards: Callable[[float], int], bound: Optional[float]) -> Optional[int]:
    """The bound that whole numbers have by it."""
    return None if bound is None else towards(bound)


def _matching(schema: Schema, regex: str) -> Schema:
    # Python's own engine: models are written for its syntax, lookaround included.
    pattern = re.compile(regex)

    def search(text: str) -> str:
        if pattern.search(text) is None:
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": regex})
        return text

    return schemas.after(search, schema)


def _union(type_: Type, mode: "Mode", limits: Optional[Parameter]) -> Schema:
    within: Mode = "exact" if mode == "lax" else mode
    # A float takes integers too, and would make floats of them: it comes last.
    ordered = sorted(type_.options, key=lambda option: option.kind == "float")
    members = [_member(option, within, limits) for option in ordered]
    kinds = {option.kind for option in type_.options}
    if "float" in kinds and "int" not in kinds:
        # An integer is a fine number, and stays the integer it is.
        members.insert(0, _scalar("int", True, limits))
    message = f"Input should be {describe(replace(type_, nullable=False))}"
    return schemas.first_of(members, custom_error_type="union", custom_error_message=message)


def _member(option: Type, mode: "Mode", limits: Optional[Parameter]) -> Schema:
    return _scalar("int", True, limits) if option.kind == "int" else _shape(option, mode, limits)


def _enum(values: Tuple[Any, ...], strict: bool) -> Schema:
    member = schemas.literal(values)
    if strict or not all(isinstance(value, int) for value in values):
        return member
    return schemas.chain(schemas.scalar("int"), member)


def _record(type_: Type, mode: "Mode") -> Schema:
    fields = {field.name: schemas.field(_shape(field.type, mode), required=field.required) for field in type_.fields}
    return schemas.fields_of(fields, extra=_special("any", mode), strict=mode != "lax")
