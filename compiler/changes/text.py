"""Comparison -> text."""

from collections.abc import Iterator

from ..explain.tree import tree
from ..ir.plan import PlannedWeights
from .compare import Comparison, Moved, WeightsMoved

_FILES = 10
_MARKS = {"added": "+", "removed": "-", "changed": "~"}


def comparison_text(found: Comparison) -> str:
    """Paragraphs for what changed; a sentence where nothing did."""
    parts = (_api, _decisions, _requirements, _weights, _files, _steps)
    paragraphs = filter(None, (part(found) for part in parts))
    return "\n".join(paragraphs) or "Nothing changed: the images are the same.\n"


def _paragraph(heading: str, lines: Iterator[str]) -> str:
    text = "".join(f"  {line}\n" for line in lines)
    return f"{heading}:\n{text}" if text else ""


def _api(found: Comparison) -> str:
    kinds = {True: "BREAKING", False: "compatible"}
    return _paragraph("API", (f"{kinds[one.breaking]}: {one.subject} {one.text}" for one in found.api))


def _decisions(found: Comparison) -> str:
    return _paragraph("Decisions", (line for moved in found.moved for line in _moved(moved)))


def _moved(moved: Moved) -> Iterator[str]:
    before = "none" if moved.before is None else moved.before.value
    after = "none" if moved.after is None else moved.after.value
    yield f"{moved.question}: {before} -> {after}"
    if moved.after is not None:
        yield from tree(moved.after.why, 1)


def _requirements(found: Comparison) -> str:
    lines = (*(f"- {line}" for line in found.removed), *(f"+ {line}" for line in found.added))
    return _paragraph("Requirements", iter(lines))


def _weights(found: Comparison) -> str:
    return _paragraph("Weights", (line for moved in found.weights for line in _weights_moved(moved)))


def _weights_moved(moved: WeightsMoved) -> Iterator[str]:
    yield f"{moved.name}: {_set(moved.before)} -> {_set(moved.after)}"
    if moved.after is not None:
        yield from tree(moved.after.digest.why, 1)


def _set(weights: PlannedWeights | None) -> str:
    return "none" if weights is None else f"{weights.digest.value} at {weights.target}"


def _files(found: Comparison) -> str:
    lines = [f"{_MARKS[what]} {path}" for what, path in found.files[:_FILES]]
    rest = len(found.files) - len(lines)
    return _paragraph("Files", iter((*lines, *((f"… and {rest} more",) if rest else ()))))


def _steps(found: Comparison) -> str:
    return _paragraph("Steps that are built again", (f"{step.step} ({step.cause})" for step in found.steps.repeated))
