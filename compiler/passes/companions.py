"""torch, torchvision and torchaudio are one set: a build has the companion releases that the lines ask for."""

from dataclasses import replace

from ..ir.rows import TorchBuild, version
from ..ir.space import Ask, Space
from ..ir.why import Derived, Why

RULE = "companions"


def narrow(space: Space) -> Space:
    if space.torch is None:
        return space
    asks = space.certain("torchvision", "torchaudio")
    owners = {ask: _owner(ask, space.torch.everything) for ask in asks}

    def refuse(build: TorchBuild) -> Why | None:
        return next((_why(ask, owners[ask] or build) for ask in asks if not _fits(ask, build, owners[ask])), None)

    return replace(space, torch=space.torch.cut(RULE, refuse))


def _owner(ask: Ask, builds: tuple[TorchBuild, ...]) -> TorchBuild | None:
    """The known build that a pinned companion belongs to: a build of which nothing is known does not take it."""
    release = version(ask.pin).public if ask.pin else ""
    return next((build for build in builds if release in build.releases(ask.name) and not build.assumed), None)


def _fits(ask: Ask, build: TorchBuild, owner: TorchBuild | None) -> bool:
    return ask.accepts_build(build) and (owner is None or not build.is_unknown)


def _why(ask: Ask, build: TorchBuild) -> Why:
    releases = build.releases(ask.name)
    text = f"torch {build.release} goes with {ask.name} {' or '.join(releases)}"
    fact = build.place.fact(text if releases else f"torch {build.release} has no {ask.name}")
    return Derived(fact.text, (fact, ask.why))
