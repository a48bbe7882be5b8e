"""Types of the interface, compared and described."""

from dataclasses import replace

from ..contract import Type

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

_WIDER = {
    ("int", "float"),
    ("path", "file"),
    ("file", "path"),
    ("date", "datetime"),
    ("date", "str"),
    ("datetime", "str"),
}


def is_wider(narrow: Type, wide: Type) -> bool:
    """Whether each value of `narrow` is one of `wide`; False where that is not known."""
    if narrow.nullable and not wide.nullable:
        return False
    plain, other = replace(narrow, nullable=False), replace(wide, nullable=False)
    if plain == other or other.kind == "any":
        return True
    return _kind_is_wider(plain, other)


def _kind_is_wider(narrow: Type, wide: Type) -> bool:
    if narrow.kind == "union":
        return all(is_wider(option, wide) for option in narrow.options)
    if wide.kind == "union":
        return any(is_wider(narrow, option) for option in wide.options)
    if narrow.kind == "enum":
        return _values_are_in(narrow, wide)
    if narrow.kind == wide.kind and narrow.items is not None and wide.items is not None:
        return narrow.concatenate == wide.concatenate and is_wider(narrow.items, wide.items)
    return (narrow.kind, wide.kind) in _WIDER


def _values_are_in(narrow: Type, wide: Type) -> bool:
    if wide.kind == "enum":
        return set(narrow.values) <= set(wide.values)
    kind = "str" if all(isinstance(value, str) for value in narrow.values) else "int"
    return wide.kind == kind


def describe(found: Type) -> str:
    return f"{_plain(found)} or nothing" if found.nullable else _plain(found)


def _plain(found: Type) -> str:
    match found.kind:
        case "list":
            return f"a list ({_inner(found)})"
        case "dict":
            return f"a mapping ({_inner(found)})"
        case "iterator":
            return "a stream of text" if found.concatenate else f"a stream ({_inner(found)})"
        case "union":
            return " or ".join(describe(option) for option in found.options)
        case "enum":
            return f"one of {', '.join(map(repr, found.values))}"
        case "record":
            return f"{found.name} ({', '.join(f'{field.name}: {describe(field.type)}' for field in found.fields)})"
    return _WORDS[found.kind]


def _inner(found: Type) -> str:
    return "of anything" if found.items is None else f"of {describe(found.items)}"
