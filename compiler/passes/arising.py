"""A framework that no line asks for under any Python that is left is no question."""

from dataclasses import replace

from ..ir.space import TORCH_FAMILY, Space

RULE = "arising"


def narrow(space: Space) -> Space:
    torch = any(space.asked(*TORCH_FAMILY, python=python) for python in space.pythons)
    tensorflow = any(space.asked("tensorflow", python=python) for python in space.pythons)
    return replace(
        space,
        torch=space.torch if torch else None,
        tensorflow=space.tensorflow if tensorflow else None,
    )
