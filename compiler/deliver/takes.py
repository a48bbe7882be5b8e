"""What an input takes, in words for the person who gives it."""

from .schema import InputSchema, Schema

_PLAIN = {
    "string": ("text", "texts"),
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "boolean": ("true or false", "true and false"),
    "array": ("a list in JSON", "lists in JSON"),
    "object": ("an object in JSON", "objects in JSON"),
}
_BY_FORMAT = {
    "uri": ("a file (@PATH) or a URL", "files (@PATH) or URLs"),
    "date": ("a date like 2024-12-31", "dates like 2024-12-31"),
    "date-time": ("a date and time like 2024-12-31T23:59:00Z", "dates and times like 2024-12-31T23:59:00Z"),
}
_ANYTHING = ("any value", "any values")


def takes(name: str, schema: InputSchema) -> str:
    """Such as `a whole number from 1 to 10`."""
    return _phrase(schema.resolved(schema.properties.get(name, {})), schema)


def _phrase(kind: Schema, schema: InputSchema) -> str:
    if options := kind.get("anyOf"):
        return " or ".join(dict.fromkeys(_phrase(schema.resolved(option), schema) for option in options))
    if kind.get("type") != "array":
        return _noun(kind, 0) + _limits(kind)
    items = schema.resolved(kind.get("items", {}))
    return f"a list of {_noun(items, 1)}{_limits(items)}"


def _noun(kind: Schema, number: int) -> str:
    """`number` is 0 for one, 1 for several."""
    if "enum" in kind:
        listed = ", ".join(repr(value) for value in kind["enum"])
        return f"{('one', 'some')[number]} of {listed}"
    return (_BY_FORMAT.get(kind.get("format", "")) or _PLAIN.get(kind.get("type", ""), _ANYTHING))[number]


def _limits(kind: Schema) -> str:
    numbers = _range(kind.get("minimum"), kind.get("maximum"))
    lengths = _range(kind.get("minLength"), kind.get("maxLength"))
    pattern = kind.get("pattern")
    return "".join((
        f" {numbers}" if numbers else "",
        f" {lengths} characters" if lengths else "",
        f" that matches {pattern}" if pattern else "",
    ))  # fmt: skip


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f"of at least {low:g}"
    return f"of at most {high:g}" if low is None else f"from {low:g} to {high:g}"
