"""Types of the interface, compared."""

from dataclasses import replace

from ..contract import Type

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
