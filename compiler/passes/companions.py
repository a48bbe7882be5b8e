"""torch, torchvision and torchaudio are one set: a build has the companion releases that the lines ask for."""

from dataclasses import replace

from ..ir.rows import TorchBuild
from ..ir.space import Ask, Space
from ..ir.why import Derived, Why

RULE = "companions"


def narrow(space: Space) -> Space:
    if space.torch is None:
        return space
    asks = space.certain("torchvision", "torchaudio")

    def refuse(build: TorchBuild) -> Why | None:
        return next((_why(ask, build) for ask in asks if not ask.accepts_build(build)), None)

    return replace(space, torch=space.torch.cut(RULE, refuse))


def _why(ask: Ask, build: TorchBuild) -> Why:
    releases = build.releases(ask.name)
    text = f"torch {build.release} goes with {ask.name} {' or '.join(releases)}"
    fact = build.place.fact(text if releases else f"torch {build.release} has no {ask.name}")
    return Derived(fact.text, (fact, ask.why))
