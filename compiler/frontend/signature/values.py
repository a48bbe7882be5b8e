"""Constant expressions: what they evaluate to, worked out without running any code of the user."""

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from ...ir.source import Span
from .arithmetic import MOST, counted, power, product, remainder, shifted, spread
from .resolve import external_name, resolve
from .scope import Scope, Value


class NotConstant(Exception):
    """The expression at `span` needs running code; its reader knows what it was for, and words the refusal."""

    def __init__(self, span: Span) -> None:
        self.span = span
        super().__init__(span.text)


def constant(node: ast.expr, scope: Scope) -> Any:
    """The JSON form of literals, constants, their arithmetic and a few harmless calls.

    A tuple becomes a list; so does a set, sorted, since its own order differs from run to run.
    Raises NotConstant for everything else, Refusal where a name cannot be followed.
    """
    try:
        return _json(evaluate(node, scope))
    except (TypeError, ValueError) as error:
        raise NotConstant(scope.span(node)) from error


def evaluate(node: ast.expr, scope: Scope) -> Any:
    """As `constant`, with Python's own tuples and sets."""
    match node:
        case ast.Constant(value=str() | int() | float() | None):
            return node.value
        case ast.Name() | ast.Attribute():
            return _named(node, scope)
    reader = _READERS.get(type(node))
    if reader is None:
        raise NotConstant(scope.span(node))
    try:
        return _short(reader(node, scope))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise NotConstant(scope.span(node)) from error


def _json(value: Any) -> Any:
    match value:
        case dict():
            return {_text(key): _json(item) for key, item in value.items()}
        case str():
            return _text(value)
        case Iterable():
            return [_json(item) for item in spread(value)]
        case float() if not math.isfinite(value):
            raise ValueError("JSON has no such number")
        case int() if value.bit_length() > MOST:
            raise ValueError("too large a number")
        case int() | float() | None:
            return value
    raise TypeError("JSON has no such value")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("keys are text in JSON")
    value.encode()  # refuses half a surrogate pair
    return value


def _short(value: Any) -> Any:
    if isinstance(value, str | list | tuple | set | dict) and len(value) > MOST:
        raise ValueError("too long to be worked out here")
    return value


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


def _list(node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> list[Any]:
    items: list[Any] = []
    for element in node.elts:
        if isinstance(element, ast.Starred):
            items += spread(evaluate(element.value, scope))
        else:
            items.append(evaluate(element, scope))
    return items


def _dict(node: ast.Dict, scope: Scope) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        found |= evaluate(value, scope) if key is None else {evaluate(key, scope): evaluate(value, scope)}
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
            value = evaluate(node.value, scope)
        case _:
            value = evaluate(node, scope)
    if isinstance(value, set):
        raise TypeError("the text of a set differs from run to run")
    return str(value)


def _call(node: ast.Call, scope: Scope) -> Any:
    if node.keywords:
        raise NotConstant(scope.span(node))
    function = _FUNCTIONS.get(external_name(node.func, scope)) or _method(node, scope)
    return function(*(evaluate(argument, scope) for argument in node.args))


def _method(node: ast.Call, scope: Scope) -> Callable[..., Any]:
    match node.func:
        case ast.Attribute(value=owner, attr=name) if name in _METHODS:
            method: Callable[..., Any] = getattr(evaluate(owner, scope), name)
            return method
    raise NotConstant(scope.span(node))


_READERS: Mapping[type[ast.expr], Callable[[Any, Scope], Any]] = {
    ast.BinOp: _binary,
    ast.Call: _call,
    ast.Dict: _dict,
    ast.JoinedStr: _formatted,
    ast.List: _list,
    ast.Set: lambda node, scope: set(_list(node, scope)),
    ast.Subscript: _subscript,
    ast.Tuple: lambda node, scope: tuple(_list(node, scope)),
    ast.UnaryOp: _unary,
}


def _date(*parts: Any) -> str:
    from datetime import date

    return date(*parts).isoformat()


def _datetime(*parts: Any) -> str:
    from datetime import datetime

    return datetime(*parts).isoformat()


def _cleaned(text: str) -> str:
    from inspect import cleandoc

    return cleandoc(text)


def _dedented(text: str) -> str:
    from textwrap import dedent

    return dedent(text)


_UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.BitOr: operator.or_,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.LShift: shifted,
    ast.Mod: remainder,
    ast.Mult: product,
    ast.Pow: power,
    ast.Sub: operator.sub,
}

_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "builtins.float": float,
    "builtins.frozenset": set,
    "builtins.int": int,
    "builtins.len": len,
    "builtins.list": spread,
    "builtins.max": max,
    "builtins.min": min,
    "builtins.range": counted,
    "builtins.set": set,
    "builtins.sorted": sorted,
    "builtins.str": str,
    "builtins.tuple": lambda *values: tuple(spread(*values)),
    "cog.Path": lambda *parts: str(PurePosixPath(*parts)),
    "datetime.date": _date,
    "datetime.datetime": _datetime,
    "inspect.cleandoc": _cleaned,
    "textwrap.dedent": _dedented,
}

_METHODS = frozenset({"join", "keys", "lower", "strip", "upper", "values"})

_EXTERNAL: Mapping[str, Any] = {"math.e": math.e, "math.pi": math.pi, "sys.maxsize": 2**63 - 1}
