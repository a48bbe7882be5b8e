"""Inputs: what stands after `=` of a parameter, be it `Input(…)`, something that returns one, or a plain default."""

import ast
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...ir.codes.signature import (
    ARGUMENT_INVALID,
    ARGUMENT_NOT_STATIC,
    ARGUMENT_UNKNOWN,
    CHOICES_NOT_STATIC,
    DEFAULT_FACTORY,
    DEFAULT_NOT_STATIC,
)
from ...ir.diagnostic import Diagnostic, Report
from ...ir.source import Span
from .arguments import ARGUMENTS
from .factories import input_call
from .refusal import Refusal, attempt
from .resolve import did_you_mean
from .scope import Scope
from .values import NotConstant, constant

_STATIC = "write a literal, a constant of a module, or a simple expression of them"
_NOT_STATIC = {"choices": CHOICES_NOT_STATIC, "default": DEFAULT_NOT_STATIC}


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that the source gives for a property of the parameter, and its place."""

    value: Any
    span: Span


@dataclass(frozen=True, slots=True)
class _Argument:
    name: str
    node: ast.expr
    scope: Scope

    @property
    def span(self) -> Span:
        return self.scope.span(self.node)


def read_input(default: ast.expr | None, scope: Scope, report: Report) -> dict[str, Stated]:
    """By the names of `Parameter`'s attributes; what is not stated has no key. Faults go into the report."""
    if default is None:
        return {}
    part = scope.span(default)
    arguments = attempt(report, part, partial(_arguments, default, scope)) or ()
    read = {argument.name: attempt(report, part, partial(_stated, argument)) for argument in arguments}
    return {name: stated for name, stated in read.items() if stated is not None and _matters(name, stated.value)}


def _matters(name: str, value: Any) -> bool:
    """`ge=None` is the same as no `ge`; only `default=None` has a meaning."""
    return name == "default" or value is not None


def _arguments(default: ast.expr, scope: Scope) -> tuple[_Argument, ...]:
    found = input_call(default, scope)
    if found is None:
        return (_Argument("default", default, scope),)
    call, inner = found
    names = ["default", *("" for _ in call.args[1:])]
    positional = [_Argument(name, node, inner) for name, node in zip(names, call.args, strict=False)]
    named = [_Argument(keyword.arg or "", keyword.value, inner) for keyword in call.keywords]
    return tuple(argument for argument in (*positional, *named) if not _is_ellipsis(argument.node))


def _is_ellipsis(node: ast.expr) -> bool:
    """`Input(...)` is an old way to say that the input is required."""
    return isinstance(node, ast.Constant) and node.value is ...


def _stated(argument: _Argument) -> Stated:
    if argument.name == "default_factory":
        message = "`default_factory` makes the default while the model runs, so nobody can be shown it"
        raise Refusal(DEFAULT_FACTORY.at(argument.span, message, help="write the value with `default=`"))
    if argument.name not in ARGUMENTS:
        raise Refusal(_unknown(argument))
    value = _value(argument)
    rule = ARGUMENTS[argument.name]
    if _matters(argument.name, value) and not rule.holds(value):
        message = f"`{argument.name}` must be {rule.wanted}"
        raise Refusal(ARGUMENT_INVALID.at(argument.span, message, help="correct the value, or leave it out"))
    return Stated(value, argument.span)


def _value(argument: _Argument) -> Any:
    try:
        return constant(argument.node, argument.scope)
    except NotConstant as error:
        code = _NOT_STATIC.get(argument.name, ARGUMENT_NOT_STATIC)
        message = f"the value of `{argument.name}` is only known when the code runs"
        raise Refusal(code.at(error.span, message, help=_STATIC)) from error


def _unknown(argument: _Argument) -> Diagnostic:
    if not argument.name:
        message, help = "this argument of `Input()` has no name here", "write each argument out, as `name=value`"
        return ARGUMENT_UNKNOWN.at(argument.span, message, help=help)
    message = f"`Input()` has no argument `{argument.name}`"
    help = did_you_mean(argument.name, ARGUMENTS) or f"it takes {', '.join(ARGUMENTS)}"
    return ARGUMENT_UNKNOWN.at(argument.span, message, help=help)
