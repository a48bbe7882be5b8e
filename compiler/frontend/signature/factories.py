"""Factories: where a parameter's default names an `Input()` call that is written elsewhere."""

import ast
from collections.abc import Mapping

from .bindings import Binding, Passed
from .resolve import meaning_or_none, resolve
from .scope import External, Local, Scope, Value


def input_call(node: ast.expr, scope: Scope) -> tuple[ast.Call, Scope] | None:
    """The `Input()` call that an expression is, names or gets from a function of one `return`; None without one.

    Raises Refusal where a name cannot be followed.
    """
    match resolve(node, scope):
        case Value(node=ast.Call() as call, scope=inner):
            return _called(call, inner)
    return None


def _called(call: ast.Call, scope: Scope) -> tuple[ast.Call, Scope] | None:
    match meaning_or_none(call.func, scope):
        case External("cog.Input"):
            return call, scope
        case Local(node=ast.FunctionDef() as function, scope=outer):
            inner = outer.within(_passed(call, scope, function, outer))
            returned = _returned(function)
            return None if returned is None else input_call(returned, inner)
    return None


def _returned(function: ast.FunctionDef) -> ast.expr | None:
    """What a function returns that does nothing else; a docstring is allowed."""
    match function.body:
        case [ast.Return(value=ast.expr() as value)] | [ast.Expr(), ast.Return(value=ast.expr() as value)]:
            return value
    return None


def _passed(call: ast.Call, caller: Scope, function: ast.FunctionDef, outer: Scope) -> Mapping[str, Binding]:
    """The function's parameters, bound to the arguments of the call or to their defaults."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    found: dict[str, Binding] = {}
    if function.args.defaults:
        last = names[-len(function.args.defaults) :]
        found |= {name: Passed(node, outer) for name, node in zip(last, function.args.defaults, strict=True)}
    for argument, node in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        found |= {argument.arg: Passed(node, outer)} if node is not None else {}
    found |= {name: Passed(node, caller) for name, node in zip(names, call.args, strict=False)}
    return found | {word.arg: Passed(word.value, caller) for word in call.keywords if word.arg}
