"""Classes of the project as types: records with their fields, and subclasses of the types that cog knows."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...contract import Field, Type
from ...ir.codes.signature import RECORD_AS_INPUT, TYPE_UNSUPPORTED
from ...ir.diagnostic import Label
from .annotation import Annotation
from .classes import Attribute, attributes, kind_of
from .enums import enum_type
from .refusal import Refusal
from .scope import Local
from .values import NotConstant, constant

ReadType = Callable[[Annotation], Type]


def class_type(found: Local, at: Annotation, read_type: ReadType) -> Type:
    """`read_type` reads the annotations of the fields."""
    kind = kind_of(found)
    match kind:
        case "enum":
            return enum_type(found, at)
        case "path" | "file" | "secret":
            return Type(kind)
        case "object" if at.use == "input":
            message = f"`{found.node.name}` can only be an output: an input arrives as plain JSON"
            raise at.refused(RECORD_AS_INPUT, message, help="use a TypedDict, a dict, or one parameter for each field")
        case "object" | "typed dictionary" if found.node in at.within:
            # Written out, it would have no end.
            return Type("any")
        case "object" | "typed dictionary":
            inner = replace(at, within=(*at.within, found.node))
            fields = tuple(_field(entry, inner, read_type) for entry in attributes(found))
            return Type("record", name=found.node.name, fields=fields)
    raise at.refused(
        TYPE_UNSUPPORTED,
        f"`{found.node.name}` is not a type that JSON can carry",
        help="derive it from cog.BaseModel, or make it a dataclass, a TypedDict or an Enum",
        also=(Label(found.span, "defined here"),),
    )


def _field(attribute: Attribute, at: Annotation, read_type: ReadType) -> Field:
    type_ = read_type(replace(at, node=attribute.annotation, scope=attribute.scope))
    return Field(
        name=attribute.name,
        type=type_,
        required=attribute.required and not type_.nullable,
        default=_known(attribute.default, attribute),
        description=_known(attribute.description, attribute) or "",
    )


def _known(node: ast.expr | None, attribute: Attribute) -> Any:
    """None for what needs running code: how a model fills its own output is not part of the interface."""
    try:
        return None if node is None else constant(node, attribute.scope)
    except (NotConstant, Refusal):
        return None
