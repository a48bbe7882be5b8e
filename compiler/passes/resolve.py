"""Spec -> Plan: every question answered, or an error that shows all that speaks against it."""

from ..compat import Compat
from ..ir.diagnostic import CompileError, Diagnostic, Report
from ..ir.plan import Plan
from ..ir.space import Space
from ..ir.spec import Spec
from .answers import answers, python
from .base_image import base_image
from .choose import choose
from .cuda_image import check_cuda_image
from .lines import lines
from .narrow import Contradiction, Watch, unwatched
from .notes import notes
from .opening import opening
from .sdk import check_sdk
from .weights import weights
from .wheel_platforms import check_wheel_platforms

__all__ = ["Watch", "plan", "resolve", "settle"]


def resolve(spec: Spec, compat: Compat, watch: Watch | None = None) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan for what the user asked for; otherwise as `settle`."""
    space, diagnostics = settle(spec, compat, watch)
    return plan(space), diagnostics


def settle(spec: Spec, compat: Compat, watch: Watch | None = None) -> tuple[Space, tuple[Diagnostic, ...]]:
    """The space with one candidate left for each question, all cuts with their causes, and warnings and notes.

    `watch` sees the space after each pass. Raises CompileError when nothing satisfies all that was asked.
    """
    report = Report()
    check_sdk(spec, report)
    check_cuda_image(spec, report)
    check_wheel_platforms(spec, report)
    space = _chosen(spec, compat, watch or unwatched, report)
    report.stop_on_errors()
    report.add(*notes(space))
    return space, tuple(report.diagnostics)


def _chosen(spec: Spec, compat: Compat, watch: Watch, report: Report) -> Space:
    try:
        return choose(opening(spec, compat), watch=watch)
    except Contradiction as contradiction:
        from .conflict import explain_contradiction

        report.add(explain_contradiction(contradiction, compat))
        raise CompileError(report.diagnostics) from None


def plan(space: Space) -> Plan:
    """The answers of a settled space."""
    chosen = python(space)
    found = tuple(answers(space))
    return Plan(space.spec, chosen, base_image(space, chosen), found, lines(space), weights(space.spec))
