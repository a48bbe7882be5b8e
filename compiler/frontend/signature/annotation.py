"""Annotation: the expression after a colon or an arrow, and where its names are to be looked up."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...ir.codes.signature import ANNOTATION_SYNTAX
from ...ir.diagnostic import Code, Label
from ...ir.source import Span
from .refusal import Refusal
from .scope import Scope

Use = Literal["input", "output"]

_SCALARS = "str, int, float, bool, cog.Path, cog.Secret, a Literal or an Enum"
_SUPPORTED: Mapping[Use, str] = {
    "input": f"use {_SCALARS}, or a list, a dict or a TypedDict of them",
    "output": f"use {_SCALARS}, a list or a dict of them, a class derived from cog.BaseModel, or an iterator",
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """`use` matters to classes: what a model gives may be an object, what it takes is JSON.

    `within` are the classes in whose fields it stands, from the outermost on.
    """

    node: ast.expr
    scope: Scope
    use: Use
    within: tuple[ast.AST, ...] = ()

    @property
    def span(self) -> Span:
        return self.scope.span(self.node)

    @property
    def supported(self) -> str:
        """The types that could stand here, as a next step."""
        return _SUPPORTED[self.use]

    def part(self, node: ast.expr) -> "Annotation":
        return replace(self, node=node)

    def refused(self, code: Code, message: str, *, help: str, also: Iterable[Label] = ()) -> Refusal:
        return Refusal(code.at(self.span, message, help=help, also=also))

    def unquoted(self) -> "Annotation":
        """The expression that a quoted annotation holds; every part of it has the place of the whole text."""
        if not isinstance(self.node, ast.Constant) or not isinstance(self.node.value, str):
            return self
        try:
            inner = ast.parse(self.node.value.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            message = "the text of this annotation is not a Python expression"
            raise self.refused(ANNOTATION_SYNTAX, message, help="write a type, such as `str`") from error
        for part in ast.walk(inner):
            ast.copy_location(part, self.node)
        return self.part(inner)
