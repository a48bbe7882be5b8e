"""Predictions that run at the same time need a Python whose asyncio has task groups."""

from dataclasses import replace

from ..ir.rows import version
from ..ir.space import Space
from ..ir.why import Written

RULE = "concurrency"
LOWEST_PYTHON = "3.11"


def narrow(space: Space) -> Space:
    stated = space.spec.concurrency
    if stated is None or stated.value == 1:
        return space
    why = Written(stated.span, f"{stated.value} predictions at the same time need Python {LOWEST_PYTHON} or newer")
    lowest = version(LOWEST_PYTHON)
    return replace(space, python=space.python.cut(RULE, lambda python: why if version(python.minor) < lowest else None))
