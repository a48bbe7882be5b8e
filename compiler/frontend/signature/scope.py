"""Scope: the names that can be seen at a place of the source, and the four things that a name can mean."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from ...ir.source import Span
from .bindings import Binding, Definition, names_in
from .module import Module


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of a class body or a function come before those around it; the outermost are the module's."""

    module: Module
    names: Mapping[str, Binding]
    outer: "Scope | None" = None

    def span(self, node: ast.expr | ast.stmt | ast.arg | ast.keyword) -> Span:
        return self.module.span(node)

    def within(self, names: Mapping[str, Binding]) -> "Scope":
        return Scope(self.module, names, self)


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the project, by its dotted name: `builtins.list`, `torch.Tensor`."""

    name: str


@dataclass(frozen=True, slots=True)
class Package:
    """A module of the project, by the name under which it is imported."""

    dotted: str
    module: Module


@dataclass(frozen=True, slots=True)
class Local:
    """A class or function of the project, and the scope in which it is defined."""

    node: Definition
    scope: Scope

    @property
    def body(self) -> Scope:
        """The scope inside a class."""
        return self.scope.within(names_in(self.node.body, ()))

    @property
    def span(self) -> Span:
        return self.scope.module.name_span(self.node)


@dataclass(frozen=True, slots=True)
class Value:
    """Any other expression, and the scope in which it is to be read."""

    node: ast.expr
    scope: Scope


Meaning = External | Package | Local | Value


def module_scope(module: Module) -> Scope:
    return Scope(module, module.names)
