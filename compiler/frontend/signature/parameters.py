"""Parameters: the inputs of a target, each read on its own so that one run shows the faults of all."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ...contract import Parameter, Type
from ...ir.codes.signature import (
    PARAMETER_POSITIONAL_ONLY,
    PARAMETER_SELF_MISSING,
    PARAMETER_UNTYPED,
    PARAMETER_VARIADIC,
    TYPE_NOT_AN_INPUT,
)
from ...ir.diagnostic import Report
from ...ir.source import Span
from .annotation import Annotation
from .constraints import faults
from .inputs import read_input
from .refusal import Refusal, attempt
from .scope import Scope
from .target import Target
from .types import inner_types, read_type


@dataclass(frozen=True, slots=True)
class _Written:
    """One parameter as it stands in the source."""

    node: ast.arg
    default: ast.expr | None
    scope: Scope

    @property
    def name_span(self) -> Span:
        start = self.scope.span(self.node).start
        return Span(self.scope.module.source, start, start + len(self.node.arg))


def read_parameters(target: Target, report: Report) -> tuple[Parameter, ...]:
    """The inputs in order of writing; those with a fault are left out, and the report is not empty."""
    arguments = target.node.args
    _check_self(target, report)
    for refused in arguments.posonlyargs[1 if target.is_bound else 0 :]:
        message = f"`{refused.arg}` can only be passed by position, but inputs come by name"
        report.add(PARAMETER_POSITIONAL_ONLY.at(target.scope.span(refused), message, help="remove the `/`"))
    if arguments.vararg is not None:
        message = f"`*{arguments.vararg.arg}` takes values without names, but inputs come by name"
        help = "write each input as a parameter, or take any with `**inputs`"
        report.add(PARAMETER_VARIADIC.at(target.scope.span(arguments.vararg), message, help=help))
    found = [_read(written, report) for written in _written(target)]
    return tuple(parameter for parameter in found if parameter is not None)


def _check_self(target: Target, report: Report) -> None:
    """The first parameter of a method is the model itself: one that is typed as an input would never be one."""
    positional = [*target.node.args.posonlyargs, *target.node.args.args]
    if not target.is_bound or not positional or positional[0].arg == "self" or positional[0].annotation is None:
        return
    name = positional[0].arg
    place, message = target.scope.span(positional[0]), f"`{name}` is no input: it stands where `self` does"
    report.add(PARAMETER_SELF_MISSING.at(place, message, help=f"write `def {target.node.name}(self, {name}: …)`"))


def _written(target: Target) -> Iterator[_Written]:
    arguments = target.node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
    pairs = list(zip(positional, defaults, strict=True))[1 if target.is_bound else 0 :]
    for node, default in (*pairs, *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)):
        yield _Written(node, default, target.scope)


def _read(written: _Written, report: Report) -> Parameter | None:
    stated = read_input(written.default, written.scope, report)
    type_ = attempt(report, written.scope.span(written.node), partial(_type, written))
    if type_ is None:
        return None
    values = {name: entry.value for name, entry in stated.items()}
    if "choices" in values:
        values["choices"] = tuple(values["choices"])
    required = "default" not in values and not type_.nullable
    parameter = Parameter(written.node.arg, type_, required=required, **values)
    report.add(*faults(parameter, {name: entry.span for name, entry in stated.items()}))
    return parameter


def _type(written: _Written) -> Type:
    annotation = written.node.annotation
    name = written.node.arg
    if annotation is None:
        message = f"the parameter `{name}` has no type"
        raise Refusal(PARAMETER_UNTYPED.at(written.name_span, message, help=f"annotate it, such as `{name}: str`"))
    at = Annotation(annotation, written.scope, "input")
    type_ = read_type(at)
    kinds = {type_.kind, *(inner.kind for inner in inner_types(type_))}
    if kinds & {"iterator", "none"}:
        message = f"no request can carry a value for `{name}`: iterators and None are outputs"
        raise at.refused(TYPE_NOT_AN_INPUT, message, help="take a list, or make the type `Optional[…]`")
    return type_
