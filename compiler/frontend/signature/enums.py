"""Closed sets of values: a Literal, or a class of the project that derives from Enum."""

from collections.abc import Iterable
from typing import Any

from ...contract import Type
from ...ir.codes.signature import ENUM_INVALID
from ...ir.diagnostic import Label
from .annotation import Annotation
from .bindings import Assigned
from .refusal import Refusal
from .scope import Local
from .values import NotConstant, constant


def literal_type(arguments: tuple[Annotation, ...], at: Annotation) -> Type:
    try:
        values = [constant(argument.node, argument.scope) for argument in arguments]
    except NotConstant as error:
        message = "the values of a Literal are text or integers"
        raise Refusal(ENUM_INVALID.at(error.span, message, help="write out one value after the other")) from error
    return _enum(values, "", at)


def enum_type(found: Local, at: Annotation) -> Type:
    """The values of the members, in order; those of `auto()` depend on the class and so on running it."""
    bindings = [binding for name, binding in found.body.names.items() if not name.startswith("_")]
    members = [binding.value for binding in bindings if isinstance(binding, Assigned)]
    try:
        return _enum([constant(member, found.body) for member in members], found.node.name, at)
    except NotConstant as error:
        message = f"this value of `{found.node.name}` is only known when the code runs"
        also = (Label(at.span, "used here"),)
        raise Refusal(ENUM_INVALID.at(error.span, message, help="write the value out", also=also)) from error


def _enum(values: Iterable[Any], name: str, at: Annotation) -> Type:
    written = list(values)
    allowed = [value for value in written if value is not None]
    if {type(value) for value in allowed} not in ({str}, {int}):
        message = "the allowed values are neither all text nor all integers"
        raise at.refused(ENUM_INVALID, message, help="use values of one kind, `str` or `int`")
    return Type("enum", nullable=None in written, values=tuple(dict.fromkeys(allowed)), name=name)
