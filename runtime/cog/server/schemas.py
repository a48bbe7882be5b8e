"""Schemas of pydantic-core, which are plain data.

Its own builders of them lie in a module with hundreds of classes for type checkers: a tenth of a server's start.
"""

from typing import Any, Callable, Dict, List, Optional, Sequence

Schema = Dict[str, Any]

ANY: Schema = {"type": "any"}
NONE: Schema = {"type": "none"}
DATETIME: Schema = {"type": "datetime"}


def scalar(kind: str, **more: Any) -> Schema:
    """`kind` is `str`, `int`, `float` or `bool`; what is None in `more` is left out."""
    return {"type": kind, **{key: value for key, value in more.items() if value is not None}}


def literal(values: Sequence[Any]) -> Schema:
    return {"type": "literal", "expected": list(values)}


def instance_of(cls: type) -> Schema:
    return {"type": "is-instance", "cls": cls}


def nullable(schema: Schema) -> Schema:
    return {"type": "nullable", "schema": schema}


def with_default(schema: Schema, default: Any, validate: bool = False) -> Schema:
    return {"type": "default", "schema": schema, "default": default, "validate_default": validate}


def first_of(choices: List[Schema], **error: str) -> Schema:
    """`error` may hold `custom_error_type` and `custom_error_message`."""
    return {"type": "union", "choices": choices, "mode": "left_to_right", **error}


def chain(*steps: Schema) -> Schema:
    return {"type": "chain", "steps": list(steps)}


def list_of(items: Schema, strict: bool = False) -> Schema:
    return {"type": "list", "items_schema": items, "strict": strict}


def dict_of(keys: Schema, values: Schema, strict: bool = False) -> Schema:
    return {"type": "dict", "keys_schema": keys, "values_schema": values, "strict": strict}


def fields_of(fields: Dict[str, Schema], extra: Optional[Schema] = None, strict: bool = False) -> Schema:
    """A dict with these keys, each as made by `field`; others vanish, or have values of the schema `extra`."""
    others = {"extra_behavior": "ignore"} if extra is None else {"extra_behavior": "allow", "extras_schema": extra}
    return {"type": "typed-dict", "fields": fields, "strict": strict, **others}


def field(schema: Schema, required: bool) -> Schema:
    return {"type": "typed-dict-field", "schema": schema, "required": required}


def before(function: Callable[[Any], Any], schema: Schema) -> Schema:
    return {"type": "function-before", "function": _plain(function), "schema": schema}


def after(function: Callable[[Any], Any], schema: Schema) -> Schema:
    return {"type": "function-after", "function": _plain(function), "schema": schema}


def after_with_context(function: Callable[[Any, Any], Any], schema: Schema) -> Schema:
    """The function gets pydantic-core's ValidationInfo as well."""
    return {"type": "function-after", "function": {"type": "with-info", "function": function}, "schema": schema}


def around(function: Callable[[Any, Any], Any], schema: Schema) -> Schema:
    """The function gets the value, and what checks it."""
    return {"type": "function-wrap", "function": _plain(function), "schema": schema}


def _plain(function: Callable[..., Any]) -> Schema:
    return {"type": "no-info", "function": function}
