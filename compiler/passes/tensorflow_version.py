"""A release of TensorFlow is one that the lines for it ask for."""

from dataclasses import replace

from ..ir.rows import TensorFlow
from ..ir.space import Space
from ..ir.why import Why

RULE = "tensorflow-version"


def narrow(space: Space) -> Space:
    if space.tensorflow is None:
        return space
    asks = space.certain("tensorflow")

    def refuse(row: TensorFlow) -> Why | None:
        return next((ask.why for ask in asks if not ask.accepts(row.release)), None)

    return replace(space, tensorflow=space.tensorflow.cut(RULE, refuse))
