"""Constant expressions: what they evaluate to, worked out without running any code of the user."""

import ast
import inspect
import operator
import sys
from collections.abc import Callable, Mapping
from typing import Any

from ...ir.source import Span
from .refusal import Refusal
from .resolve import external_name, resolve
from .scope import Scope, Value

_LONGEST = 10_000  # of a computed text or list, and of a computed number in bits


class NotConstant(Exception):
    """The expression at `span` needs running code; its reader knows what it was for, and words the refusal."""

    def __init__(self, span: Span) -> None:
        self.span = span
        super().__init__(span.text)


def evaluate(node: ast.expr, scope: Scope) -> Any:
    """The value of literals, constants, their arithmetic and a few harmless calls.

    Raises NotConstant for everything else, Refusal where a name cannot be followed.
    """
    match node:
        case ast.Constant(value=str() | int() | float() | None):
            return node.value
        case ast.Name() | ast.Attribute():
            return _named(node, scope)
    reader = _READERS.get(type(node))
    if reader is None:
        raise NotConstant(scope.span(node))
    try:
        return reader(node, scope)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise NotConstant(scope.span(node)) from error


def _named(node: ast.Name | ast.Attribute, scope: Scope) -> Any:
    external = external_name(node, scope)
    if external in _EXTERNAL:
        return _EXTERNAL[external]
    if isinstance(node, ast.Attribute) and node.attr == "value":  # of a member of an Enum
        return evaluate(node.value, scope)
    match resolve(node, scope):
        case Value(found, inner) if found is not node:
            return evaluate(found, inner)
    raise NotConstant(scope.span(node))


def _items(node: Any, scope: Scope) -> list[Any]:
    items: list[Any] = []
    for element in node.elts:
        match element:
            case ast.Starred():
                items.extend(evaluate(element.value, scope))
            case _:
                items.append(evaluate(element, scope))
    return items


def _list(node: ast.List, scope: Scope) -> list[Any]:
    return _items(node, scope)


def _tuple(node: ast.Tuple, scope: Scope) -> tuple[Any, ...]:
    return tuple(_items(node, scope))


def _set(node: ast.Set, scope: Scope) -> set[Any]:
    return set(_items(node, scope))


def _dict(node: ast.Dict, scope: Scope) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        found.update(evaluate(value, scope) if key is None else {evaluate(key, scope): evaluate(value, scope)})
    return found


def _unary(node: ast.UnaryOp, scope: Scope) -> Any:
    return _UNARY[type(node.op)](evaluate(node.operand, scope))


def _binary(node: ast.BinOp, scope: Scope) -> Any:
    return _BINARY[type(node.op)](evaluate(node.left, scope), evaluate(node.right, scope))


def _subscript(node: ast.Subscript, scope: Scope) -> Any:
    return evaluate(node.value, scope)[evaluate(node.slice, scope)]


def _formatted(node: ast.JoinedStr, scope: Scope) -> str:
    return "".join(_piece(piece, scope) for piece in node.values)


def _piece(node: ast.expr, scope: Scope) -> str:
    match node:
        case ast.FormattedValue(conversion=-1, format_spec=None):
            return str(_ordered(evaluate(node.value, scope)))
    return str(evaluate(node, scope))


def _call(node: ast.Call, scope: Scope) -> Any:
    if node.keywords:
        raise NotConstant(scope.span(node))
    function = _FUNCTIONS.get(external_name(node.func, scope))
    if function is not None:
        return function(*(evaluate(argument, scope) for argument in node.args))
    return _method(node, scope)


def _method(node: ast.Call, scope: Scope) -> Any:
    if not isinstance(node.func, ast.Attribute):
        raise NotConstant(scope.span(node))
    owner = evaluate(node.func.value, scope)
    if (type(owner), node.func.attr) not in _METHODS:
        raise NotConstant(scope.span(node))
    return getattr(owner, node.func.attr)(*(evaluate(argument, scope) for argument in node.args))


def _ordered(value: Any) -> Any:
    """The value, unless it is a set: the text of a set differs from run to run."""
    if isinstance(value, set):
        raise TypeError("a set has no order")
    return value


def _list_of(value: Any = ()) -> list[Any]:
    """A set as the runtime lists it: sorted, since its own order differs from run to run."""
    return sorted(value) if isinstance(value, set) else list(value)


def _short_range(*bounds: int) -> list[int]:
    found = range(*bounds)
    return list(_within(len(found), found))


def _times(left: Any, right: Any) -> Any:
    sizes = [len(side) if hasattr(side, "__len__") else abs(side) for side in (left, right)]
    number = not any(hasattr(side, "__len__") for side in (left, right))
    return left * right if number else _within(sizes[0] * sizes[1], left) * right


def _power(left: Any, right: Any) -> Any:
    return _within(abs(left).bit_length() * right if isinstance(left, int) else 1, left) ** right


def _shifted(left: int, right: int) -> int:
    return _within(left.bit_length() + right, left) << right


def _within(size: float, value: Any) -> Any:
    if size > _LONGEST:
        raise ValueError("too long to be worked out here")
    return value


_READERS: Mapping[type[ast.expr], Callable[[Any, Scope], Any]] = {
    ast.BinOp: _binary,
    ast.Call: _call,
    ast.Dict: _dict,
    ast.JoinedStr: _formatted,
    ast.List: _list,
    ast.Set: _set,
    ast.Subscript: _subscript,
    ast.Tuple: _tuple,
    ast.UnaryOp: _unary,
}
