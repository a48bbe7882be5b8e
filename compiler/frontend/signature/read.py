"""From a reference to the signature behind it, read from source: no code of the user is imported or run."""

import ast
from functools import partial

from ...contract import Signature
from ...ir.diagnostic import Diagnostic, Report
from ...ir.project import Files
from ...ir.spec import Reference
from .decorators import read_concurrency, read_streaming
from .output import read_output
from .parameters import read_parameters
from .refusal import attempt
from .target import Mode, Target, find_target


def read_signature(files: Files, reference: Reference, mode: Mode) -> tuple[Signature | None, tuple[Diagnostic, ...]]:
    """The signature of an entry point, or None together with at least one error."""
    report = Report()
    target = attempt(report, reference.span, partial(find_target, files, reference, mode))
    signature = None if target is None else _signature(target, report)
    return (None if report.has_errors else signature), tuple(report.diagnostics)


def _signature(target: Target, report: Report) -> Signature | None:
    parameters = read_parameters(target, report)
    output = attempt(report, target.output_span, partial(read_output, target))
    streaming = read_streaming(target, output, report)
    concurrency = read_concurrency(target, report)
    if output is None:
        return None
    return Signature(
        parameters=parameters,
        output=output,
        is_async=isinstance(target.node, ast.AsyncFunctionDef),
        streaming=streaming,
        extra_inputs=target.node.args.kwarg is not None,
        max_concurrency=concurrency,
    )
