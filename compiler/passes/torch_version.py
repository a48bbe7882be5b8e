"""A build of torch has the version that the lines for torch ask for."""

from dataclasses import replace

from ..ir.rows import TorchBuild
from ..ir.space import Space
from ..ir.why import Why

RULE = "torch-version"


def narrow(space: Space) -> Space:
    if space.torch is None:
        return space
    asks = space.certain("torch")

    def refuse(build: TorchBuild) -> Why | None:
        return next((ask.why for ask in asks if not ask.accepts_build(build)), None)

    return replace(space, torch=space.torch.cut(RULE, refuse))
