"""Classes of the project that serve as types: which kind each is of, and the attributes of those that have them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .resolve import ancestry, external_name
from .scope import External, Local, Scope

Kind = Literal["enum", "file", "object", "path", "secret", "typed dictionary", "unknown"]

_BASES: dict[str, Kind] = {
    "cog.BaseModel": "object",
    "cog.File": "file",
    "cog.Path": "path",
    "cog.Secret": "secret",
    "enum.Enum": "enum",
    "enum.IntEnum": "enum",
    "enum.StrEnum": "enum",
    "io.IOBase": "file",
    "pydantic.BaseModel": "object",
    "typing.TypedDict": "typed dictionary",
}

_DESCRIBERS = {"dataclasses.field", "pydantic.Field"}
_HIDDEN = {"dataclasses.InitVar", "dataclasses.KW_ONLY", "typing.ClassVar"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An annotated attribute; `default` is an expression, None where there is none to show."""

    name: str
    annotation: ast.expr
    scope: Scope
    required: bool
    default: ast.expr | None = None
    description: ast.expr | None = None


def kind_of(found: Local) -> Kind:
    for ancestor in ancestry(found):
        if isinstance(ancestor, External) and ancestor.name in _BASES:
            return _BASES[ancestor.name]
        if isinstance(ancestor, Local) and _is_dataclass(ancestor):
            return "object"
    return "unknown"


def attributes(found: Local) -> tuple[Attribute, ...]:
    """Those of the bases first; one that is written again keeps its place."""
    known: dict[str, Attribute] = {}
    for ancestor in reversed([entry for entry in ancestry(found) if isinstance(entry, Local)]):
        known |= {attribute.name: attribute for attribute in _own(ancestor)}
    return tuple(known.values())


def _is_dataclass(found: Local) -> bool:
    called = [node.func if isinstance(node, ast.Call) else node for node in found.node.decorator_list]
    return any(external_name(node, found.scope) == "dataclasses.dataclass" for node in called)


def _own(found: Local) -> Iterator[Attribute]:
    body, total = found.body, _is_total(found.node)
    for statement in found.node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)) if not _is_hidden(name, statement.annotation, body):
                yield _attribute(name, statement, body, total)


def _is_total(node: ast.AST) -> bool:
    """False for `class Name(TypedDict, total=False)`."""
    stated = [keyword.value for keyword in getattr(node, "keywords", ()) if keyword.arg == "total"]
    return not any(isinstance(value, ast.Constant) and not value.value for value in stated)


def _is_hidden(name: str, annotation: ast.expr, body: Scope) -> bool:
    """Not data: private attributes, class variables, the markers of dataclasses, the settings of pydantic."""
    outer = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return name.startswith("_") or name == "model_config" or external_name(outer, body) in _HIDDEN


def _attribute(name: str, statement: ast.AnnAssign, body: Scope, total: bool) -> Attribute:
    match statement.annotation:
        case ast.Subscript(value=marker, slice=inner) if external_name(marker, body) == "typing.Required":
            return Attribute(name, inner, body, required=True)
        case ast.Subscript(value=marker, slice=inner) if external_name(marker, body) == "typing.NotRequired":
            return Attribute(name, inner, body, required=False)
    match statement.value:
        case None:
            return Attribute(name, statement.annotation, body, required=total)
        case ast.Call() as call if external_name(call.func, body) in _DESCRIBERS:
            return _described(name, statement.annotation, body, call)
    return Attribute(name, statement.annotation, body, required=False, default=statement.value)


def _described(name: str, annotation: ast.expr, body: Scope, call: ast.Call) -> Attribute:
    """What `Field(…)` and `field(…)` state."""
    stated = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    default = call.args[0] if call.args else stated.get("default")
    if isinstance(default, ast.Constant) and default.value is ...:
        default = None
    required = default is None and "default_factory" not in stated
    return Attribute(name, annotation, body, required, default, stated.get("description"))
