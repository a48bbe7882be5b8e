"""Decorators of cog on a target: opting in to streaming, and to several predictions at a time."""

import ast
from functools import partial

from ...contract import Type
from ...ir.codes.signature import CONCURRENT_INVALID, CONCURRENT_NOT_ASYNC, STREAMING_WITHOUT_ITERATOR
from ...ir.diagnostic import Report
from .refusal import Refusal, attempt
from .resolve import external_name
from .target import Target
from .values import NotConstant, constant


def read_streaming(target: Target, output: Type | None, report: Report) -> bool:
    decorator = _decorator(target, "cog.streaming")
    if decorator is None:
        return False
    if output is not None and output.kind != "iterator":
        message = f"`{target.node.name}` returns one value, so there is nothing to stream"
        help = "return an `Iterator` or a `ConcatenateIterator[str]`, or remove the decorator"
        report.add(STREAMING_WITHOUT_ITERATOR.at(target.scope.span(decorator), message, help=help))
    return True


def read_concurrency(target: Target, report: Report) -> int:
    """How many predictions may run at a time; 1 without the decorator."""
    decorator = _decorator(target, "cog.concurrent")
    if decorator is None:
        return 1
    most = attempt(report, target.scope.span(decorator), partial(_most, decorator, target)) or 1
    if most > 1 and isinstance(target.node, ast.FunctionDef):
        message = f"`{target.node.name}` is not async, so it runs one prediction at a time"
        help = f"write `async def {target.node.name}`, or remove the decorator"
        report.add(CONCURRENT_NOT_ASYNC.at(target.scope.span(decorator), message, help=help))
    return most


def _decorator(target: Target, name: str) -> ast.expr | None:
    """The decorator of that name, called or not."""
    for decorator in target.node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if external_name(called, target.scope) == name:
            return decorator
    return None


def _most(decorator: ast.expr, target: Target) -> int:
    match decorator:
        case ast.Call(args=[], keywords=[ast.keyword(arg="max", value=value)]):
            found = _constant(value, target)
            if isinstance(found, int) and not isinstance(found, bool) and found > 0:
                return found
    message = "`concurrent` takes one argument, a whole number, 1 or more"
    raise Refusal(CONCURRENT_INVALID.at(target.scope.span(decorator), message, help="write `@concurrent(max=4)`"))


def _constant(node: ast.expr, target: Target) -> object:
    try:
        return constant(node, target.scope)
    except NotConstant:
        return None
