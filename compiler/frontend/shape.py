"""Whether data has the shape that our JSON Schema wants, yes or no; where it has not, jsonschema says."""

from collections.abc import Callable
from typing import Any

Part = dict[str, Any]
_Holds = Callable[[Any, Part, Part], bool]

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def fits(data: Any, schema: Part) -> bool:
    """Whether jsonschema would find no fault by the keywords of `RULES`; it minds the others, such as `pattern`."""
    return _fits(data, schema, schema)


def _fits(data: Any, part: Part, schema: Part) -> bool:
    if "$ref" in part:  # beside it draft 7 takes nothing into account
        return _fits(data, schema["definitions"][part["$ref"].rpartition("/")[2]], schema)
    return all(rule(data, part, schema) for keyword, rule in RULES.items() if keyword in part)


def _type(data: Any, part: Part, schema: Part) -> bool:
    wanted = part["type"]
    return any(_is(data, name) for name in ([wanted] if isinstance(wanted, str) else wanted))


def _is(data: Any, name: str) -> bool:
    """By draft 7 `true` is no number, and 1.0 is a whole one."""
    if isinstance(data, bool):
        return name == "boolean"
    return isinstance(data, _TYPES[name]) or (name == "integer" and isinstance(data, float) and data.is_integer())


def _properties(data: Any, part: Part, schema: Part) -> bool:
    known = part["properties"]
    return not isinstance(data, dict) or all(_fits(data[key], known[key], schema) for key in data if key in known)


def _additional(data: Any, part: Part, schema: Part) -> bool:
    return (
        part["additionalProperties"] is not False
        or not isinstance(data, dict)
        or data.keys() <= part["properties"].keys()
    )


def _required(data: Any, part: Part, schema: Part) -> bool:
    return not isinstance(data, dict) or data.keys() >= set(part["required"])


def _items(data: Any, part: Part, schema: Part) -> bool:
    return not isinstance(data, list) or all(_fits(item, part["items"], schema) for item in data)


def _enum(data: Any, part: Part, schema: Part) -> bool:
    return any(_same(data, value) for value in part["enum"])


def _const(data: Any, part: Part, schema: Part) -> bool:
    return _same(data, part["const"])


def _same(data: Any, value: Any) -> bool:
    return bool(data == value) and isinstance(data, bool) == isinstance(value, bool)


def _minimum(data: Any, part: Part, schema: Part) -> bool:
    return isinstance(data, bool) or not isinstance(data, int | float) or bool(data >= part["minimum"])


def _if(data: Any, part: Part, schema: Part) -> bool:
    branch = part.get("then" if _fits(data, part["if"], schema) else "else", {})
    return _fits(data, branch, schema)


RULES: dict[str, _Holds] = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "if": _if,
}
