"""A failed build -> the diagnostic: its step, its own last lines, the place that asked for it, what to try."""

from ..backends.buildkit import Failure, place
from ..backends.dockerfile import STAGE, numbered
from ..ir.codes.delivery import BUILD_FAILED
from ..ir.diagnostic import Diagnostic
from ..ir.recipe import Recipe, Step
from ..ir.source import Span
from ..ir.spec import Spec
from .known import recognized, recognized_of_base
from .origin import base_origin, origin

# Lines of a failed step that are shown.
_TAIL = 20


def told(failure: Failure, recipe: Recipe, spec: Spec) -> Diagnostic:
    title, step = _step(failure, recipe)
    output = "\n".join((*failure.said, failure.reason))
    code, advice = (recognized_of_base if _is_of_base(failure) else recognized)(output) or (BUILD_FAILED, "")
    shown = (*failure.said[-_TAIL:], failure.reason) if _is_of_base(failure) else failure.said[-_TAIL:]
    message = "\n".join((f"the build failed at: {title}", *(f"  {line}" for line in shown or (failure.reason,))))
    span = _span(failure, step, spec, output)
    return code.bare(message, help=advice) if span is None else code.at(span, message, help=advice)


def _step(failure: Failure, recipe: Recipe) -> tuple[str, Step | None]:
    steps = numbered(recipe)
    match place(failure.name):
        case (stage, number, _) if stage == STAGE and 1 < number <= len(steps) + 1:
            return steps[number - 2]
        case (_, number, _) if number > 1:
            return "Installer", None
    return ("Base image" if _is_of_base(failure) else failure.name), None


def _span(failure: Failure, step: Step | None, spec: Spec, output: str) -> Span | None:
    if step is not None:
        return origin(spec, step, output)
    return base_origin(spec) if _is_of_base(failure) else None


def _is_of_base(failure: Failure) -> bool:
    return "load metadata for" in failure.name or "FROM " in failure.name
