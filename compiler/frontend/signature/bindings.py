"""Bindings: what the names of a module or of a class body stand for, without running it."""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .scope import Scope

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Imported:
    """A module by its absolute dotted name, or `name` in it."""

    module: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Defined:
    node: Definition


@dataclass(frozen=True, slots=True)
class Assigned:
    """A name that is bound to one expression and not changed afterwards."""

    value: ast.expr


@dataclass(frozen=True, slots=True)
class Passed:
    """A parameter of a function that is being read for one call: the argument belongs to the caller's scope."""

    value: ast.expr
    scope: "Scope"


@dataclass(frozen=True, slots=True)
class Changing:
    """A name whose value depends on the order in which statements run; `node` is where it changes."""

    node: ast.stmt


Binding = Imported | Defined | Assigned | Passed | Changing


def names_in(body: Iterable[ast.stmt], package: tuple[str, ...]) -> dict[str, Binding]:
    """The names that the statements bind; `package` is where relative imports start."""
    names: dict[str, Binding] = {}
    for statement in _straight(body):
        for name, binding in _bound(statement, package):
            again = isinstance(binding, Assigned) and isinstance(names.get(name), Assigned | Changing)
            names[name] = Changing(statement) if again else binding
        for name in _changed(statement):
            if isinstance(names.get(name), Assigned):
                names[name] = Changing(statement)
    return names


def stars_in(body: Iterable[ast.stmt], package: tuple[str, ...]) -> tuple[str, ...]:
    """The modules of `from module import *`, the last one first, as it hides the others."""
    found = [
        _absolute(statement, package)
        for statement in _straight(body)
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"
    ]
    return tuple(reversed(found))


def _straight(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements with those of branches; the branch that counts comes last, as later bindings win."""
    for statement in body:
        match statement:
            case ast.If():
                yield from _straight([*statement.orelse, *statement.body])
            case ast.Try():
                handled = [inner for handler in statement.handlers for inner in handler.body]
                yield from _straight([*handled, *statement.body, *statement.orelse, *statement.finalbody])
            case ast.With():
                yield statement
                yield from _straight(statement.body)
            case _:
                yield statement


def _bound(statement: ast.stmt, package: tuple[str, ...]) -> Iterator[tuple[str, Binding]]:
    match statement:
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.name, Defined(statement)
        case ast.Import():
            for alias in statement.names:
                root = alias.name.partition(".")[0]
                yield alias.asname or root, Imported(alias.name if alias.asname else root)
        case ast.ImportFrom():
            for alias in statement.names:
                yield alias.asname or alias.name, Imported(_absolute(statement, package), alias.name)
        case ast.Assign():
            for target in statement.targets:
                yield from _assigned(target, statement.value, statement)
        case ast.AnnAssign(value=ast.expr() as value):
            yield from _assigned(statement.target, value, statement)
        case ast.With():
            yield from ((name, Changing(statement)) for item in statement.items for name in _stored(item))
        case ast.For() | ast.While():
            yield from ((name, Changing(statement)) for name in _stored(statement))
        case _ if sys.version_info >= (3, 12) and isinstance(statement, ast.TypeAlias):
            yield statement.name.id, Assigned(statement.value)


def _assigned(target: ast.expr, value: ast.expr, statement: ast.stmt) -> Iterator[tuple[str, Binding]]:
    match target, value:
        case ast.Name(), _:
            yield target.id, Assigned(value)
        case ast.Tuple(), ast.Tuple() if len(target.elts) == len(value.elts):
            for inner, part in zip(target.elts, value.elts, strict=True):
                yield from _assigned(inner, part, statement)
        case ast.Tuple() | ast.List(), _:
            yield from ((name, Changing(statement)) for name in _stored(target))


def _changed(statement: ast.stmt) -> Iterator[str]:
    """The names whose value a statement changes: `X += …`, `X[…] = …`, `X.append(…)`, `del X[…]`."""
    match statement:
        case ast.AugAssign():
            yield from _root(statement.target)
        case ast.Assign() | ast.Delete():
            changed = [target for target in statement.targets if isinstance(target, ast.Subscript | ast.Attribute)]
            yield from (name for target in changed for name in _root(target))
        case ast.Expr(value=ast.Call(func=ast.Attribute() as called)):
            yield from _root(called)
        case ast.For() | ast.While():
            yield from (name for inner in [*statement.body, *statement.orelse] for name in _changed(inner))


def _root(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Subscript() | ast.Attribute():
            yield from _root(target.value)
        case ast.Name():
            yield target.id


def _stored(node: ast.AST) -> Iterator[str]:
    return (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store))


def _absolute(statement: ast.ImportFrom, package: tuple[str, ...]) -> str:
    """The dotted name of what is imported from; a relative one that leaves the project starts with a dot."""
    if not statement.level:
        return statement.module or ""
    above = statement.level - 1
    if above > len(package):
        return "." + (statement.module or "")
    parts = (*package[: len(package) - above], *(statement.module or "").split("."))
    return ".".join(part for part in parts if part)
