"""The Python version that the user states is the only one."""

from dataclasses import replace

from ..ir.rows import minor
from ..ir.space import Space
from ..ir.why import Written

RULE = "python-version"


def narrow(space: Space) -> Space:
    stated = space.spec.python_version
    if stated is None:
        return space
    wanted = minor(stated.value)
    why = Written(stated.span, f"Python {stated.value} is asked for")
    return replace(space, python=space.python.cut(RULE, lambda python: None if python.minor == wanted else why))
