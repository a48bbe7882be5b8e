"""A release of TensorFlow is one that the lines for it ask for."""

from dataclasses import replace

from ..ir.rows import TensorFlow, version
from ..ir.space import Ask, Space
from ..ir.why import Why, Written

RULE = "tensorflow-version"
_LAST_GPU_PACKAGE = "2.11.0"  # `tensorflow-gpu` 2.12.0 is there, but all that it does is fail


def narrow(space: Space) -> Space:
    if space.tensorflow is None:
        return space
    asks = space.certain("tensorflow")

    def refuse(row: TensorFlow) -> Why | None:
        return next((_why(ask) for ask in asks if not _accepts(ask, row.release)), None)

    return replace(space, tensorflow=space.tensorflow.cut(RULE, refuse))


def _accepts(ask: Ask, release: str) -> bool:
    gone = ask.package == "tensorflow-gpu" and version(release) > version(_LAST_GPU_PACKAGE)
    return ask.accepts(release) and not gone


def _why(ask: Ask) -> Why:
    if ask.package != "tensorflow-gpu":
        return ask.why
    return Written(ask.line.span, f"tensorflow-gpu ends with {_LAST_GPU_PACKAGE}; its successor is tensorflow")
