"""Types in words, for people who read what has changed or what is wrong."""

from .model import Type

_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "path": "a file",
    "file": "a file",
    "secret": "a secret",
    "date": "a date",
    "datetime": "a date and time",
    "any": "anything",
    "none": "nothing",
}


def describe(found: Type) -> str:
    """Such as `a list (of text) or nothing`."""
    return f"{_plain(found)} or nothing" if found.nullable else _plain(found)


def _plain(found: Type) -> str:
    if found.kind == "union":
        return " or ".join(dict.fromkeys(map(describe, found.options)))
    if found.kind == "enum":
        return f"one of {', '.join(map(repr, found.values))}"
    if found.kind == "record":
        return f"{found.name} ({', '.join(f'{field.name}: {describe(field.type)}' for field in found.fields)})"
    if found.kind == "iterator" and found.concatenate:
        return "a stream of text"
    return _WORDS.get(found.kind) or f"{_CONTAINERS[found.kind]} ({_inner(found)})"


_CONTAINERS = {"list": "a list", "dict": "a mapping", "iterator": "a stream"}


def _inner(found: Type) -> str:
    return "of anything" if found.items is None else f"of {describe(found.items)}"
