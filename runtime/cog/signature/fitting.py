"""Whether a JSON value is of a type, and for which member of a union it is."""

from typing import Any, Callable, Tuple

from .model import Type

IsFile = Callable[[str], bool]

# What a model gets in another form than that in which it came.
_MADE = ("path", "file", "secret", "date", "datetime", "enum")
# Of the members that take a value, the first of these is meant: the fewer values it takes, the earlier it stands.
_BY_CARE = [
    "none",
    "bool",
    "enum",
    "date",
    "datetime",
    "path",
    "file",
    "int",
    "float",
    "record",
    "dict",
    "list",
    "secret",
    "str",
]


def fits(value: Any, type_: Type, is_file: IsFile = lambda text: True) -> bool:
    """Without the conversions that a request gets; `is_file` says which text is one for a Path or File."""
    kind = type_.kind
    if kind == "any":
        return True
    if value is None:
        return type_.nullable or kind == "none"
    if kind == "enum":
        return value in type_.values and type(value) is type(type_.values[0])
    if kind == "union":
        return any(fits(value, option, is_file) for option in type_.options)
    if isinstance(value, str):
        return _text_fits(value, kind, is_file)
    if isinstance(value, list):
        return kind == "list" and all(fits(item, type_.items or _ANY, is_file) for item in value)
    if isinstance(value, dict):
        return _object_fits(value, type_, is_file)
    return (kind == "float" and not isinstance(value, bool)) or kind == type(value).__name__


_ANY = Type("any")


def _text_fits(text: str, kind: str, is_file: IsFile) -> bool:
    if kind in ("date", "datetime"):
        # Few interfaces have such.
        from . import times

        return times.fits(kind, text)
    return kind in ("str", "secret") or (kind in ("path", "file") and is_file(text))


def _object_fits(value: Any, type_: Type, is_file: IsFile) -> bool:
    if type_.kind == "dict":
        return all(fits(item, type_.items or _ANY, is_file) for item in value.values())
    known = (each.name in value and fits(value[each.name], each.type, is_file) for each in type_.fields)
    may_lack = (each.name not in value and not each.required for each in type_.fields)
    return type_.kind == "record" and all(here or lacks for here, lacks in zip(known, may_lack))


def is_told_apart(type_: Type) -> bool:
    """Whether a value of this union has to be sent to the model with its member: JSON alone does not show that."""
    return type_.kind == "union" and any(option.holds(*_MADE) for option in type_.options)


def member_for(union: Type, value: Any, is_file: IsFile) -> int:
    """The index of the option that a value of the union is for.

    A text that no member takes is the author's default for a file, which is a file of the image.
    """
    options = list(enumerate(union.options))
    fitting = [each for each in options if fits(value, each[1], is_file)]
    return min(fitting or [each for each in options if fits(value, each[1])] or options, key=_care)[0]


def _care(option: Tuple[int, Type]) -> Tuple[int, ...]:
    """Among lists and mappings, the items decide."""
    _, type_ = option
    place = _BY_CARE.index(type_.kind) if type_.kind in _BY_CARE else len(_BY_CARE)
    return (place, *(_care((0, type_.items)) if type_.items else ()))
