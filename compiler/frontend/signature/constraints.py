"""Constraints: whether what a parameter says about its values agrees with its type and with itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...contract import Parameter, Type, describe, fits
from ...ir.codes.signature import (
    ACCEPT_MISPLACED,
    BOUNDS_CONTRADICT,
    CHOICES_INVALID,
    CONSTRAINT_MISPLACED,
    DEFAULT_NOT_ALLOWED,
    DEFAULT_WRONG_TYPE,
)
from ...ir.diagnostic import Diagnostic, Label
from ...ir.source import Span

Places = Mapping[str, Span]

_TEXT = frozenset({"str"})
_NUMBERS = frozenset({"int", "float"})
_FILES = frozenset({"path", "file"})

_TIMES = {"date": "2024-12-31", "datetime": "2024-12-31T23:59:00Z"}

_APPLIES: Mapping[str, frozenset[str]] = {
    "ge": _NUMBERS,
    "le": _NUMBERS,
    "min_length": _TEXT,
    "max_length": _TEXT,
    "regex": _TEXT,
    "choices": frozenset({"str", "int"}),
    "accept": _FILES,
}


def faults(parameter: Parameter, places: Places) -> Iterator[Diagnostic]:
    """`places` holds the place of each attribute that the source states."""
    misplaced = list(_misplaced(parameter, places))
    yield from misplaced
    if not misplaced:
        yield from _contradictions(parameter, places)
        yield from _choices(parameter, places)
        yield from _default(parameter, places)


def _scalar(type_: Type) -> Type:
    """What constraints apply to: the items of a list, else the value."""
    return type_.items if type_.kind == "list" and type_.items is not None else type_


def _misplaced(parameter: Parameter, places: Places) -> Iterator[Diagnostic]:
    kind = _scalar(parameter.type).kind
    for name, kinds in _APPLIES.items():
        if name in places and kind not in kinds:
            code = ACCEPT_MISPLACED if name == "accept" else CONSTRAINT_MISPLACED
            message = f"`{name}` has no meaning for `{parameter.name}`, which is of type {kind}"
            yield code.at(places[name], message, help=f"it goes with {' and '.join(sorted(kinds))}; remove it here")


def _contradictions(parameter: Parameter, places: Places) -> Iterator[Diagnostic]:
    for low, high in (("ge", "le"), ("min_length", "max_length")):
        least, most = getattr(parameter, low), getattr(parameter, high)
        if least is not None and most is not None and least > most:
            message = f"no value can satisfy both `{low}` and `{high}`"
            also = (Label(places[high], f"{most}"),)
            yield BOUNDS_CONTRADICT.at(places[low], message, label=f"{least}", help="swap or correct them", also=also)


def _choices(parameter: Parameter, places: Places) -> Iterator[Diagnostic]:
    kind = _scalar(parameter.type).kind
    wrong = [choice for choice in parameter.choices or () if not fits(choice, Type(kind))]
    if wrong:
        message = f"the choice {wrong[0]!r} is not of type {kind}, as `{parameter.name}` is"
        yield CHOICES_INVALID.at(places["choices"], message, help="give choices of the parameter's type")


def _default(parameter: Parameter, places: Places) -> Iterator[Diagnostic]:
    value = parameter.default
    if value is None:
        return
    if not fits(value, parameter.type):
        message = f"the default of `{parameter.name}` is not of its type"
        yield DEFAULT_WRONG_TYPE.at(places["default"], message, help=_wanted(parameter.type))
        return
    items = value if parameter.type.kind == "list" else [value]
    for broken in dict.fromkeys(name for item in items for name in _broken(item, parameter)):
        message = f"the default of `{parameter.name}` is not allowed by `{broken}`"
        also = (Label(places[broken]),)
        yield DEFAULT_NOT_ALLOWED.at(places["default"], message, help="change the one or the other", also=also)


def _wanted(type_: Type) -> str:
    if type_.kind in _TIMES:
        return f"write text such as {_TIMES[type_.kind]!r}"
    if type_.kind == "enum":
        return f"write one of {', '.join(repr(value) for value in type_.values)}"
    return f"write {describe(type_)}" if type_.kind == "union" else f"write a value of type {type_.kind}"


def _broken(value: Any, parameter: Parameter) -> Iterator[str]:
    """The names of the constraints that a value of the right type does not keep."""
    if parameter.choices is not None and value not in parameter.choices:
        yield "choices"
    if parameter.ge is not None and value < parameter.ge:
        yield "ge"
    if parameter.le is not None and value > parameter.le:
        yield "le"
    if parameter.min_length is not None and len(value) < parameter.min_length:
        yield "min_length"
    if parameter.max_length is not None and len(value) > parameter.max_length:
        yield "max_length"
    if parameter.regex is not None and not re.search(parameter.regex, value):
        yield "regex"
